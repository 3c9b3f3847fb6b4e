import * as z from 'zod';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { reviewKey, stateKey } from './keys.ts';
import { loadMany, type StateTable } from './store.ts';

/**
 * That a subject is to be looked at, by a day: because something about it changed, or because a rule depends on the day. One
 * record a subject, off the index while nothing is due. Its digest tells one cause from the next: a scan takes only that off
 * which it has seen.
 */
export const Review = z.object({
  /** The subject's id. */
  id: z.string(),
  digest: z.string(),
  /** The digest of the subject's row that is about to be written: until it is there, the review stays due for a day. */
  awaits: z.string().optional(),
  /** The place on the index, `day#subject`; absent while nothing is due. */
  dueSk: z.string().optional(),
});
export type Review = z.infer<typeof Review>;

/** What makes a review due. */
export interface Cause {
  /** The day from which the subject is to be looked at: today for whatever has changed. */
  readonly day: CalendarDate;
  /** Another one for each change: the id of the signal, the digest of the row. */
  readonly digest: string;
  readonly awaits?: string | undefined;
  /** The digest of the subject's row that the change was decided on, when it writes another one: nobody awaits that any more. */
  readonly replaces?: string | undefined;
}

/** The item that makes a subject due. It takes the place of any later day that was set: whoever looks computes that anew. */
export function reviewItem(
  subject: string,
  { day, digest, awaits }: Cause,
): Readonly<Record<string, unknown>> {
  return {
    ...stateKey('REVIEW', subject),
    id: subject,
    digest,
    ...(awaits === undefined ? {} : { awaits }),
    ...reviewKey(day, subject),
  };
}

/**
 * The same as writes beside others, by the subject. A row that was announced and is not there yet stays awaited: a scan that
 * looked before it came would take the review off, and nobody would look at the row. Committing them fails when a review was
 * changed meanwhile; wrap it in `settled`.
 */
export async function subjectsAreDue(
  store: StateTable,
  causes: ReadonlyMap<string, Cause>,
): Promise<StateWrite[]> {
  const keys = [...causes.keys()].map((subject) => stateKey('REVIEW', subject));
  const known = new Map((await loadMany(store, Review, keys)).map((review) => [review.id, review]));
  return [...causes].map(([subject, cause]): StateWrite => {
    const before = known.get(subject);
    const awaits = cause.awaits ?? awaited(before, cause.replaces);
    return {
      key: stateKey('REVIEW', subject),
      item: reviewItem(subject, { ...cause, awaits }),
      expect: before === undefined ? 'absent' : { digest: before.digest },
    };
  });
}

function awaited(before: Review | undefined, replaced: string | undefined): string | undefined {
  return before?.dueSk === undefined || before.awaits === replaced ? undefined : before.awaits;
}

/** What a look at a subject leaves: a digest of its own, and the day on which time alone may change something. */
interface Next {
  readonly digest: string;
  readonly on?: CalendarDate | undefined;
}

/**
 * Takes a review that was seen off the index, or moves it to the day of the next look; nothing when it stands there already.
 * Committing it fails when something changed meanwhile.
 */
export function reviewed(seen: Review, { digest, on }: Next): StateWrite[] {
  const index = on === undefined ? undefined : reviewKey(on, seen.id);
  if (seen.dueSk === index?.dueSk) return [];
  return [
    {
      key: stateKey('REVIEW', seen.id),
      item: { id: seen.id, digest, ...index },
      expect: { digest: seen.digest },
    },
  ];
}

/** The first review of a subject that was looked at without one; nothing when no day comes. */
export function reviewSet(subject: string, { digest, on }: Next): StateWrite[] {
  return on === undefined
    ? []
    : [
        {
          key: stateKey('REVIEW', subject),
          item: { id: subject, digest, ...reviewKey(on, subject) },
          expect: 'absent',
        },
      ];
}

/**
 * Whether a review has to wait for the row that it announces. An import that was killed between the two and never sent again
 * would keep it due for ever: the day after it is taken as it is.
 */
export function staysDue(review: Review | undefined, digest: string | undefined, day: CalendarDate): boolean {
  const awaits = review?.awaits;
  return awaits !== undefined && awaits !== digest && review?.dueSk !== undefined && review.dueSk >= day;
}
