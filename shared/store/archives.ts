import * as z from 'zod';
import { Archive } from '#domain/archive/archive.ts';
import type { StateWrite } from './commit.ts';
import { counterKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, type StateTable } from './store.ts';

const Counter = z.object({ version: z.int().positive() });

/**
 * The next serial of a unit's archives of a year, and the write that takes it. Two that archive together meet on the counter,
 * and the second is refused with `version-conflict`: wrap it in `settled`. No number is skipped, none is given twice.
 */
export async function nextArchive(
  store: StateTable,
  unit: string,
  year: number,
): Promise<{ readonly serial: number; readonly taken: StateWrite }> {
  const key = counterKey(`archive-${unit}`, year);
  const used = (await load(store, Counter, key))?.version ?? 0;
  return {
    serial: used + 1,
    taken: { key, item: { version: used + 1 }, expect: used === 0 ? 'absent' : { version: used } },
  };
}

/** Stores an archive in its first version or a later one. */
export function savedArchive(archive: Archive): StateWrite {
  return archive.version === 1 ? created('ARCHIVE', archive) : updated('ARCHIVE', archive);
}

/** @throws Refusal `not-found` */
export function loadArchive(store: StateTable, inspection: string): Promise<Archive> {
  return mustLoad(store, Archive, 'ARCHIVE', inspection);
}
