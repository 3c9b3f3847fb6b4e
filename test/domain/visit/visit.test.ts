import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, type CalendarDate } from '#domain/time/time.ts';
import {
  coolingSince,
  countedSince,
  openItems,
  restOn,
  type RestOn,
  type Visit,
} from '#domain/visit/visit.ts';
import { day } from '../../support/samples.ts';

const DAY = day('2026-03-02');
const EVERY_TWO_YEARS = { code: 'A', frequency: { maxTimes: 1, perMonths: 24 } };
const TWICE_A_YEAR = { code: 'B', frequency: { maxTimes: 2, perMonths: 12 } };
const UNLIMITED = { code: 'C' };
const items = [EVERY_TWO_YEARS, TWICE_A_YEAR, UNLIMITED];

const visit = (subject: string, on: string): Visit => ({
  subject,
  on: day(on),
  inspection: `I-${subject}-${on}`,
});
const rest = (ofItem: Record<string, readonly Visit[]>, coolDownDays = 0, ofAny: readonly Visit[] = []) =>
  restOn({ items, visits: { ofItem: new Map(Object.entries(ofItem)), ofAny }, day: DAY, coolDownDays });

describe('the window of a frequency', () => {
  it.each([
    [24, '2026-03-02', '2024-03-03'],
    [12, '2026-03-02', '2025-03-03'],
    [6, '2026-08-31', '2026-03-01'],
    [6, '2024-08-31', '2024-03-01'],
    [12, '2025-02-28', '2024-02-29'],
    [1, '2026-03-31', '2026-03-01'],
    [3, '2026-01-01', '2025-10-02'],
  ])('of %i months that ends with %s begins with %s', (perMonths, on, since) => {
    expect(countedSince({ maxTimes: 1, perMonths }, day(on))).toBe(since);
  });
});

describe('the cool-down', () => {
  it.each([
    [1, '2026-03-01'],
    [30, '2026-01-31'],
    [180, '2025-09-03'],
  ])('of %i days before 2026-03-02 looks back to %s', (days, since) => {
    expect(coolingSince(DAY, days)).toBe(since);
  });

  it('of no days is none', () => {
    expect(coolingSince(DAY, 0)).toBeUndefined();
    expect(rest({}, 0, [visit('S', '2026-03-02')]).coolingDown('S')).toBe(false);
  });

  it('holds for the visit’s day and as many days after it, whatever the visit was about', () => {
    const visited = (on: string) => rest({}, 30, [visit('S', on)]).coolingDown('S');
    expect(['2026-01-30', '2026-01-31', '2026-03-02'].map(visited)).toEqual([false, true, true]);
    expect(rest({}, 30, [visit('S', '2026-03-01')]).coolingDown('T')).toBe(false);
  });
});

describe('the frequency of an item', () => {
  it.each([
    ['2024-03-02', []],
    ['2024-03-03', ['A']],
    ['2026-03-02', ['A']],
    ['2026-03-05', ['A']],
  ])('每2年不超过1次: after a visit on %s these are withheld on 2026-03-02: %j', (on, codes) => {
    expect(rest({ A: [visit('S', on)] }).withheld('S')).toEqual(codes);
  });

  it('每年不超过2次: the second visit within the year is the last', () => {
    const withheld = (...days: string[]) => rest({ B: days.map((on) => visit('S', on)) }).withheld('S');
    expect(withheld('2025-03-02', '2025-06-01')).toEqual([]);
    expect(withheld('2025-03-03', '2025-06-01')).toEqual(['B']);
    expect(withheld('2025-06-01')).toEqual([]);
  });

  it('counts for that item and that subject alone', () => {
    const state = rest({ A: [visit('S', '2026-01-05')], B: [visit('T', '2026-01-05')] });
    expect([state.withheld('S'), state.withheld('T'), state.withheld('U')]).toEqual([['A'], [], []]);
  });

  it('limits nothing where the item has none, however often it was checked', () => {
    const visits = Array.from({ length: 9 }, (_, n) => visit('S', `2026-02-0${n + 1}`));
    expect(rest({ C: visits }).withheld('S')).toEqual([]);
  });
});

describe('what a visit may be about', () => {
  const applicable = [{ code: 'C' }, { code: 'A' }];

  it('is every item that applies, as long as none is withheld', () => {
    expect(openItems(rest({}), 'S', applicable)).toEqual({
      open: applicable,
      withheld: [],
      coolingDown: false,
    });
  });

  it('is the items that are left, and withheld are only those that apply', () => {
    const state = rest(
      { A: [visit('S', '2026-01-05')], B: [visit('S', '2026-01-05'), visit('S', '2026-02-05')] },
      60,
      [visit('S', '2026-02-05')],
    );
    expect(state.withheld('S')).toEqual(['A', 'B']);
    expect(openItems(state, 'S', applicable)).toEqual({
      open: [{ code: 'C' }],
      withheld: [{ code: 'A' }],
      coolingDown: true,
    });
  });
});

describe('any history of visits', () => {
  const SUBJECTS = ['S', 'T', 'U'];
  const visits = fc.array(
    fc
      .record({ subject: fc.constantFrom(...SUBJECTS), before: fc.integer({ min: -20, max: 900 }) })
      .map(({ subject, before }): Visit => ({ subject, on: addDays(DAY, -before), inspection: 'I' })),
    { maxLength: 12 },
  );
  const history: fc.Arbitrary<RestOn> = fc
    .record({
      frequencies: fc.array(
        fc.option(
          fc.record({ maxTimes: fc.integer({ min: 1, max: 3 }), perMonths: fc.integer({ min: 1, max: 24 }) }),
          { nil: undefined },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      ofItem: fc.array(visits, { minLength: 3, maxLength: 3 }),
      ofAny: visits,
      coolDownDays: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ frequencies, ofItem, ofAny, coolDownDays }) => ({
      items: frequencies.map((frequency, n) => ({ code: `I${n}`, frequency })),
      visits: { ofItem: new Map(ofItem.map((list, n) => [`I${n}`, list])), ofAny },
      day: DAY,
      coolDownDays,
    }));

  it('withholds an item exactly when one more visit on the day would be too many', () => {
    fc.assert(
      fc.property(history, (on) => {
        const state = restOn(on);
        for (const subject of SUBJECTS) {
          const tooMany = on.items.filter(({ code, frequency }) => {
            const own = (on.visits.ofItem.get(code) ?? []).filter((one) => one.subject === subject);
            const recent = own.filter(
              (one) => frequency !== undefined && one.on > addMonths(DAY, -frequency.perMonths),
            );
            return frequency !== undefined && recent.length + 1 > frequency.maxTimes;
          });
          expect(state.withheld(subject)).toEqual(tooMany.map(({ code }) => code));
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('keeps a subject in cool-down exactly when one of its visits is no older than the cool-down', () => {
    const age = (on: CalendarDate) => (Date.parse(DAY) - Date.parse(on)) / 86_400_000;
    fc.assert(
      fc.property(history, (on) => {
        const state = restOn(on);
        for (const subject of SUBJECTS) {
          const young = on.visits.ofAny.some(
            (one) => one.subject === subject && age(one.on) <= on.coolDownDays,
          );
          expect(state.coolingDown(subject)).toBe(on.coolDownDays > 0 && young);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
