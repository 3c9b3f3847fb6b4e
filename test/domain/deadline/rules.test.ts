import { describe, expect, it, test } from 'vitest';
import {
  meetDeadline,
  remind,
  restartDeadline,
  startDeadline,
  workWindow,
} from '#domain/deadline/deadline.ts';
import {
  countedByDefault,
  DeadlineRules,
  DeadlineRulesDraft,
  defaultTable,
  nextRules,
  reachedBy,
  rulesVersionOn,
  tableOf,
  type Counting,
} from '#domain/deadline/rules.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { at, day } from '../../support/samples.ts';

const { publish, accept, triage } = defaultTable;
const draft = (rules: object, effectiveFrom = '2026-04-01') =>
  DeadlineRulesDraft.safeParse({ effectiveFrom, rules });
const faultsOf = (rules: object) =>
  draft(rules).error?.issues.map(({ path, message }) => [path.join('/'), message]) ?? [];

describe('article 14: the statutory deadline', () => {
  it.each([
    ['longer by a day', { workingDays: 21 }, 'rules/publish/workingDays'],
    ['without a rung', { ladder: [10, 5, 3, 1] }, 'rules/publish/ladder'],
    [
      'told to the unit a day later',
      {
        escalation: [
          { pastDue: 0, reaches: ['actor'] },
          { pastDue: 2, reaches: ['unit', 'supervisor'] },
        ],
      },
      'rules/publish/escalation',
    ],
    [
      'never told to the supervisor',
      {
        escalation: [
          { pastDue: 0, reaches: ['actor'] },
          { pastDue: 1, reaches: ['unit'] },
        ],
      },
      'rules/publish/escalation',
    ],
    [
      'not told to the team',
      { escalation: [{ pastDue: 0, reaches: ['supervisor', 'unit'] }] },
      'rules/publish/escalation',
    ],
  ])('is refused when it is %s', (_, change, path) => {
    expect(faultsOf({ publish: { ...publish, ...change } }).map(([where]) => where)).toEqual([path]);
  });

  it('is told why in both languages', () => {
    expect(faultsOf({ publish: { ...publish, workingDays: 30 } })).toEqual([
      [
        'rules/publish/workingDays',
        '第十四条规定 20 个工作日，只可缩短 article 14 sets 20 working days; fewer are allowed, more are not',
      ],
    ]);
  });

  it.each([
    ['shorter', { workingDays: 15 }],
    ['spoken of more often', { ladder: [15, 10, 7, 5, 3, 2, 1, 0] }],
    [
      'told to everybody from the first',
      { escalation: [{ pastDue: 0, reaches: ['actor', 'unit', 'supervisor'] }] },
    ],
  ])('may be %s', (_, change) => {
    expect(faultsOf({ publish: { ...publish, ...change } })).toEqual([]);
  });
});

describe('a table of rules', () => {
  it.each([
    ['a ladder that climbs', { ladder: [1, 3] }],
    ['a rung twice', { ladder: [3, 3, 1] }],
    ['no rung', { ladder: [] }],
    ['a first level after the day', { escalation: [{ pastDue: 1, reaches: ['unit'] }] }],
    [
      'levels that step back',
      {
        escalation: [
          { pastDue: 0, reaches: ['unit'] },
          { pastDue: 0, reaches: ['supervisor'] },
        ],
      },
    ],
    ['a level that reaches nobody', { escalation: [{ pastDue: 0, reaches: [] }] }],
    ['no working days', { workingDays: 0 }],
  ])('is refused with %s', (_, change) => {
    expect(draft({ triage: { ...triage, ...change } }).success).toBe(false);
  });

  it('has no working days for a follow-up, whose day is set', () => {
    expect(draft({ 'follow-up': { ...defaultTable['follow-up'], workingDays: 5 } }).success).toBe(false);
  });

  it('has the default of each kind that it does not name', () => {
    const rules = { accept: { ...accept, workingDays: 1 } };
    const made = nextRules([], DeadlineRulesDraft.parse({ effectiveFrom: '2026-04-01', rules }));
    expect(made).toEqual({ version: 1, effectiveFrom: '2026-04-01', rules: { ...defaultTable, ...rules } });
  });
});

