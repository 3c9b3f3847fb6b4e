import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndustryPrefix, TerritoryPrefix, triage, TriggerReport } from '#domain/trigger/trigger.ts';
import { day } from '../../support/samples.ts';

const rule = (id: string, effectiveFrom: string, version = 1) => ({
  id,
  version,
  effectiveFrom: day(effectiveFrom),
});

describe('triage', () => {
  it('article 4: waits for a person when no rule applies', () => {
    expect(triage([])).toEqual({ kind: 'hold', reason: '没有规则适用 no rule applies' });
  });

  it('article 17: fires the rule that applies, with the version that was in force', () => {
    expect(triage([rule('fuel', '2026-01-01', 3)])).toEqual({ kind: 'fire', policy: 'fuel', version: 3 });
  });

  it('chooses the rule that took effect last, and of one day the first by id', () => {
    const rules = [rule('b', '2026-02-01'), rule('c', '2026-02-01', 2), rule('a', '2026-01-01')];
    expect(triage(rules)).toEqual({ kind: 'fire', policy: 'b', version: 1 });
  });

  it('chooses the same rule in whatever order the rules come', () => {
    const rules = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{1,3}$/),
        version: fc.integer({ min: 1, max: 9 }),
        effectiveFrom: fc.constantFrom(day('2026-01-01'), day('2026-02-01'), day('2026-03-01')),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(rules, fc.nat(), (given, turn) => {
        const at = turn % given.length;
        expect(triage([...given.slice(at), ...given.slice(0, at)])).toEqual(triage(given));
      }),
      { seed: 4 },
    );
  });
});

describe('a report', () => {
  const least = { category: 'complaint', title: '加油站计量不准' };

  it('needs a category of article 2 and a title, no more', () => {
    expect(TriggerReport.parse(least)).toEqual(least);
    expect(TriggerReport.safeParse({ ...least, category: 'rumour' }).success).toBe(false);
    expect(TriggerReport.safeParse({ ...least, title: '  ' }).success).toBe(false);
  });

  it.each([
    ['an unknown member', { colour: 'red' }],
    ['evidence that is not https', { evidence: [{ name: 'photo', url: 'http://example.org/a.jpg' }] }],
    ['evidence that is a script', { evidence: [{ name: 'photo', url: 'javascript:alert(1)' }] }],
    ['a hash of another shape', { evidence: [{ name: 'p', url: 'https://example.org/a', sha256: 'AB' }] }],
    ['a local time without offset', { occurredAt: '2026-03-02T09:30:00' }],
    ['a subject id with a space', { subject: { id: '9141 0381' } }],
    ['a text of 5,001 characters', { text: 'x'.repeat(5_001) }],
  ])('is refused with %s', (_, part) => {
    expect(TriggerReport.safeParse({ ...least, ...part }).success).toBe(false);
  });

  it('article 8: names cohorts by whole levels of the codes', () => {
    const fits = (schema: typeof TerritoryPrefix) => (code: string) => schema.safeParse(code).success;
    const territories = ['41', '4103', '410381', '410381107', '410381107215'];
    expect(territories.filter(fits(TerritoryPrefix))).toEqual(territories);
    expect(['', '4', '410', '41038', '4103811', '41038a', '４１'].filter(fits(TerritoryPrefix))).toEqual([]);
    expect(['F', 'F5', 'F52', 'F526', 'F5265'].filter(fits(IndustryPrefix)).length).toBe(5);
    expect(['', 'U', 'f52', 'F52651', '52'].filter(fits(IndustryPrefix))).toEqual([]);
  });
});
