import type { Instant } from '#domain/time/time.ts';
import type { RulePlan } from '../template/plan.ts';

export interface DueRule {
  rule: RulePlan;
  at: Instant;
}

/** Knows which schedules are due, and up to when they have fired. */
export class Scheduler {
  readonly #rules: { rule: RulePlan; next: Instant | undefined }[];

  /** Everything due up to and including `firedUntil` counts as fired. */
  constructor(rules: readonly RulePlan[], firedUntil: Instant) {
    this.#rules = rules
      .filter((rule) => rule.schedule !== undefined)
      .map((rule) => ({ rule, next: rule.schedule?.(firedUntil) }));
  }

  /** The moment at which the next schedule is due. */
  get next(): Instant | undefined {
    return this.#rules
      .map(({ next }) => next)
      .filter((next) => next !== undefined)
      .toSorted()[0];
  }

  /** The earliest schedule that is due at or before `until`, now counted as fired. Ties go by logical id. */
  take(until: Instant): DueRule | undefined {
    let first: { rule: RulePlan; next: Instant | undefined } | undefined;
    for (const candidate of this.#rules) {
      if (candidate.next === undefined || candidate.next > until) continue;
      if (
        first?.next === undefined ||
        candidate.next < first.next ||
        (candidate.next === first.next && candidate.rule.id < first.rule.id)
      ) {
        first = candidate;
      }
    }
    if (first?.next === undefined) return undefined;
    const at = first.next;
    first.next = first.rule.schedule?.(at);
    return { rule: first.rule, at };
  }

  /**
   * What was missed while the runner was off: each schedule once, at its latest moment. Firing an hourly schedule 60
   * times after a weekend would only do the same work 60 times.
   */
  takeMissed(until: Instant): DueRule[] {
    const latest = new Map<string, DueRule>();
    for (let due = this.take(until); due !== undefined; due = this.take(until)) latest.set(due.rule.id, due);
    return [...latest.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  }
}
