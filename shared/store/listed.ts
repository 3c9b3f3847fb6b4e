import * as z from 'zod';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import {
  fitsFilter,
  groupsOf,
  listedOf,
  ListedInspection,
  phaseOf,
  type InspectionFilter,
  type InspectionTally,
} from '#domain/inspection/listing.ts';
import type { Increment, StateWrite } from './commit.ts';
import { listedKey, listedPartition, listedPlace, lists, placeOf, tallyKey, tallyKeys } from './keys.ts';
import { queryPage, type Found, type StateTable } from './store.ts';

/** The list of all units. */
export const EVERY_UNIT = '*';

function scopesOf({ units }: Pick<ListedInspection, 'units'>): readonly string[] {
  return [EVERY_UNIT, ...units];
}

/**
 * The rows of an inspection in the lists of its units and of all, where a version changes what they show: what a list says is
 * committed with the inspection. Rows are expected to be anything, since the inspection's own version is checked beside them.
 */
export function listedAnew(before: Inspection | undefined, after: Inspection): StateWrite[] {
  const row = listedOf(after);
  const former = before && listedOf(before);
  if (former !== undefined && canonicalJson(former) === canonicalJson(row)) return [];
  const scopes = scopesOf(row);
  const left = former === undefined ? [] : scopesOf(former).filter((scope) => !scopes.includes(scope));
  return [
    ...scopes.map((scope): StateWrite => ({
      key: listedKey(row.id, scope),
      item: { ...row, ...listedPlace(scope, phaseOf(row), placeOf(row.assignedAt, row.id)) },
      expect: 'anything',
    })),
    // Without its index keys the row is in no list any more.
    ...left.map((scope): StateWrite => ({
      key: listedKey(row.id, scope),
      item: { id: row.id },
      expect: 'anything',
    })),
  ];
}

/** A write of an inspection with what it changes in the tallies of its units and of all: in one transaction, so each counts once. */
export function counted(write: StateWrite, before: Inspection | undefined, after: Inspection): StateWrite {
  return {
    ...write,
    increments: [...(before === undefined ? [] : countedIn(before, -1)), ...countedIn(after, 1)].reduce<
      readonly Increment[]
    >(balanced, []),
  };
}

function countedIn(inspection: Inspection, by: 1 | -1): Increment[] {
  const row = listedOf(inspection);
  return scopesOf(row).flatMap((scope) =>
    groupsOf(row).map((group) => ({ key: tallyKey(scope, row.id), item: { scope }, add: { [group]: by } })),
  );
}

/** Leaves out what adds up to nothing: a version that changes no count does not touch the counters. */
function balanced(sums: readonly Increment[], next: Increment): Increment[] {
  const same = sums.find(({ key, add }) => key.pk === next.key.pk && equalGroups(add, next.add));
  return same === undefined ? [...sums, next] : sums.filter((one) => one !== same);
}

function equalGroups(one: Increment['add'], other: Increment['add']): boolean {
  return Object.keys(one).join() === Object.keys(other).join();
}

/** How many inspections of a unit, or of all, a part of the tally holds. */
export const TallyPart = z.object({
  scope: z.string(),
  unrecorded: z.int().default(0),
  'to-publish': z.int().default(0),
  published: z.int().default(0),
  archived: z.int().default(0),
  'follow-up': z.int().default(0),
});
type TallyPart = z.infer<typeof TallyPart>;

/** The tally that its parts add up to. */
export function tallyOf(parts: readonly TallyPart[]): InspectionTally {
  const sum = (group: keyof InspectionTally) => parts.reduce((total, part) => total + part[group], 0);
  return {
    unrecorded: sum('unrecorded'),
    'to-publish': sum('to-publish'),
    published: sum('published'),
    archived: sum('archived'),
    'follow-up': sum('follow-up'),
  };
}

/** The tally of a unit, or of all, of what a reading of `tallyKeys` found. */
export function tallyFound(found: Found, scope: string): InspectionTally {
  return tallyOf(found.all(TallyPart, tallyKeys(scope)));
}

/** Rows that one call looks at where a filter has no index of its own. */
export const MOST_EXAMINED = 1_000;

export interface ListReading {
  /** A unit, or `EVERY_UNIT`. */
  readonly scope: string;
  readonly filter: InspectionFilter;
  readonly limit: number;
  /** The place of the row before, as `next` gave it. */
  readonly after?: string | undefined;
}

export interface ListedPage {
  readonly rows: readonly ListedInspection[];
  /** How many rows were looked at to find these. */
  readonly examined: number;
  /** Where to go on; absent when the list ends here. */
  readonly next?: string;
}

/**
 * A page of a list, newest first, by one query: of a phase, of all phases, and of what else the filter asks as many as are
 * among the rows looked at. The index lags by moments, as every list here does.
 */
export async function listedInspections(
  store: StateTable,
  { scope, filter, limit, after }: ListReading,
): Promise<ListedPage> {
  const { group, dueBefore: _, unit: __, ...narrowing } = filter;
  const phase = group === 'follow-up' ? 'published' : group;
  const narrowed = group === 'follow-up' || Object.values(narrowing).some((value) => value !== undefined);
  const page = await queryPage(store, ListedInspection, {
    ...(phase === undefined
      ? { index: 'due', partition: listedPartition(scope) }
      : { index: 'list', partition: lists.listed(scope, phase) }),
    newestFirst: true,
    limit: narrowed ? MOST_EXAMINED : limit + 1,
    ...(after === undefined ? {} : { after: startAfter(scope, phase, after) }),
  });
  const fitting = page.items.flatMap((row, at) => (fitsFilter(row, filter) ? [{ row, at }] : []));
  const taken = fitting.slice(0, limit);
  const last = taken.at(-1);
  const full = taken.length === limit && last !== undefined;
  const examined = full ? last.at + 1 : page.items.length;
  const lastSeen = page.items[examined - 1];
  const more = examined < page.items.length || page.next !== undefined;
  return {
    rows: taken.map(({ row }) => row),
    examined,
    ...(more && lastSeen !== undefined ? { next: placeOf(lastSeen.assignedAt, lastSeen.id) } : {}),
  };
}

/** A place as the engine wants it; the row itself may be in another list by now. */
function startAfter(scope: string, phase: string | undefined, place: string): Record<string, unknown> {
  const id = place.slice(place.indexOf('#') + 1);
  const { listPk, listSk, duePk, dueSk } = listedPlace(scope, phase ?? '', place);
  return { ...listedKey(id, scope), ...(phase === undefined ? { duePk, dueSk } : { listPk, listSk }) };
}
