import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ExclusionCounts,
  ExclusionReason,
  exclusionReasonLabels,
  exclusionRule,
  noExclusions,
  type ExclusionRule,
} from '#domain/draw/exclusion.ts';
import { Item, itemApplies } from '#domain/item/item.ts';
import { SubjectKind, SubjectStatus, type Subject } from '#domain/subject/subject.ts';
import { addDays } from '#domain/time/time.ts';
import { openItems, restOn, type Visit } from '#domain/visit/visit.ts';
import { day } from '../../support/samples.ts';

const DAY = day('2026-11-24');

const item = (code: string, industries: string[], perMonths?: number): Item =>
  Item.parse({
    code,
    matter: '成品油零售经营检查',
    legalBasis: '《成品油市场管理办法》',
    unit: '商务综合执法大队',
    appliesTo: { kinds: [], industries },
    ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
    ...(perMonths === undefined ? {} : { frequency: { maxTimes: 1, perMonths } }),
    methods: ['on-site'],
    content: '经营资格',
  });
const retail = item('YS-001', ['F5265'], 12);
const metering = item('YS-002', ['F5265', 'F52'], 24);
const fire = item('YS-003', ['F5162']);

type Ruled = Parameters<ReturnType<typeof exclusionRule>>[0];
const station: Ruled = {
  id: '914103810000000001',
  kind: 'enterprise',
  status: 'active',
  industry: 'F5265',
  creditClass: 'C',
};
const visited = (on: string, subject = station.id): Visit => ({ subject, on: day(on), inspection: 'I-1' });
const none: ExclusionRule = {
  items: [retail, metering, fire],
  named: [],
  visits: { ofItem: new Map(), ofAny: [] },
  day: DAY,
  coolDownDays: 0,
};
const decide = (rule: Partial<ExclusionRule>, subject: Partial<Ruled> = {}) =>
  exclusionRule({ ...none, ...rule })({ ...station, ...subject });
const visits = (ofItem: Record<string, Visit[]>, ofAny: Visit[] = []) => ({
  ofItem: new Map(Object.entries(ofItem)),
  ofAny,
});

describe('the pool of a draw', () => {
  it('article 6: holds a subject in the stratum of its class, and one without a class in B', () => {
    expect(decide({})).toEqual({ kind: 'eligible', stratum: 'C', withheld: [] });
    const unclassed = exclusionRule(none)({ id: 'X', kind: 'other', status: 'active', industry: 'F52' });
    expect(unclassed).toEqual({ kind: 'eligible', stratum: 'B', withheld: [] });
  });

  it.each(SubjectStatus.options.filter((status) => status !== 'active'))(
    'leaves out a subject that is %s',
    (status) => {
      expect(decide({}, { status })).toEqual({ kind: 'excluded', reason: 'not-operating' });
    },
  );

  it('leaves out a subject that no item applies to, by its industry or because it has none', () => {
    expect(decide({}, { industry: 'H6210' })).toEqual({ kind: 'excluded', reason: 'no-item-applies' });
    const { industry: _, ...withoutIndustry } = station;
    expect(exclusionRule(none)(withoutIndustry)).toEqual({ kind: 'excluded', reason: 'no-item-applies' });
  });

  it('leaves out the subject that the trigger names: it is checked besides, and drawing it would waste a place', () => {
    expect(decide({ named: [station.id] })).toEqual({ kind: 'excluded', reason: 'named' });
    expect(decide({ named: ['another'] }).kind).toBe('eligible');
  });

  it('keeps a subject with the items that are left when some were checked as often as allowed', () => {
    expect(decide({ visits: visits({ 'YS-001': [visited('2026-06-01')] }) })).toEqual({
      kind: 'eligible',
      stratum: 'C',
      withheld: ['YS-001'],
    });
  });

  it('leaves out a subject all of whose items were checked as often as allowed', () => {
    const both = visits({ 'YS-001': [visited('2026-06-01')], 'YS-002': [visited('2025-06-01')] });
    expect(decide({ visits: both })).toEqual({ kind: 'excluded', reason: 'frequency' });
    expect(decide({ visits: both }, { industry: 'F5211' })).toEqual({
      kind: 'excluded',
      reason: 'frequency',
    });
    expect(decide({ visits: both }, { id: 'another' })).toEqual({
      kind: 'eligible',
      stratum: 'C',
      withheld: [],
    });
  });

  it('leaves out a subject that was visited within the cool-down, for another item too', () => {
    const lately = visits({}, [visited('2026-10-25')]);
    expect(decide({ visits: lately, coolDownDays: 30 })).toEqual({ kind: 'excluded', reason: 'cool-down' });
    expect(decide({ visits: lately, coolDownDays: 29 }).kind).toBe('eligible');
    expect(decide({ visits: lately }).kind).toBe('eligible');
  });

  it('tells the first reason in the fixed order', () => {
    const everything: Partial<ExclusionRule> = {
      named: [station.id],
      visits: visits({ 'YS-001': [visited('2026-11-01')], 'YS-002': [visited('2026-11-01')] }, [
        visited('2026-11-01'),
      ]),
      coolDownDays: 30,
    };
    expect([
      decide(everything, { status: 'suspended', industry: 'H62' }),
      decide(everything, { industry: 'H62' }),
      decide(everything),
      decide({ ...everything, named: [] }),
      decide({ ...everything, named: [], items: [fire, item('YS-009', [])] }),
    ]).toEqual([
      { kind: 'excluded', reason: 'not-operating' },
      { kind: 'excluded', reason: 'no-item-applies' },
      { kind: 'excluded', reason: 'named' },
      { kind: 'excluded', reason: 'frequency' },
      { kind: 'excluded', reason: 'cool-down' },
    ]);
  });

  it('gives the next subject its own answer, whatever it answered before', () => {
    const decider = exclusionRule({ ...none, named: ['N'] });
    const subjects: Ruled[] = [
      station,
      { ...station, id: 'N' },
      { ...station, industry: 'H62' },
      { ...station, kind: 'individual-business' },
      { ...station, creditClass: 'A' },
      station,
    ];
    expect(
      subjects
        .map((subject) => decider(subject))
        .map((one) => (one.kind === 'eligible' ? one.stratum : one.reason)),
    ).toEqual(['C', 'named', 'no-item-applies', 'C', 'A', 'C']);
  });
});

