import type { DrawCriteria } from '#domain/draw/criteria.ts';
import { exclusionRule, noExclusions, type ExclusionCounts } from '#domain/draw/exclusion.ts';
import { checkedLine } from '#domain/draw/pool.ts';
import type { Item } from '#domain/item/item.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { readCohort, type CohortPosition } from './cohort.ts';
import type { WithheldObject } from './draws.ts';
import type { StateTable } from './store.ts';
import { pastVisits } from './visits.ts';

/** What a pool is asked for. */
export interface PoolQuestion {
  readonly criteria: DrawCriteria;
  readonly items: readonly Item[];
  /** Objects that are checked besides the draw, and never in its pool. */
  readonly named: readonly string[];
  readonly coolDownDays: number;
  /** The draw's day in Asia/Shanghai. */
  readonly day: CalendarDate;
}

/** A part of a pool in no order, what was left out on the way, and where the reading goes on. */
export interface PoolPart {
  readonly lines: readonly string[];
  readonly withheld: readonly WithheldObject[];
  readonly excluded: ExclusionCounts;
  readonly position: CohortPosition;
}

/** The objects that can be drawn, part after part (articles 6, 8); a later call goes on from a part's position. */
export async function* eligibleObjects(
  store: StateTable,
  { criteria, items, named, coolDownDays, day }: PoolQuestion,
  from?: CohortPosition,
): AsyncGenerator<PoolPart> {
  const visits = await pastVisits(store, { items, day, coolDownDays });
  const decide = exclusionRule({ items, named, visits, day, coolDownDays });
  for await (const { subjects, position } of readCohort(store, criteria, day, from)) {
    const lines: string[] = [];
    const withheld: WithheldObject[] = [];
    const excluded = noExclusions();
    for (const subject of subjects) {
      const decision = decide(subject);
      if (decision.kind === 'excluded') {
        excluded[decision.reason] += 1;
        continue;
      }
      lines.push(checkedLine({ id: subject.id, stratum: decision.stratum }));
      if (decision.withheld.length > 0) {
        withheld.push({ id: subject.id, items: [...decision.withheld] });
      }
    }
    yield { lines, withheld, excluded, position };
  }
}
