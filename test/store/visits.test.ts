import { describe, expect, it } from 'vitest';
import { commit } from '#store/commit.ts';
import {
  lastTeams,
  pastVisits,
  visitsForItem,
  visitsSince,
  visitWrites,
  type BegunVisit,
} from '#store/visits.ts';
import { restOn } from '#domain/visit/visit.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom } from '../support/refusals.ts';
import { day, MONDAY } from '../support/samples.ts';

const { state } = await openDatabase();
const FUEL = '商务综合执法大队';
const ENERGY = '节能监察中心';

const begun = (inspection: string, on: string, facts: Partial<BegunVisit> = {}): BegunVisit => ({
  inspection,
  subject: 'S-1',
  on: day(on),
  items: ['YS-001', 'YS-002'],
  teams: [{ unit: FUEL, inspectors: ['GX-001', 'GX-002'] }],
  ...facts,
});
const begin = (visit: BegunVisit) => commit(state, { at: MONDAY, writes: visitWrites(visit), events: [] });

await begin(begun('I-1', '2025-02-28', { teams: [{ unit: ENERGY, inspectors: ['GX-011', 'GX-012'] }] }));
await begin(begun('I-2', '2026-03-02'));
await begin(begun('I-3', '2026-03-02', { subject: 'S-2', items: ['YS-002'] }));
await begin(
  begun('I-4', '2026-03-30', {
    items: ['YS-001'],
    teams: [{ unit: FUEL, inspectors: ['GX-003', 'GX-001'] }],
  }),
);

describe('a visit', () => {
  it('is found for each of its items from a day on, oldest first, that day included', async () => {
    const found = (item: string, since: string) =>
      visitsForItem(state, item, day(since)).then((visits) => visits.map(({ inspection }) => inspection));
    expect(await found('YS-001', '2025-02-28')).toEqual(['I-1', 'I-2', 'I-4']);
    expect(await found('YS-001', '2025-03-01')).toEqual(['I-2', 'I-4']);
    expect(await found('YS-002', '2026-03-02')).toEqual(['I-2', 'I-3']);
    expect(await found('YS-002', '2026-03-03')).toEqual([]);
    expect(await found('YS-00', '2020-01-01')).toEqual([]);
    expect(await visitsForItem(state, 'YS-001', day('2026-03-30'))).toEqual([
      { subject: 'S-1', on: '2026-03-30', inspection: 'I-4' },
    ]);
  });

  it('is found once among those of any item, however many items it is about', async () => {
    const since = (text: string) =>
      visitsSince(state, day(text)).then((visits) => visits.map(({ inspection }) => inspection));
    expect(await since('2026-01-01')).toEqual(['I-2', 'I-3', 'I-4']);
    expect(await since('2026-03-03')).toEqual(['I-4']);
    expect(await since('2026-03-31')).toEqual([]);
  });

  it('leaves the last team of each unit, which a visit of another unit does not hide', async () => {
    expect(await lastTeams(state, FUEL, ['S-1', 'S-2', 'S-3'])).toEqual(
      new Map([
        ['S-1', ['GX-003', 'GX-001']],
        ['S-2', ['GX-001', 'GX-002']],
      ]),
    );
    expect(await lastTeams(state, ENERGY, ['S-1', 'S-2'])).toEqual(new Map([['S-1', ['GX-011', 'GX-012']]]));
    expect(await lastTeams(state, ENERGY, [])).toEqual(new Map());
  });

  it('is recorded once: a second beginning of one inspection is refused as a whole', async () => {
    const refusal = await refusalFrom(begin(begun('I-4', '2026-04-01', { subject: 'S-9' })));
    expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual(['version-conflict', 'VISIT#I-4']);
    expect(await lastTeams(state, FUEL, ['S-9'])).toEqual(new Map());
  });
});

describe('the past visits of a draw', () => {
  const items = [
    { code: 'YS-001', frequency: { maxTimes: 2, perMonths: 12 } },
    { code: 'YS-002', frequency: { maxTimes: 1, perMonths: 1 } },
    { code: 'YS-003' },
  ];

  it('are those in the window of each item and those within the cool-down, and no others', async () => {
    const visits = await pastVisits(state, { items, day: day('2026-04-02'), coolDownDays: 3 });
    expect(
      [...visits.ofItem].map(([item, found]) => [item, found.map(({ inspection }) => inspection)]),
    ).toEqual([
      ['YS-001', ['I-2', 'I-4']],
      ['YS-002', []],
    ]);
    expect(visits.ofAny.map(({ inspection }) => inspection)).toEqual(['I-4']);
  });

  it('of any item are not even looked for without a cool-down', async () => {
    const visits = await pastVisits(state, { items, day: day('2026-04-02'), coolDownDays: 0 });
    expect(visits.ofAny).toEqual([]);
  });

  it('are what the rule of rest needs, day by day', async () => {
    const on = async (text: string) => {
      const draw = { items, day: day(text), coolDownDays: 3 };
      const rest = restOn({ ...draw, visits: await pastVisits(state, draw) });
      return [rest.withheld('S-1'), rest.withheld('S-2'), rest.coolingDown('S-1'), rest.coolingDown('S-2')];
    };
    expect(await on('2026-03-31')).toEqual([['YS-001', 'YS-002'], ['YS-002'], true, false]);
    expect(await on('2026-04-01')).toEqual([['YS-001', 'YS-002'], ['YS-002'], true, false]);
    expect(await on('2026-04-02')).toEqual([['YS-001'], [], true, false]);
    expect(await on('2026-04-03')).toEqual([['YS-001'], [], false, false]);
    expect(await on('2027-03-01')).toEqual([['YS-001'], [], false, false]);
    expect(await on('2027-03-02')).toEqual([[], [], false, false]);
  });
});
