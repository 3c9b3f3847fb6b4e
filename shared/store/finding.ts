import * as z from 'zod';
import { isWithdrawn, Publication, Withdrawal, type PublicRecord } from '#domain/inspection/publication.ts';
import { listsFor, listsOf, Summary, summaryOf, takes, type Filter } from '#domain/publication/search.ts';
import { endOfDay, epochSeconds, later, startOfDay, type Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  CHANGED_PARTITION,
  changedKey,
  foundKey,
  foundPartition,
  lists,
  placeOf,
  placesThrough,
  stateKey,
  type Key,
} from './keys.ts';
import { publicRecords } from './publications.ts';
import { queryPage, type StateTable } from './store.ts';

/**
 * How published results are found: for every way to ask there is a list, and each place in it tells enough of the record to
 * decide whether the rest of the question takes it. The places are written in the transaction that publishes, corrects or
 * withdraws (docs/decisions/0028).
 */

/** A place that is left. Nothing is deleted by hand: the table's TTL takes it away, and until then it is passed over. */
const GONE_AFTER_MS = 86_400_000;

function gone(key: Key, at: Instant): StateWrite {
  return {
    key,
    item: { gone: true, expires: epochSeconds(later(at, GONE_AFTER_MS)) },
    // What is public is decided by the record's own version, which the same transaction checks.
    expect: 'anything',
  };
}

function placesOf(summary: Summary): StateWrite[] {
  const { id, publishedAt, correctedAt = publishedAt } = summary;
  return [
    changedKey(correctedAt, id),
    ...listsOf(summary).map((list) => foundKey(list, publishedAt, id)),
  ].map((key) => ({ key, item: summary, expect: 'anything' as const }));
}

/** The places of a result that is published first. @param territory of the subject; empty where it is not known */
export function foundPlaces(publication: Publication, territory: string): StateWrite[] {
  return placesOf(summaryOf(publication, territory));
}

/** The places of the next version of a public record; those of the one before vanish. */
export function movedPlaces(before: Publication, after: PublicRecord, territory: string): StateWrite[] {
  const left = foundPlaces(before, territory);
  const places = isWithdrawn(after)
    ? [{ key: changedKey(after.withdrawn.at, after.id), item: after, expect: 'anything' as const }]
    : foundPlaces(after, territory);
  const at = isWithdrawn(after) ? after.withdrawn.at : (after.corrected?.at ?? after.publishedAt);
  const taken = new Set(places.map(({ key }) => nameOf(key)));
  return [...places, ...left.filter(({ key }) => !taken.has(nameOf(key))).map(({ key }) => gone(key, at))];
}

const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

/** A place in any of the lists, newest first: where the one before stopped. */
export interface Place {
  readonly at: Instant;
  readonly id: string;
}

/** How much one search may read before it says where to go on. */
export interface Effort {
  /** Results wanted. */
  readonly limit: number;
  /** Queries that look for them. */
  readonly queries: number;
}

export interface Found<T> {
  readonly items: readonly T[];
  /** Where to go on. Absent at the end; with fewer items than wanted, the effort was spent. */
  readonly next?: Place;
}

/** How many lists are looked into for the shortest, and how much of each. */
const LOOKED_INTO = 3;
const FIRST_LOOK = 200;
/** Places are below 1 KB: a query reads at most 1 MB. */
const STRIDE = 1_000;

interface Row<T> {
  readonly place: Place;
  /** Absent for a place that is left. */
  readonly told: { readonly summary: Summary; readonly item: T } | undefined;
}

interface Look<T> {
  readonly rows: readonly Row<T>[];
  /** Whether the list may go on after them. */
  readonly more: boolean;
}

type Reader<T> = (after: Place | undefined, limit: number) => Promise<Look<T>>;

/**
 * Published results that the filter takes, newest first. Of the lists that hold all of them, up to three are looked into; the
 * one that reaches furthest back with as many places is the rarest, and is walked.
 */
