import { describe, expect, it } from 'vitest';
import {
  Docket,
  emptyDocket,
  isSettled,
  withArchive,
  withFollowUp,
  withHandover,
  withRaised,
} from '#domain/follow-up/docket.ts';
import { raiseFollowUp } from '#domain/follow-up/follow-up.ts';
import { Clue, raiseHandover } from '#domain/handover/handover.ts';
import { refusalOf } from '../../support/refusals.ts';
import { assignedInspection, day, MONDAY } from '../../support/samples.ts';

const followUp = raiseFollowUp(assignedInspection, 'other', { due: day('2026-03-30'), at: MONDAY });
const clue = Clue.parse({ clue: '线索', field: '计量法', receiver: { kind: 'unit', unit: '节能监察中心' } });
const handover = raiseHandover({ ...assignedInspection, status: 'begun' }, clue, {
  id: 'H-1',
  by: 'GX-001',
  at: MONDAY,
  receiptBy: day('2026-03-05'),
});

const raised = { id: 'E-1', type: 'handover.raised' };
const followed = { id: 'E-2', type: 'follow-up.raised' };
const offered = { id: 'E-3', type: 'follow-up.offered' };
const closed = { id: 'E-4', type: 'follow-up.closed' };

describe('the docket of an inspection', () => {
  const found = withHandover(emptyDocket('I-1'), handover, raised);

  it('is settled by the last of what hangs off it, and not before the publication has said what follows', () => {
    expect(isSettled(emptyDocket('I-1'))).toBe(false);
    expect(isSettled(withRaised(emptyDocket('I-1'), [], []))).toBe(true);
    const whole = withRaised(found, [followUp], [followed]);
    expect([whole.version, isSettled(whole)]).toEqual([2, false]);
    const one = withFollowUp(whole, { ...followUp, status: 'closed' }, closed);
    expect(isSettled(one)).toBe(false);
    expect(isSettled(withHandover(one, { ...handover, status: 'closed' }, closed))).toBe(true);
    const early = withHandover(found, { ...handover, status: 'closed' }, closed);
    expect(isSettled(early)).toBe(false);
  });

  it('names each once, as it is now, and all that was told of them', () => {
    const both = withRaised(found, [followUp], [followed]);
    const whole = withFollowUp(both, { ...followUp, status: 'offered' }, offered);
    expect(Docket.parse(whole)).toEqual({
      id: 'I-1',
      version: 3,
      raised: true,
      archived: false,
      followUps: [{ id: followUp.id, kind: 'other', status: 'offered', unit: '商务综合执法大队' }],
      handovers: [{ id: 'H-1', status: 'raised', receiver: '节能监察中心' }],
      told: [raised, followed, offered],
    });
  });

  it('takes nothing any more once it is archived', () => {
    const archived = withArchive(withRaised(found, [followUp], [followed]));
    for (const change of [
      () => withFollowUp(archived, followUp, closed),
      () => withHandover(archived, handover, closed),
      () => withArchive(archived),
    ]) {
      expect(refusalOf(change).reason).toBe('wrong-state');
    }
  });
});