describe('any rule and subject', () => {
  const ids = ['S', 'T', 'U'];
  const anyVisits = fc.array(
    fc
      .record({ subject: fc.constantFrom(...ids), before: fc.integer({ min: 0, max: 800 }) })
      .map(({ subject, before }): Visit => ({ subject, on: addDays(DAY, -before), inspection: 'I' })),
    { maxLength: 6 },
  );
  const anyRule: fc.Arbitrary<ExclusionRule> = fc
    .record({
      items: fc.subarray([retail, metering, fire], { minLength: 1 }),
      named: fc.subarray(ids),
      retailed: anyVisits,
      metered: anyVisits,
      ofAny: anyVisits,
      coolDownDays: fc.integer({ min: 0, max: 90 }),
    })
    .map(({ items, named, retailed, metered, ofAny, coolDownDays }) => ({
      items,
      named,
      visits: visits({ 'YS-001': retailed, 'YS-002': metered }, ofAny),
      day: DAY,
      coolDownDays,
    }));
  const anySubject: fc.Arbitrary<Ruled> = fc.record({
    id: fc.constantFrom(...ids),
    kind: fc.constantFrom(...SubjectKind.options),
    status: fc.constantFrom(...SubjectStatus.options.slice(0, 2)),
    industry: fc.constantFrom('F5265', 'F5211', 'F5162', 'H6210', undefined),
    creditClass: fc.constantFrom<Subject['creditClass']>('A', 'B', 'C', 'D', undefined),
  });

  it('articles 5, 6: are decided as the five reasons say, asked one after the other', () => {
    fc.assert(
      fc.property(anyRule, fc.array(anySubject, { minLength: 1, maxLength: 5 }), (rule, subjects) => {
        const decider = exclusionRule(rule);
        for (const subject of subjects) {
          const applicable = rule.items.filter((one) => itemApplies(one, subject));
          const { open, withheld, coolingDown } = openItems(restOn(rule), subject.id, applicable);
          const failed: Record<ExclusionReason, boolean> = {
            'not-operating': subject.status !== 'active',
            'no-item-applies': applicable.length === 0,
            named: rule.named.includes(subject.id),
            frequency: open.length === 0,
            'cool-down': coolingDown,
          };
          const reason = ExclusionReason.options.find((one) => failed[one]);
          expect(decider(subject)).toEqual(
            reason === undefined
              ? {
                  kind: 'eligible',
                  stratum: subject.creditClass ?? 'B',
                  withheld: withheld.map(({ code }) => code),
                }
              : { kind: 'excluded', reason },
          );
        }
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });
});

describe('the reasons', () => {
  it('are counted from zero, each by its name', () => {
    const counts = noExclusions();
    expect(Object.keys(counts)).toEqual(ExclusionReason.options);
    counts.frequency += 1;
    expect(ExclusionCounts.parse(JSON.parse(JSON.stringify(counts)))).toEqual({
      'not-operating': 0,
      'no-item-applies': 0,
      named: 0,
      frequency: 1,
      'cool-down': 0,
    });
    expect(noExclusions().frequency).toBe(0);
  });

  it('have a label in both languages', () => {
    for (const reason of ExclusionReason.options) {
      expect(exclusionReasonLabels[reason].zh).toMatch(/^[\u4e00-\u9fff，]+$/);
      expect(exclusionReasonLabels[reason].en).toMatch(/^[a-z ,-]+$/);
    }
  });
});
