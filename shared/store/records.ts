import type * as z from 'zod';
import { Refusal } from '#domain/refusal/refusal.ts';
import { load, type StateTable } from './store.ts';
import type { StateWrite } from './commit.ts';
import { stateKey, type CohortKey, type DueKey, type ListKey, type RecordKind } from './keys.ts';

/** Every record has an id and a version that counts its changes. */
interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

type IndexKeys = Partial<CohortKey & DueKey & ListKey>;

/** A new record. Committing it fails when one with this id exists. */
export function created(kind: RecordKind, record: Versioned, index: IndexKeys = {}): StateWrite {
  return { key: stateKey(kind, record.id), item: { ...record, ...index }, expect: 'absent' };
}

/** The next version of a record. Committing it fails when the stored one is not the version before. */
export function updated(kind: RecordKind, record: Versioned, index: IndexKeys = {}): StateWrite {
  return {
    key: stateKey(kind, record.id),
    item: { ...record, ...index },
    expect: { version: record.version - 1 },
  };
}

/** A record in its first version or the next one. Committing it fails when another one was faster. */
export function saved(kind: RecordKind, record: Versioned, index: IndexKeys = {}): StateWrite {
  return record.version === 1 ? created(kind, record, index) : updated(kind, record, index);
}

/**
 * One record that has to be there.
 * @throws Refusal `not-found` naming kind and id.
 */
export async function mustLoad<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  kind: RecordKind,
  id: string,
): Promise<z.infer<T>> {
  const record = await load(store, schema, stateKey(kind, id));
  if (record === undefined) {
    throw new Refusal('not-found', `没有找到 ${kind.toLowerCase()} ${id} was not found.`);
  }
  return record;
}
