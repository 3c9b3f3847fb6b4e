import type { DrawCriteria } from '#domain/draw/lifecycle.ts';
import { checkedLine } from '#domain/draw/pool.ts';
import { itemApplies, type Item } from '#domain/item/item.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { subjectsMeeting } from './cohort.ts';
import type { StateTable } from './store.ts';

/** How many were left out of a pool, by reason. */
export type Tally = Readonly<Record<string, number>>;

/** What a pool is asked for. */
export interface PoolQuestion {
  readonly criteria: DrawCriteria;
  readonly items: readonly Item[];
  /** Objects that are checked besides the draw, and never in its pool. */
  readonly named: readonly string[];
  readonly coolDownDays: number;
  readonly day: CalendarDate;
}

/** A part of a pool in no order, and what was left out on the way. */
export interface PoolPart {
  readonly lines: string[];
  readonly tally: Tally;
  readonly looked: number;
  readonly position: unknown;
}

/** The objects that can be drawn, part after part. */
export async function* eligibleObjects(
  store: StateTable,
  { criteria, items }: PoolQuestion,
  _from?: unknown,
): AsyncGenerator<PoolPart> {
  for await (const subjects of subjectsMeeting(store, criteria)) {
    const lines: string[] = [];
    const tally = { 'not-operating': 0, 'no-item-applies': 0 };
    for (const subject of subjects) {
      const reason =
        subject.status !== 'active'
          ? 'not-operating'
          : items.some((item) => itemApplies(item, subject))
            ? undefined
            : 'no-item-applies';
      if (reason === undefined) {
        lines.push(checkedLine({ id: subject.id, stratum: subject.creditClass ?? 'B' }));
      } else {
        tally[reason] += 1;
      }
    }
    yield { lines, tally, looked: subjects.length, position: undefined };
  }
}
