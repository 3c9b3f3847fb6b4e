import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cohortKey,
  cohortPartitions,
  chosenPartition,
  counterKey,
  drawOfInspectionKey,
  dueKey,
  duePartitions,
  dueThrough,
  expiringKey,
  expiringThrough,
  eventKey,
  lastTeamKey,
  ledgerMarkerKey,
  lists,
  memberKey,
  onHandKey,
  onceKey,
  pageKey,
  recusalKey,
  stateKey,
  visitKey,
  withheldPartition,
} from '#store/keys.ts';
import { CalendarDate } from '#domain/time/time.ts';

const day = (text: string) => CalendarDate.parse(text);

describe('keys', () => {
  it('are the ones that stored records stand under', () => {
    expect(stateKey('DRAW', 'D-1')).toEqual({ pk: 'DRAW#D-1', sk: 'STATE' });
    expect(eventKey({ kind: 'draw', id: 'D-1', version: 12 }, 'E-9')).toEqual({
      pk: 'DRAW#D-1',
      sk: 'EVENT#000012#E-9',
    });
    expect(onceKey('triage', 'E-9')).toEqual({ pk: 'ONCE#triage#E-9', sk: 'MARKER' });
    expect(pageKey('POOL#D-1#00ff', 10)).toEqual({ pk: 'POOL#D-1#00ff', sk: 'PAGE#000010' });
    expect(memberKey('I-1', 'GX-001')).toEqual({ pk: 'INSPECTION#I-1', sk: 'MEMBER#GX-001' });
    expect(onHandKey('GX-001', 'I-1')).toEqual({ duePk: 'ONHAND#GX-001', dueSk: 'I-1' });
    expect(visitKey('I-1', 'YS-001')).toEqual({ pk: 'VISIT#I-1', sk: 'ITEM#YS-001' });
    expect(visitKey('I-1')).toEqual({ pk: 'VISIT#I-1', sk: 'STATE' });
    expect([lists.visits, lists.visitsFor('YS-001')]).toEqual(['LIST#VISIT', 'LIST#VISIT#YS-001']);
    expect(lastTeamKey('914103811234567890', '节能监察中心')).toEqual({
      pk: 'LASTVISIT#914103811234567890',
      sk: 'UNIT#节能监察中心',
    });
    expect(drawOfInspectionKey('I-1', 'D-1')).toEqual({ pk: 'INSPECTION#I-1', sk: 'DRAW#D-1' });
    expect(recusalKey('91410381MA00000001', 'GX-001')).toEqual({
      pk: 'RECUSAL#91410381MA00000001',
      sk: 'INSPECTOR#GX-001',
    });
    expect([
      chosenPartition('D-1', '00ff'),
      withheldPartition('D-1'),
      lists.inspectionsOfDraw('D-1'),
    ]).toEqual(['CHOSEN#D-1#00ff', 'WITHHELD#D-1', 'LIST#INSPECTIONS-OF-DRAW#D-1']);
    expect(counterKey('plan', 2026)).toEqual({ pk: 'COUNTER#plan#2026', sk: 'STATE' });
    expect(ledgerMarkerKey('E-9')).toEqual({ chain: 'EVENT#E-9', seq: 0 });
  });

  it('put a subject under its 6-digit territory, by industry, in a shard that its id alone chooses', () => {
    expect(cohortKey('410381107', 'F5265', '914103811234567890')).toEqual({
      cohortPk: 'COHORT#410381#0',
      cohortSk: 'F5265#914103811234567890',
    });
    expect(cohortKey('410381', undefined, '914103811234567890')).toEqual({
      cohortPk: 'COHORT#410381#0',
      cohortSk: '-#914103811234567890',
    });
  });

  it('keep every id in one of the partitions that are read back', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(cohortPartitions('410381')).toContain(cohortKey('410381', 'F', id).cohortPk);
        expect(duePartitions).toContain(dueKey(day('2026-03-02'), id).duePk);
      }),
      { seed: 1 },
    );
  });

  it('spread ids over all shards', () => {
    const used = new Set(Array.from({ length: 100 }, (_, n) => dueKey(day('2026-03-02'), `L-${n}`).duePk));
    expect([...used].toSorted()).toEqual(['DUE#0', 'DUE#1', 'DUE#2', 'DUE#3']);
  });

  it('end the range of due deadlines with the day itself', () => {
    const through = dueThrough(day('2026-03-02'));
    expect(dueKey(day('2026-03-02'), 'L-ffffffffffffffffffffffff').dueSk < through).toBe(true);
    expect(dueKey(day('2026-03-03'), 'L-000000000000000000000000').dueSk > through).toBe(true);
  });

  it('end the range of those to be warned with the day itself, whatever characters a staff number has', () => {
    const through = expiringThrough(day('2026-03-02'));
    expect(expiringKey(day('2026-03-02'), '龙0001').dueSk < through).toBe(true);
    expect(expiringKey(day('2026-03-03'), '0001').dueSk > through).toBe(true);
  });
});
