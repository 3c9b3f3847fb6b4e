import * as z from 'zod';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { datedAt, datedKey, formerKey, formerPartition, type Key } from './keys.ts';
import { libraryItem } from './libraries.ts';
import { queryPage, type StateTable } from './store.ts';

/** What the library said of a subject until a day, on which a file said otherwise. */
export const FormerSubject = z.object({ subject: Subject, until: CalendarDate });
export type FormerSubject = z.infer<typeof FormerSubject>;

/**
 * The item that keeps a row which is about to be replaced. Under the digest of what the row says: a step that is done again
 * after a crash keeps it once.
 */
export function formerItem({ subject, until }: FormerSubject): Key & Readonly<Record<string, unknown>> {
  const { digest } = libraryItem('subjects', subject);
  return { ...formerKey(subject.id, until, digest), former: { subject, until } };
}

const StoredFormer = z.object({ former: FormerSubject, sk: z.string() });

/** A page of what the library said of a subject before, newest first. `next` continues it. */
export async function formerSubjects(
  store: StateTable,
  subject: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly former: readonly FormerSubject[]; readonly next?: string }> {
  const partition = formerPartition(subject);
  const { items, next } = await queryPage(store, StoredFormer, {
    partition,
    newestFirst: true,
    limit,
    ...(after === undefined ? {} : { after: { ...datedKey(partition, after) } }),
  });
  const last = items.at(-1);
  return {
    former: items.map(({ former }) => former),
    ...(next === undefined || last === undefined ? {} : { next: datedAt(last.sk) }),
  };
}