export async function findPublications(
  store: StateTable,
  filter: Filter,
  effort: Effort,
  after?: Place,
): Promise<Found<Publication>> {
  const known = listsFor(filter).slice(0, LOOKED_INTO);
  if (known.length === 0) {
    return walk(filter, effort, wholeList(store, filter), after);
  }
  const readers = known.map((list) => listReader(store, list, filter));
  const looks = await Promise.all(
    readers.map(async (read) => ({ read, look: await read(after, Math.max(FIRST_LOOK, effort.limit)) })),
  );
  const [first, ...others] = looks;
  if (first === undefined) throw new TypeError('no list was looked into');
  const rarest = others.reduce((best, next) => (rarer(next.look, best.look) ? next : best), first);
  const left = { ...effort, queries: effort.queries - looks.length };
  const found = await walk(filter, left, rarest.read, after, rarest.look);
  return { ...found, items: await recordsOf(store, found.items) };
}

/** Whether a list is through sooner than another, or further back in time with as many places. */
function rarer<T>(one: Look<T>, other: Look<T>): boolean {
  if (!one.more || !other.more) return !one.more && (other.more || one.rows.length < other.rows.length);
  return reached(one) < reached(other);
}

function reached<T>({ rows }: Look<T>): string {
  const last = rows.at(-1)?.place;
  return last === undefined ? '' : placeOf(last.at, last.id);
}

/** Goes on in a list until there are enough, the list ends, or the effort is spent. */
async function walk<T>(
  filter: Filter,
  { limit, queries }: Effort,
  read: Reader<T>,
  after: Place | undefined,
  first?: Look<T>,
): Promise<Found<T>> {
  const items: T[] = [];
  let position = after;
  let look = first;
  let left = queries;
  for (;;) {
    if (look === undefined) {
      if (left <= 0) break;
      left -= 1;
      look = await read(position, strideOf(filter, limit, position === after));
    }
    for (const { place, told } of look.rows) {
      const taken = told !== undefined && takes(filter, told.summary);
      if (taken && items.length === limit) return { items, ...(position && { next: position }) };
      if (taken) items.push(told.item);
      position = place;
    }
    if (!look.more) return { items };
    look = undefined;
  }
  return { items, ...(position && { next: position }) };
}

/** As much as may be needed, and no more than a page where everything is taken. */
function strideOf(filter: Filter, limit: number, first: boolean): number {
  if (isWide(filter)) return limit + 1;
  return first ? Math.max(FIRST_LOOK, limit) : STRIDE;
}

/** Whether every record of the days is taken. */
function isWide({ from: _from, through: _through, words, ...others }: Filter): boolean {
  return words.length === 0 && Object.values(others).every((value) => value === undefined);
}

const StoredPlace = z.union([
  z.object({ sk: z.string(), gone: z.literal(true) }),
  Summary.extend({ sk: z.string() }),
]);

/** One of the lists, within the days that are asked for. */
function listReader(store: StateTable, list: string, filter: Filter): Reader<string> {
  return async (after, limit) => {
    const range = rangeFor(filter, after);
    if (range === undefined) return { rows: [], more: false };
    const { items, next } = await queryPage(store, StoredPlace, {
      partition: foundPartition(list),
      newestFirst: true,
      limit,
      ...range.bounds,
      ...(range.after && { after: { ...foundKey(list, range.after.at, range.after.id) } }),
    });
    return { rows: items.map(rowOf), more: next !== undefined };
  };
}

const rowOf = (item: z.infer<typeof StoredPlace>): Row<string> => {
  if ('gone' in item) return { place: placeIn(item.sk), told: undefined };
  const { sk, ...summary } = item;
  return { place: placeIn(sk), told: { summary, item: summary.id } };
};

