import * as z from 'zod';
import { meets, type DrawCriteria } from '#domain/draw/criteria.ts';
import { CreditClass, SubjectKind, SubjectScale, SubjectStatus } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { cohortPartitions } from './keys.ts';
import { queryPage, type KeyQuery, type Page, type StateTable } from './store.ts';
import { knownTerritories } from './territories.ts';

/** What a reading of the cohort index tells of every subject: what decides whether it belongs to a draw's pool. */
const Always = z.object({
  id: z.string(),
  kind: SubjectKind,
  status: SubjectStatus,
  territory: z.string(),
  industry: z.string().optional(),
  creditClass: CreditClass.optional(),
});

/** What it tells only when the criteria ask for it: most draws don't, and it is half of what a subject weighs. */
const WhenAsked = z.object({
  scale: SubjectScale.optional(),
  tags: z.array(z.string()).optional(),
  licences: z.array(z.object({ name: z.string(), validThrough: CalendarDate })).optional(),
});

/** A subject as the cohort index has it: nothing of a person. */
export const CohortSubject = Always.extend(WhenAsked.shape);
export type CohortSubject = z.infer<typeof CohortSubject>;

/** The attributes that the index carries; the table's definition reads them from here. */
export const COHORT_ATTRIBUTES = Object.keys(CohortSubject.shape);

/** How far a reading has come, as JSON: what was delivered up to here is not delivered again. Good for the same criteria only. */
export const CohortPosition = z.strictObject({
  /** As they were when the reading began: a territory that appears later is not of this reading, wherever it is continued. */
  territories: z.array(z.string()),
  /** The ranges that are being read, by number, each with the key of the last subject that was delivered of it. */
  open: z.array(
    z.strictObject({
      range: z.int().nonnegative(),
      after: z.record(z.string(), z.string()).optional(),
    }),
  ),
  /** The number of the first range that was not begun. */
  next: z.int().nonnegative(),
});
export type CohortPosition = z.infer<typeof CohortPosition>;

/** One page's subjects that meet the criteria, possibly none, and the position after it. */
export interface CohortPage {
  readonly subjects: CohortSubject[];
  readonly position: CohortPosition;
}

/** Queries at once: enough to read while the engine looks for the next pages; more would only fill memory. */
const IN_FLIGHT = 4;

/**
 * Every subject that meets the criteria on the day, each once, in no order. Reads only the partitions of the territories
 * that the criteria name. The caller may stop after any page and go on from its position, in another run too.
 * A subject that moves to another territory or industry meanwhile may be met in both places or in neither, as in any
 * reading that takes time.
 * @param pageLimit at most so many index rows a page, for a caller that has to stop often; normally a page is a megabyte
 * @throws RangeError for a position of other criteria
 */
export async function* readCohort(
  store: StateTable,
  criteria: DrawCriteria,
  day: CalendarDate,
  from?: CohortPosition,
  pageLimit?: number,
): AsyncGenerator<CohortPage> {
  const territories = from?.territories ?? (await territoriesOf(store, outermost(criteria.territory)));
  const ranges = rangesOf(territories, outermost(criteria.industry));
  const query = { fields: fieldsFor(criteria), ...(pageLimit === undefined ? {} : { limit: pageLimit }) };
  const ask = (place: Place) => asked(store, ranges, place, query);
  const open = (from?.open ?? []).map(ask);
  let next = from?.next ?? 0;
  for (;;) {
    for (; open.length < IN_FLIGHT && next < ranges.length; next += 1) open.push(ask({ range: next }));
    // The range asked first is waited for first, whichever answers: the pages come in the same order every time.
    const first = open.shift();
    if (first === undefined) return;
    const page = await first.page;
    if (page.next !== undefined) open.push(ask({ range: first.range, after: page.next }));
    yield {
      subjects: page.items.filter((subject) => meets(criteria, subject, day)),
      position: {
        territories,
        open: open.map(({ range, after }) => (after === undefined ? { range } : { range, after })),
        next,
      },
    };
  }
}

/** Every subject that meets the criteria on the day, each once, in no order: `readCohort` in one go. */
export async function* subjectsMeeting(
  store: StateTable,
  criteria: DrawCriteria,
  day: CalendarDate,
): AsyncGenerator<CohortSubject[]> {
  for await (const { subjects } of readCohort(store, criteria, day)) yield subjects;
}

type Place = CohortPosition['open'][number];
type CohortRange = Pick<KeyQuery, 'partition' | 'prefix'>;
type AskedPage = Omit<Page<CohortSubject>, 'next'> & { readonly next?: Record<string, string> };

/** Asks for the page of a range after a place, without waiting for it. */
function asked(
  store: StateTable,
  ranges: readonly CohortRange[],
  { range, after }: Place,
  query: Pick<KeyQuery, 'fields' | 'limit'>,
): Place & { readonly page: Promise<AskedPage> } {
  const page = pageOf(store, {
    ...rangeAt(ranges, range),
    ...query,
    ...(after === undefined ? {} : { after }),
  });
  // Whoever stops reading leaves pages that nobody waits for; one of them that fails must not end the process.
  page.catch(() => undefined);
  return { range, ...(after === undefined ? {} : { after }), page };
}

const Continuation = z.record(z.string(), z.string());

async function pageOf(store: StateTable, query: Omit<KeyQuery, 'index'>): Promise<AskedPage> {
  const { items, next } = await queryPage(store, CohortSubject, { ...query, index: 'cohort' });
  return { items, ...(next === undefined ? {} : { next: Continuation.parse(next) }) };
}

/** The parts of the index to read, in a fixed order: for each territory and shard the industries asked for, or all. */
function rangesOf(territories: readonly string[], industries: readonly string[] | undefined): CohortRange[] {
  const partitions = territories.flatMap(cohortPartitions);
  return industries === undefined
    ? partitions.map((partition) => ({ partition }))
    : partitions.flatMap((partition) => industries.map((prefix) => ({ partition, prefix })));
}

function rangeAt(ranges: readonly CohortRange[], range: number): CohortRange {
  const found = ranges[range];
  if (found === undefined) {
    throw new RangeError(`range ${range} of ${ranges.length}: the position is of other criteria`);
  }
  return found;
}

/** What is read of a row. Keys are left out too: sent and parsed, they would be the larger part of it. */
function fieldsFor(criteria: DrawCriteria): string[] {
  return [
    ...Object.keys(Always.shape),
    ...WhenAsked.keyof().options.filter((field) => criteria[field] !== undefined),
  ];
}

/** The 6-digit territories to read: those that hold subjects and touch one of the prefixes. */
async function territoriesOf(store: StateTable, prefixes: readonly string[] | undefined): Promise<string[]> {
  return (await knownTerritories(store)).filter(
    (territory) =>
      prefixes === undefined ||
      prefixes.some((prefix) => territory.startsWith(prefix) || prefix.startsWith(territory)),
  );
}

/** Prefixes that no other one covers: `C` and `C13` together would put the subjects of C13 into the pool twice. */
function outermost(prefixes: readonly string[] | undefined): string[] | undefined {
  return prefixes === undefined
    ? undefined
    : [...new Set(prefixes)].filter(
        (prefix) => !prefixes.some((other) => other !== prefix && prefix.startsWith(other)),
      );
}
