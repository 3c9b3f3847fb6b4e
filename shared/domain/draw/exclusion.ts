import * as z from 'zod';

import { itemApplies, type Item } from '#domain/item/item.ts';
import { CLASS_OF_UNCLASSED, type CreditClass, type Subject } from '#domain/subject/subject.ts';
import { openItems, restOn, type RestOn } from '#domain/visit/visit.ts';

import type { Bilingual } from './criteria.ts';

/** Why a subject of the cohort is not in the pool. The first that holds is the one that is counted. */
export const ExclusionReason = z.enum([
  'not-operating',
  'no-item-applies',
  'named',
  'frequency',
  'cool-down',
]);
export type ExclusionReason = z.infer<typeof ExclusionReason>;

export const exclusionReasonLabels: Readonly<Record<ExclusionReason, Bilingual>> = {
  'not-operating': { zh: '登记状态不是存续', en: 'not operating' },
  'no-item-applies': { zh: '抽查事项均不适用', en: 'none of the items applies' },
  named: { zh: '触发线索点名，另行检查', en: 'named by the trigger, checked besides the draw' },
  frequency: { zh: '已达抽查频次上限', en: 'checked as often as the items allow' },
  'cool-down': { zh: '近期已检查，处于冷却期', en: 'visited within the cool-down' },
};

/** How many subjects were left out for each reason. */
export const ExclusionCounts = z.record(ExclusionReason, z.int().nonnegative());
export type ExclusionCounts = z.infer<typeof ExclusionCounts>;

/** The counts before anything was counted, to add to. */
export function noExclusions(): ExclusionCounts {
  return { 'not-operating': 0, 'no-item-applies': 0, named: 0, frequency: 0, 'cool-down': 0 };
}

/** Both counts together. */
export function addExclusions(one: ExclusionCounts, other: ExclusionCounts): ExclusionCounts {
  return {
    'not-operating': one['not-operating'] + other['not-operating'],
    'no-item-applies': one['no-item-applies'] + other['no-item-applies'],
    named: one.named + other.named,
    frequency: one.frequency + other.frequency,
    'cool-down': one['cool-down'] + other['cool-down'],
  };
}

/** What a draw makes of a subject: left out and why, or in the pool, with the items that the visit has to leave out. */
export type PoolDecision =
  | { readonly kind: 'excluded'; readonly reason: ExclusionReason }
  | {
      readonly kind: 'eligible';
      readonly stratum: CreditClass;
      /** Codes of items that apply but were checked as often as their frequency allows. */
      readonly withheld: readonly string[];
    };

export interface ExclusionRule extends RestOn {
  readonly items: readonly Item[];
  /** Ids of the subjects that the trigger names: they are checked besides the draw, so they must not stand in its pool. */
  readonly named: readonly string[];
}

type RuledSubject = Pick<Subject, 'kind' | 'status' | 'industry' | 'creditClass'> & { readonly id: string };

/**
 * The rule that decides which subjects of the cohort are in a draw's pool (articles 3, 5, 6 and 8). What it needs is worked
 * out once here: the decider is called for each of a million subjects.
 */
export function exclusionRule(on: ExclusionRule): (subject: RuledSubject) => PoolDecision {
  const rest = restOn(on);
  const named = new Set(on.named);
  const applicableTo = itemsByKind(on.items);
  return (subject) => {
    if (subject.status !== 'active') return excluded['not-operating'];
    const applicable = applicableTo(subject);
    if (applicable.length === 0) return excluded['no-item-applies'];
    if (named.has(subject.id)) return excluded.named;
    const { open, withheld, coolingDown } = openItems(rest, subject.id, applicable);
    if (open.length === 0) return excluded.frequency;
    if (coolingDown) return excluded['cool-down'];
    const stratum = subject.creditClass ?? CLASS_OF_UNCLASSED;
    return withheld.length === 0
      ? eligible[stratum]
      : { kind: 'eligible', stratum, withheld: withheld.map(({ code }) => code) };
  };
}

/** The items that apply to a subject, looked up once for each kind and industry that there is. */
function itemsByKind(items: readonly Item[]): (subject: RuledSubject) => readonly Item[] {
  const known = new Map<string, readonly Item[]>();
  return (subject) => {
    const key = `${subject.kind} ${subject.industry ?? ''}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const applicable = items.filter((item) => itemApplies(item, subject));
    known.set(key, applicable);
    return applicable;
  };
}

/** One answer for all subjects that get the same one. */
const excluded = {
  'not-operating': { kind: 'excluded', reason: 'not-operating' },
  'no-item-applies': { kind: 'excluded', reason: 'no-item-applies' },
  named: { kind: 'excluded', reason: 'named' },
  frequency: { kind: 'excluded', reason: 'frequency' },
  'cool-down': { kind: 'excluded', reason: 'cool-down' },
} as const satisfies Readonly<Record<ExclusionReason, PoolDecision>>;

const eligible: Readonly<Record<CreditClass, PoolDecision>> = {
  A: { kind: 'eligible', stratum: 'A', withheld: [] },
  B: { kind: 'eligible', stratum: 'B', withheld: [] },
  C: { kind: 'eligible', stratum: 'C', withheld: [] },
  D: { kind: 'eligible', stratum: 'D', withheld: [] },
};