const PlaceText = z
  .string()
  .transform((text) => ({ at: text.slice(0, text.indexOf('#')), id: text.slice(text.indexOf('#') + 1) }))
  .pipe(z.object({ at: Summary.shape.publishedAt, id: z.string() }));

function placeIn(sk: string): Place {
  return PlaceText.parse(sk);
}

/** The list of all results, which holds the records themselves: where nothing is asked that has a list of its own, no territory is asked. */
function wholeList(store: StateTable, filter: Filter): Reader<Publication> {
  return async (after, limit) => {
    const range = rangeFor(filter, after);
    if (range === undefined) return { rows: [], more: false };
    const { items, next } = await queryPage(store, Publication, {
      index: 'list',
      partition: lists.published,
      newestFirst: true,
      limit,
      ...range.bounds,
      ...(range.after && {
        after: {
          ...stateKey('PUBLICATION', range.after.id),
          listPk: lists.published,
          listSk: placeOf(range.after.at, range.after.id),
        },
      }),
    });
    const rows = items.map((item) => ({
      place: { at: item.publishedAt, id: item.id },
      told: { summary: summaryOf(item, ''), item },
    }));
    return { rows, more: next !== undefined };
  };
}

/**
 * The part of a list that is asked for: the days, from the place on; undefined when nothing is left of them. A place that
 * stands outside the days is no place to start from, which the engine would refuse.
 */
function rangeFor({ from, through }: Filter, after: Place | undefined) {
  const lowest = from === undefined ? undefined : placeOf(startOfDay(from), '');
  const highest = through === undefined ? undefined : placesThrough(endOfDay(through));
  if (lowest !== undefined && highest !== undefined && lowest > highest) return undefined;
  const bounds = {
    ...(lowest === undefined ? {} : { from: lowest }),
    ...(highest === undefined ? {} : { through: highest }),
  };
  if (after === undefined) return { bounds };
  const place = placeOf(after.at, after.id);
  if (lowest !== undefined && place <= lowest) return undefined;
  return highest !== undefined && place > highest ? { bounds } : { bounds, after };
}

/** The records as they stand, in the order of their ids; one that was withdrawn in this second is left out. */
async function recordsOf(store: StateTable, ids: readonly string[]): Promise<Publication[]> {
  const records = await publicRecords(store, ids);
  return ids.flatMap((id) => {
    const record = records.get(id);
    return record === undefined || isWithdrawn(record) ? [] : [record];
  });
}

/** A public record by its last change: what it says now, or that it was withdrawn. */
export type Change = Summary | Withdrawal;

const StoredChange = z.union([
  z.object({ sk: z.string(), gone: z.literal(true) }),
  Withdrawal.extend({ sk: z.string() }),
  Summary.extend({ sk: z.string() }),
]);

/** Public records by their last change, newest first: each once, those that the filter takes, and every withdrawal. */
export async function changedRecords(
  store: StateTable,
  filter: Filter,
  { limit, queries }: Effort,
  after?: Place,
): Promise<Found<Change>> {
  const changes: Change[] = [];
  let position = after;
  for (let query = 0; query < queries; query += 1) {
    const { items, next } = await queryPage(store, StoredChange, {
      partition: CHANGED_PARTITION,
      newestFirst: true,
      limit: isWide(filter) ? limit + 1 : STRIDE,
      ...(position && { after: { ...changedKey(position.at, position.id) } }),
    });
    for (const item of items) {
      const taken = changeIn(item);
      const wanted = taken !== undefined && ('withdrawn' in taken || takes(filter, taken));
      if (wanted && changes.length === limit) return { items: changes, ...(position && { next: position }) };
      if (wanted) changes.push(taken);
      position = placeIn(item.sk);
    }
    if (next === undefined) return { items: changes };
  }
  return { items: changes, ...(position && { next: position }) };
}

function changeIn(item: z.infer<typeof StoredChange>): Change | undefined {
  if ('gone' in item) return undefined;
  const { sk: _sk, ...change } = item;
  return change;
}