/** Two working days fewer to publish, and supervisors at once, from 1 April 2026. */
const adopted: Counting = {
  ...stateCouncilCalendar(),
  deadlineRules: [
    DeadlineRules.parse({
      version: 1,
      effectiveFrom: '2026-04-01',
      rules: {
        ...defaultTable,
        accept: { ...accept, workingDays: 1 },
        publish: {
          workingDays: 18,
          ladder: [12, 10, 5, 3, 1, 0],
          escalation: [
            { pastDue: 0, reaches: ['actor'] },
            { pastDue: 1, reaches: ['unit', 'supervisor'] },
          ],
        },
      },
    }),
  ],
};
const started = (on: string) =>
  startDeadline(adopted, {
    id: 'L-1',
    kind: 'publish',
    of: { kind: 'inspection', id: 'I-1' },
    correlation: 'T-1',
    startedAt: at(`${on}T02:00:00.000Z`),
  });

describe('article 17: a deadline', () => {
  it('is started by the version whose day has come', () => {
    expect(rulesVersionOn(adopted, day('2026-03-31'))).toBe(0);
    expect(rulesVersionOn(adopted, day('2026-04-01'))).toBe(1);
    expect([started('2026-03-31').rules, started('2026-03-31').due]).toEqual([0, '2026-04-29']);
    expect([started('2026-04-01').rules, started('2026-04-01').due]).toEqual([1, '2026-04-28']);
  });

  it('keeps the version that it was started by: its ladder and whom it reaches', () => {
    const said = ['2026-03-31', '2026-04-01'].map((on) => {
      const overdue = remind(adopted, started(on), day('2026-04-30'));
      return [overdue?.remaining, overdue?.level, overdue?.reaches];
    });
    expect(said).toEqual([
      [-1, 1, ['actor', 'unit']],
      [-2, 1, ['actor', 'unit', 'supervisor']],
    ]);
    expect(started('2026-04-01').nextRung).toBe('2026-04-10');
  });

  it('that is started again goes by the version of that day', () => {
    const old = started('2026-03-31');
    const anew = restartDeadline(adopted, old, at('2026-04-02T02:00:00.000Z'), ['节能监察中心']);
    expect([anew.rules, anew.due, anew.units, anew.version]).toEqual([1, '2026-04-29', ['节能监察中心'], 2]);
  });

  it('of whoever is sent ends by the rules of the day on which they are', () => {
    expect(workWindow(adopted, at('2026-03-31T02:00:00.000Z')).through).toBe('2026-05-06');
    expect(workWindow(adopted, at('2026-04-01T02:00:00.000Z')).through).toBe('2026-05-06');
  });

  it('can not be counted by rules that were not read with it', () => {
    expect(() => tableOf(countedByDefault(adopted), 1)).toThrow('version 1 of the deadline rules');
  });
});

describe('a deadline in the figures', () => {
  it('is late once, from the first sweep past its day on, and not again when it is met', () => {
    const first = remind(adopted, started('2026-03-31'), day('2026-04-30'))?.next;
    expect([first?.lateIn, first?.tally]).toEqual([
      '2026-04',
      { version: 2, month: '2026-04', onTime: 0, late: 1 },
    ]);
    const second = first && remind(adopted, first, day('2026-05-06'))?.next;
    expect([second?.version, second?.tally?.version]).toEqual([3, 2]);
    const met = second && meetDeadline(second, at('2026-05-07T02:00:00.000Z'));
    expect([met?.late, met?.lateIn, met?.tally]).toEqual([true, '2026-04', undefined]);
  });

  it('is kept in the month of its day, though it was met before', () => {
    const met = meetDeadline(started('2026-04-15'), at('2026-04-30T02:00:00.000Z'));
    expect([met.due, met.tally]).toEqual([
      '2026-05-13',
      { version: 2, month: '2026-05', onTime: 1, late: 0 },
    ]);
  });
});

test.each([
  ['triage', [['lead-section'], ['lead-section', 'supervisor'], ['lead-section', 'supervisor']]],
  ['match', [['unit'], ['unit', 'lead-section'], ['unit', 'lead-section', 'supervisor']]],
  ['publish', [['actor'], ['actor', 'unit'], ['actor', 'unit', 'supervisor']]],
  ['correct', [['unit'], ['unit', 'supervisor'], ['unit', 'supervisor']]],
  ['archive', [['actor'], ['actor', 'unit'], ['actor', 'unit', 'supervisor']]],
] as const)('%s reaches whom the table of deadlines says', (kind, expected) => {
  expect([0, -1, -2].map((remaining) => reachedBy(defaultTable[kind], remaining).reaches)).toEqual(expected);
});
