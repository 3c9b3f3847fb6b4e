import { describe, expect, it } from 'vitest';
import { contentHash, draftOf, kindOf, PolicyBody, PolicyEntry, versionFor } from '#domain/policy/body.ts';
import { Policy } from '#domain/policy/policy.ts';
import { rehearseTrigger, RehearsalWindow, stillOpen, type OpenWindow } from '#domain/policy/rehearsal.ts';
import { isTooBroad, NO_SUBJECTS, shareHolding } from '#domain/risk/rehearsal.ts';
import { later } from '#domain/time/time.ts';
import { cohortOf } from '#domain/trigger/merging.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { keptWindows } from '#store/rehearsals.ts';
import { fuelPolicy, MONDAY } from '../../support/samples.ts';

const HOUR = 3_600_000;
const merging = Policy.parse({ ...fuelPolicy, merge: { windowHours: 24 } });
const trigger = Trigger.parse({
  id: 'T-9',
  version: 1,
  status: 'received',
  source: 'hotline-12345',
  senderId: 'm-9',
  receivedAt: MONDAY,
  report: { category: 'complaint', title: '加油站', cohort: { territory: '410381' } },
});
const cohort = cohortOf(merging.id, { territory: ['410381'], industry: ['F526'] });
const window = (change: Partial<OpenWindow>): OpenWindow => ({
  cohort,
  trigger: 'T-1',
  at: later(MONDAY, -HOUR),
  merged: 0,
  ...change,
});
const outcomeWith = (open: OpenWindow | undefined, policy = merging) =>
  rehearseTrigger(policy, { trigger, outcome: { holds: true }, others: [] }, (asked) =>
    asked === cohort ? open : undefined,
  );

describe('a trigger within the window of a rehearsed policy', () => {
  it.each([
    ['is merged into the one that opened it', window({}), 'merged', { trigger: 'T-1', merged: 1 }],
    ['is merged as the 200th', window({ merged: 199 }), 'merged', { trigger: 'T-1', merged: 200 }],
    ['fires anew as the 201st', window({ merged: 200 }), 'fired', { trigger: 'T-9', merged: 0, at: MONDAY }],
    [
      'fires anew when the window is over',
      window({ at: later(MONDAY, -24 * HOUR) }),
      'fired',
      { trigger: 'T-9' },
    ],
    ['fires when there is none', undefined, 'fired', { trigger: 'T-9' }],
  ])('%s', (_, open, outcome, next) => {
    expect(outcomeWith(open)).toMatchObject({ finding: { outcome }, window: next });
  });

  it('fires by itself, and opens nothing, when the policy does not merge', () => {
    const { finding, window: opened } = outcomeWith(window({}), fuelPolicy);
    expect([finding?.outcome, opened]).toEqual(['fired', undefined]);
  });

  it('is nothing to a policy whose condition does not hold', () => {
    const asked = { trigger, outcome: { holds: false }, others: [] };
    expect(rehearseTrigger(merging, asked, () => undefined)).toEqual({});
  });
});

describe('windows', () => {
  it('are kept as long as they may take something', () => {
    const windows = [window({ at: later(MONDAY, -24 * HOUR) }), window({ at: later(MONDAY, -23 * HOUR) })];
    expect(stillOpen(merging, windows, MONDAY)).toEqual([windows[1]]);
    expect(stillOpen(fuelPolicy, windows, MONDAY)).toEqual([]);
  });

  it('are kept in items that none of them overfills', () => {
    const windows = Array.from({ length: 4_001 }, () => window({}));
    expect(keptWindows('R-1', 3, windows).map(({ key }) => `${key.pk} ${key.sk}`)).toEqual([
      'WINDOWS#R-1#3 PAGE#000000',
      'WINDOWS#R-1#3 PAGE#000001',
      'WINDOWS#R-1#3 PAGE#000002',
    ]);
  });

  it('of days hold 366 of them, and end on the day they begin or later', () => {
    const fits = (from: string, through: string) => RehearsalWindow.safeParse({ from, through }).success;
    expect([
      fits('2026-03-02', '2026-03-02'),
      fits('2025-03-02', '2026-03-02'),
      fits('2025-03-01', '2026-03-02'),
      fits('2026-03-02', '2026-03-01'),
    ]).toEqual([true, true, false, false]);
  });
});

describe('the content of a policy', () => {
  const { id, version: _, ...body } = fuelPolicy;

  it('is the same whatever its version, and whether or not it says that it is about triggers', () => {
    const plain = draftOf(id, PolicyBody.parse(body));
    const said = PolicyEntry.parse({ ...body, id, about: 'trigger', version: 7 });
    expect([kindOf(plain), contentHash(said)]).toEqual(['trigger', contentHash(plain)]);
    const third = { ...fuelPolicy, version: 3 };
    expect([versionFor(third, said), versionFor(undefined, said)]).toEqual([third, fuelPolicy]);
    expect(versionFor(third, { ...plain, name: '另一个' })).toEqual({
      ...fuelPolicy,
      name: '另一个',
      version: 4,
    });
    expect(contentHash({ ...plain, name: '另一个' })).not.toBe(contentHash(plain));
    expect(contentHash({ ...plain, id: 'another' })).not.toBe(contentHash(plain));
  });
});

describe('a rule is too broad', () => {
  it.each([
    [0, 0, false, 0],
    [1, 3, false, 3_333],
    [2, 4, true, 5_000],
    [3, 5, true, 6_000],
    [499, 999, false, 4_994],
  ])('when it holds for %i of %i: %s, %i basis points', (holding, operating, expected, share) => {
    const counts = { ...NO_SUBJECTS, looked: 1_000, operating, holding };
    expect([isTooBroad(counts), shareHolding(counts)]).toEqual([expected, share]);
  });
});
