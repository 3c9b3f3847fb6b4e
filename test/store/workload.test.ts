import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { tallyKeys } from '#store/keys.ts';
import { tallyFound } from '#store/listed.ts';
import { loadTogether } from '#store/store.ts';
import { changedInspection, createdInspection } from '#store/inspections.ts';
import { workloadOf, workloadsIn } from '#store/workload.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY, sampleDirectory } from '../support/samples.ts';

const { state } = await openDatabase();
const save = (...writes: StateWrite[]) => commit(state, { at: MONDAY, writes, events: [] });

/** The loads of these inspectors by their own rows, each for the unit that `assignedInspection` has them in. */
const loadsOf = async (staffNos: readonly string[], since: string) =>
  Promise.all(
    staffNos.map(async (staffNo) => {
      const unit = staffNo === 'GX-002' ? '节能监察中心' : '商务综合执法大队';
      return [staffNo, await workloadOf(state, { staffNo, unit }, day(since))] as const;
    }),
  );

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
  const loads = await loadsOf(['GX-001', 'GX-002', 'GX-003'], '2025-03-02');
  const load = {
    open: { all: 6, assigned: 1, accepted: 2, begun: 1, ended: 1, recorded: 1 },
    givenInYear: 6,
  };
  const none = {
    open: { all: 0, assigned: 0, accepted: 0, begun: 0, ended: 0, recorded: 0 },
    givenInYear: 0,
  };
  expect(loads).toEqual([
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
    (await loadsOf(['GX-011', 'GX-012', 'GX-013'], '2025-03-02')).map(([, { open, givenInYear }]) => [
      open.all,
      givenInYear,
    ]);
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

describe('the loads of a unit', () => {
  const unit = '商贸大队';
  const people = Array.from({ length: 35 }, (_, place) => `SM-${String(place).padStart(3, '0')}`);
  const member = (inspector: string, of = unit) => ({
    inspector,
    name: inspector,
    unit: of,
    certificate: '1',
  });
  const visit = (
    id: string,
    team: readonly string[],
    assignedAt = '2026-03-02T01:30:00.000Z',
  ): Inspection => ({
    ...accepted(id, assignedAt),
    items: assignedInspection.items.map((item) => ({ ...item, unit })),
    team: team.map((inspector) => member(inspector)),
  });
  /** Stores an accepted visit, and then that it has come to this state. */
  const now = async (one: Inspection, status: Inspection['status']) => {
    await save(...createdInspection(one));
    await save(...changedInspection(one, { ...one, status, version: one.version + 1 }));
  };
  const tally = async () => tallyFound(await loadTogether(state, tallyKeys(unit)), unit);
  const loads = async (since: string) =>
    workloadsIn(state, { unit, since: day(since), tally: await tally() });
  const short = async (since: string) =>
    new Map(
      [...(await loads(since))].map(([staffNo, { open, givenInYear }]) => [staffNo, [open.all, givenInYear]]),
    );

  beforeAll(async () => {
    for (const [place, staffNo] of people.entries()) {
      await done(visit(`I-sm-${place}`, [staffNo, people[(place + 1) % people.length] ?? '']));
    }
    await now(visit('I-sm-published', ['SM-000', 'SM-001']), 'published');
    await now(visit('I-sm-recorded', ['SM-000', 'SM-001'], '2025-03-02T16:00:00.000Z'), 'recorded');
    await done(visit('I-sm-forgotten', ['SM-000', 'SM-001'], '2024-01-02T01:30:00.000Z'));
    await now(visit('I-sm-old', ['SM-000', 'SM-001'], '2024-01-03T01:30:00.000Z'), 'published');
    const moved = visit('I-sm-moved', ['SM-002']);
    await done({ ...moved, team: [...moved.team, member('SM-003', '市容大队')] });
  });

  test('are what the own rows of each say, by one query for the unit and one more where visits of a phase are open for over a year', async () => {
    const known = await tally();
    expect(known).toMatchObject({ unrecorded: 37, 'to-publish': 1 });
    const sent = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
    const found = await workloadsIn(state, { unit, since: day('2025-03-03'), tally: known });
    expect(sent).toHaveBeenCalledTimes(2);
    sent.mockClear();
    await workloadsIn(state, { unit, since: day('2024-01-01'), tally: known });
    expect(sent).toHaveBeenCalledTimes(1);
    sent.mockRestore();
    const own = await Promise.all(
      people.map(async (staffNo) => workloadOf(state, { staffNo, unit }, day('2025-03-03'))),
    );
    expect(people.map((staffNo) => found.get(staffNo))).toEqual(own);
    expect(found.size).toBe(35);
    expect(found.get('SM-000')).toEqual({
      open: { all: 4, assigned: 0, accepted: 3, begun: 0, ended: 0, recorded: 1 },
      givenInYear: 4,
    });
  });

  test('let a visit go out of the year at the midnight of its day, and keep it while it is open', async () => {
    expect((await short('2025-03-03')).get('SM-000')).toEqual([4, 4]);
    expect((await short('2025-03-04')).get('SM-000')).toEqual([4, 3]);
    expect((await short('2024-01-03')).get('SM-000')).toEqual([4, 5]);
    expect((await short('2024-01-02')).get('SM-000')).toEqual([4, 6]);
    expect((await short('2026-03-03')).get('SM-000')).toEqual([4, 0]);
  });

  test('count what somebody does for the unit: a visit for another one is in that one’s list', async () => {
    expect((await short('2025-03-03')).get('SM-003')).toEqual([2, 2]);
    const [here, there] = await Promise.all(
      [unit, '市容大队'].map(async (of) =>
        workloadOf(state, { staffNo: 'SM-003', unit: of }, day('2025-03-03')),
      ),
    );
    expect([here?.givenInYear, there?.givenInYear]).toEqual([2, 1]);
    const other = await workloadsIn(state, {
      unit: '市容大队',
      since: day('2025-03-03'),
      tally: { ...(await tally()), unrecorded: 1, 'to-publish': 0 },
    });
    expect([...other].map(([staffNo, { open, givenInYear }]) => [staffNo, open.all, givenInYear])).toEqual([
      ['SM-003', 1, 1],
    ]);
  });

  test('are not doubled by a delivery that comes again', async () => {
    const again = { ...visit('I-sm-once', ['SM-010', 'SM-011']), assignedAt: MONDAY };
    const dispatched = {
      at: MONDAY,
      once: { consumer: 'dispatch', key: 'D-1#once' },
      writes: createdInspection(again),
      events: [],
    };
    const before = await short('2025-03-03');
    expect(
      [await commit(state, dispatched), await commit(state, dispatched)].map(({ kind }) => kind),
    ).toEqual(['done', 'done-before']);
    expect(before.get('SM-010')).toEqual([2, 2]);
    expect((await short('2025-03-03')).get('SM-010')).toEqual([3, 3]);
    expect((await workloadOf(state, { staffNo: 'SM-010', unit }, day('2025-03-03'))).givenInYear).toBe(3);
  });

  test('count a row that names no unit, as earlier versions stored them', async () => {
    const stored = createdInspection(visit('I-sm-earlier', ['SM-020', 'SM-021']));
    await save(
      ...stored.map((write) => {
        const { unit: _, ...item } = write.item;
        return write.key.sk.startsWith('MEMBER#') ? { ...write, item } : write;
      }),
    );
    expect((await short('2025-03-03')).get('SM-020')).toEqual([3, 3]);
    expect(await workloadOf(state, { staffNo: 'SM-020', unit }, day('2025-03-03'))).toMatchObject({
      open: { all: 3 },
      givenInYear: 3,
    });
  });
});
