import { isWithdrawn, Publication, PublicRecord } from '#domain/inspection/publication.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { StateWrite } from './commit.ts';
import { lists, publicationPartition, stateKey, versionKey, type ListKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, loadMany, queryAll, queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Publication, 'publishedAt' | 'id'>;

function listed({ publishedAt, id }: Position): ListKey {
  return { listPk: lists.published, listSk: `${publishedAt}#${id}` };
}

export function createdPublication(publication: Publication): StateWrite {
  return created('PUBLICATION', publication, listed(publication));
}

/** The next version of a public record; the one before it is kept as it was hashed. A withdrawn one is in no list. */
export function replacedPublication(before: PublicRecord, after: PublicRecord): StateWrite[] {
  return [
    updated('PUBLICATION', after, isWithdrawn(after) ? {} : listed(after)),
    { key: versionKey(before.id, before.version), item: before, expect: 'absent' },
  ];
}

/** The public record of an inspection as it stands. @throws Refusal `not-found` */
export function loadPublicRecord(store: StateTable, id: string): Promise<PublicRecord> {
  return mustLoad(store, PublicRecord, 'PUBLICATION', id);
}

/** The public record of an inspection as it stands; undefined before it was published. */
export function publicRecordOf(store: StateTable, inspection: string): Promise<PublicRecord | undefined> {
  return load(store, PublicRecord, stateKey('PUBLICATION', inspection));
}

/** The public records of inspections as they stand, by inspection; one that was never published is absent. */
export async function publicRecords(
  store: StateTable,
  inspections: readonly string[],
): Promise<ReadonlyMap<string, PublicRecord>> {
  const keys = [...new Set(inspections)].map((id) => stateKey('PUBLICATION', id));
  const found = await loadMany(store, PublicRecord, keys);
  return new Map(found.map((record) => [record.id, record]));
}

/** Every version of a public record, the one that stands first and the oldest last. @throws Refusal `not-found` */
export async function publicVersions(
  store: StateTable,
  id: string,
): Promise<readonly [PublicRecord, ...PublicRecord[]]> {
  const found = await queryAll(store, PublicRecord, { partition: publicationPartition(id) });
  const [current, ...former] = found.toSorted((a, b) => b.version - a.version);
  if (current === undefined) {
    throw new Refusal('not-found', `没有找到 publication ${id} was not found.`);
  }
  return [current, ...former];
}

/** Published results, newest first, from the one after `after`. */
export function publications(store: StateTable, limit: number, after?: Position): Promise<Page<Publication>> {
  return queryPage(store, Publication, {
    index: 'list',
    partition: lists.published,
    newestFirst: true,
    limit,
    ...(after === undefined ? {} : { after: { ...stateKey('PUBLICATION', after.id), ...listed(after) } }),
  });
}
