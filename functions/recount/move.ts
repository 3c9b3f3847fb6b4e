import * as z from 'zod';
import type { MingchouEvent } from '#contracts/events.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { JsonText } from '#domain/canonical/json-text.ts';
import { recount } from '#domain/deadline/deadline.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { answeredBefore, commit, settled } from '#store/commit.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { DeadlineMove, movedDeadline } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';

/** Deadlines in flight. */
const IN_FLIGHT = 8;

/** What all moves of a step have in common. */
export interface Moving {
  readonly cause: string;
  readonly event: Pick<MingchouEvent, 'id' | 'time'>;
  readonly calendar: Counting;
  readonly today: CalendarDate;
}

/** Moves deadlines to the days that the calendar gives; tells what was moved, by this attempt or by one before. */
export async function moveAll(
  store: StateTable,
  ids: readonly string[],
  moving: Moving,
): Promise<DeadlineMove[]> {
  const moves: (DeadlineMove | undefined)[] = [];
  for (let from = 0; from < ids.length; from += IN_FLIGHT) {
    moves.push(
      ...(await Promise.all(
        ids.slice(from, from + IN_FLIGHT).map((id) => settled(() => move(store, id, moving))),
      )),
    );
  }
  return moves.filter((one) => one !== undefined);
}

const KeptMove = z.object({ answer: JsonText.pipe(DeadlineMove) });

/** One deadline in one commit, once; undefined when it was met meanwhile, or another recount has moved it. */
async function move(
  store: StateTable,
  id: string,
  { cause, event, calendar, today }: Moving,
): Promise<DeadlineMove | undefined> {
  const once = { consumer: 'recount', key: `${cause}#${id}` };
  const deadline = await loadDeadline(store, id);
  const anew = recount(calendar, deadline, today);
  if (anew === undefined) {
    const before = await answeredBefore(store, once.consumer, once.key);
    return before && KeptMove.parse(before).answer;
  }
  const {
    move: made,
    writes,
    events,
  } = await movedDeadline(store, deadline, anew, {
    time: event.time,
    causation: cause,
    actor: { kind: 'function', id: 'recount' },
  });
  const outcome = await commit(store, {
    at: event.time,
    once: { ...once, answer: JSON.stringify(made) },
    writes,
    events,
  });
  return outcome.kind === 'done' ? made : KeptMove.parse(outcome).answer;
}
