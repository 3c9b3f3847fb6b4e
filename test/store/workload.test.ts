import { expect, test } from 'vitest';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { changedInspection, createdInspection } from '#store/inspections.ts';
import { workloadsOf } from '#store/workload.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY, sampleDirectory } from '../support/samples.ts';

const { state } = await openDatabase();
const save = (...writes: StateWrite[]) => commit(state, { at: MONDAY, writes, events: [] });

const given = { by: 'GX-001', at: MONDAY };
const begin = { kind: 'begin', ...given, directory: sampleDirectory } as const;
const end = { kind: 'end', ...given } as const;
const record = { kind: 'record', ...given, record: cleanRecord, evidence: [] } as const;
const publish = { kind: 'publish', ...given } as const;

/** A visit that its team has accepted, assigned on that day. */
function accepted(id: string, assignedAt = '2026-03-02T01:30:00.000Z'): Inspection {
  return { ...assignedInspection, id, status: 'accepted', assignedAt: at(assignedAt) };
}

/** Stores a visit, does these things with it one after the other, and gives it as it then is. */
async function done(visit: Inspection, ...commands: Parameters<typeof decide>[1][]): Promise<Inspection> {
  await save(...createdInspection(visit));
  let current = visit;
  for (const command of commands) {
    const next = decide(current, command);
    await save(...changedInspection(current, next));
    current = next;
  }
  return current;
}

test('article 5: the load of an inspector tells what they have on hand by its state, and what they were given in a year', async () => {
  await done({ ...assignedInspection, id: 'I-new' });
  await done(accepted('I-accepted'));
  await done(accepted('I-begun'), begin);
  await done(accepted('I-ended'), begin, end);
  await done(accepted('I-recorded'), begin, end, record);
  await done(accepted('I-published'), begin, end, record, publish);
  await done(accepted('I-forgotten', '2024-01-02T01:30:00.000Z'));
  await done(accepted('I-old', '2024-01-03T01:30:00.000Z'), begin, end, record, publish);
  const loads = await workloadsOf(state, ['GX-001', 'GX-002', 'GX-003'], day('2025-03-02'));
  const load = {
    open: { all: 6, assigned: 1, accepted: 2, begun: 1, ended: 1, recorded: 1 },
    givenInYear: 6,
  };
  const none = {
    open: { all: 0, assigned: 0, accepted: 0, begun: 0, ended: 0, recorded: 0 },
    givenInYear: 0,
  };
  expect([...loads]).toEqual([
    ['GX-001', load],
    ['GX-002', load],
    ['GX-003', none],
  ]);
});

test('a visit that somebody left is no load of theirs, and one that they came back to is', async () => {
  const team = [
    { inspector: 'GX-011', name: '甲', unit: '商务综合执法大队', certificate: '11' },
    { inspector: 'GX-012', name: '乙', unit: '商务综合执法大队', certificate: '12' },
  ];
  const successor = { inspector: 'GX-013', name: '丙', unit: '商务综合执法大队', certificate: '13' };
  const loads = async () =>
    [...(await workloadsOf(state, ['GX-011', 'GX-012', 'GX-013'], day('2025-03-02'))).values()].map(
      ({ open, givenInYear }) => [open.all, givenInYear],
    );
  const recuse = { kind: 'recuse', by: 'GX-011', at: MONDAY, recusal: 'kinship', reason: '近亲属' } as const;
  const left = await done({ ...assignedInspection, id: 'I-left', team }, { ...recuse, successor });
  expect(await loads()).toEqual([
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  const unit = '商务综合执法大队';
  const back = decide(left, { kind: 'assign', ...given, unit, members: team, reason: '调整' });
  await save(...changedInspection(left, back));
  expect(await loads()).toEqual([
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const closed: Inspection = { ...back, status: 'published', version: back.version + 1 };
  await save(...changedInspection(back, closed));
  expect(await loads()).toEqual([
    [0, 1],
    [0, 1],
    [0, 0],
  ]);
});
