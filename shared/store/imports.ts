import * as z from 'zod';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/events.ts';
import { RowError } from '#domain/library/column.ts';
import { libraries, LibraryName, type LibraryRecord } from '#domain/library/library.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { Instant } from '#domain/time/time.ts';
import { commit, type Commit } from './commit.ts';
import { ImportCounts, type ImportRow } from './importing.ts';
import { PAGE_PREFIX, pageKey, partsPartition, stateKey } from './keys.ts';
import { StoredLibrary } from './libraries.ts';
import { getObject, objectKeys, putObject, type ObjectStore } from './objects.ts';
import { created, updated } from './records.ts';
import { load, queryAll, type StateTable } from './store.ts';

/** The largest file that may be uploaded: some 600,000 subjects as CSV. */
export const MAX_UPLOAD_BYTES = 100_000_000;

/** A place for a file that somebody announced. */
export const Upload = z.object({
  id: z.string(),
  version: z.int().positive(),
  library: LibraryName,
  size: z.int().positive(),
  by: z.string(),
  at: Instant,
});
export type Upload = z.infer<typeof Upload>;

const skipped = z.object({ row: z.int(), reason: z.string() });

/** Rows that are named in a report; the numbers are always whole. */
export const ROWS_NAMED = 100;

/**
 * An import of an uploaded file. It is started, reads the file into parts, writes part after part, and is finished; a file
 * that can't be read at all is refused.
 */
export const ImportRun = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: z.enum(['started', 'running', 'finished', 'refused']),
  library: LibraryName,
  upload: z.string(),
  /** Nothing is written: the counts say what would change. */
  dryRun: z.boolean(),
  by: z.string(),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  refusal: z.object({ reason: z.string(), detail: z.string() }).optional(),
  /** Known once the file was read: its rows without skipped ones, the parts that they stand in, and how far it has come. */
  total: z.int().nonnegative(),
  parts: z.int().nonnegative(),
  done: z.int().nonnegative(),
  next: z.int().nonnegative(),
  counts: ImportCounts,
  /** Faults in rows; a row may have several. */
  faults: z.int().nonnegative(),
  encoding: z.string().optional(),
  contentHash: z.string().optional(),
  skipped: z.object({ count: z.int(), rows: z.array(skipped) }),
  shortRows: z.object({ count: z.int(), rows: z.array(z.int()) }),
  unknownColumns: z.array(z.string()),
});
export type ImportRun = z.infer<typeof ImportRun>;

/** A part of a file as it was read: rows that read well, and what is wrong with the others. */
export interface FilePart<Name extends LibraryName> {
  readonly rows: readonly ImportRow<Name>[];
  readonly faults: readonly RowError[];
}

const StoredPart = z.object({
  rows: z.array(z.object({ row: z.int(), record: z.unknown() })),
  faults: z.array(RowError),
});

/** Puts a part of a run's file. Reading the same file again puts the same part. */
export async function putPart<Name extends LibraryName>(
  objects: ObjectStore,
  run: string,
  part: number,
  content: FilePart<Name>,
): Promise<void> {
  await putObject(objects, objectKeys.part(run, part), JSON.stringify(content), 'application/json');
}

/** A part of a run's file. @throws Error when it is not there: the parts are put before the run says how many there are */
export async function readPart<Name extends LibraryName>(
  objects: ObjectStore,
  run: string,
  library: Name,
  part: number,
): Promise<FilePart<Name>> {
  const key = objectKeys.part(run, part);
  const bytes = await getObject(objects, key);
  if (bytes === undefined) throw new Error(`${key} is gone`);
  const { rows, faults } = StoredPart.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const { schema }: { readonly schema: z.ZodType<LibraryRecord[Name]> } = libraries[library];
  return { rows: rows.map(({ row, record }) => ({ row, record: schema.parse(record) })), faults };
}

/** What a part came to: decided before its rows are written, and not again after a crash between the two. */
export const PartOutcome = z.object({ counts: ImportCounts, faults: z.array(RowError) });
export type PartOutcome = z.infer<typeof PartOutcome>;

/** Keeps what a part came to, or gives what was kept before. */
export async function keepOutcome(
  store: StateTable,
  run: string,
  part: number,
  at: Instant,
  outcome: PartOutcome,
): Promise<PartOutcome> {
  const key = pageKey(partsPartition(run), part);
  const kept = await load(store, PartOutcome, key);
  if (kept !== undefined) return kept;
  try {
    await commit(store, { at, writes: [{ key, item: outcome, expect: 'absent' }], events: [] });
    return outcome;
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'version-conflict') throw error;
    // A second copy of this step was faster; both write what the first one decided.
    return (await load(store, PartOutcome, key)) ?? outcome;
  }
}

/** What the parts of a run came to, in their order. */
export function outcomesOfParts(store: StateTable, run: string): Promise<PartOutcome[]> {
  return queryAll(store, PartOutcome, { partition: partsPartition(run), prefix: PAGE_PREFIX });
}

/** What an import has come to, for the library's own record. */
export interface Imported {
  readonly library: LibraryName;
  readonly counts: ImportCounts;
  readonly contentHash: string;
  readonly at: Instant;
  readonly actor: EventFacts['actor'];
}

/**
 * The write and the event that tell of an import on the library's own record; undefined when the very file was the last one
 * and has changed nothing.
 */
export async function importedLibrary(
  store: StateTable,
  { library, counts, contentHash, at, actor }: Imported,
): Promise<Pick<Commit, 'writes' | 'events'> | undefined> {
  const before = await load(store, StoredLibrary, stateKey('LIBRARY', library));
  if (before?.contentHash === contentHash && counts.added + counts.changed === 0) return undefined;
  const rows = counts.added + counts.changed + counts.unchanged;
  const next = { id: library, version: (before?.version ?? 0) + 1, rows, importedAt: at, contentHash };
  return {
    writes: [before === undefined ? created('LIBRARY', next) : updated('LIBRARY', next)],
    events: [
      newEvent('library.imported', {
        time: at,
        about: { kind: 'library', id: library, version: next.version },
        correlation: library,
        causation: contentHash,
        actor,
        data: { library, rows, rejected: counts.rejected, contentHash },
      }),
    ],
  };
}
