import { sha256 } from '#sha256';
import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import type { RowError } from '#domain/library/column.ts';
import type { LibraryName } from '#domain/library/library.ts';
import { TableReader } from '#domain/library/table.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { openFile, outcomesOf } from '#files/table.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit } from '#store/commit.ts';
import { IMPORT_BATCH, type ImportRow } from '#store/importing.ts';
import { ImportRun, MAX_UPLOAD_BYTES, putPart, ROWS_NAMED, Upload } from '#store/imports.ts';
import { getObject, objectKeys, type ObjectStore } from '#store/objects.ts';
import { mustLoad, updated } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';

/** What the steps of an import work with. */
export interface Surroundings {
  readonly store: StateTable;
  readonly objects: ObjectStore;
  /** How many rows one step writes. */
  readonly rows: number;
}

type Started = EventOf<'library.import-started'>;
/** What reading a file tells of it. */
type Read = Pick<
  ImportRun,
  'total' | 'parts' | 'encoding' | 'contentHash' | 'skipped' | 'shortRows' | 'unknownColumns'
>;

/**
 * Reads the uploaded file row by row into parts that later steps take one after the other, so that a file of any length is
 * held in memory once, and a step goes on at a part instead of looking for a row. Read again after a crash, the file gives
 * the same parts. A file that can't be read at all is refused, with the reason that a direct import would have given.
 */
export async function readFile(around: Surroundings, event: Started): Promise<Handled> {
  const run = await mustLoad(around.store, ImportRun, 'LIBRARY', event.about.id);
  if (run.status !== 'started') return 'done-before';
  const { next, follows } = await outcome(around, run, event);
  const { kind } = await commit(around.store, {
    at: event.time,
    once: { consumer: 'imports', key: event.id },
    writes: [updated('LIBRARY', next)],
    events: [follows],
  });
  return kind;
}

async function outcome(
  around: Surroundings,
  run: ImportRun,
  event: Started,
): Promise<{ readonly next: ImportRun; readonly follows: MingchouEvent }> {
  const version = run.version + 1;
  try {
    const next: ImportRun = { ...run, ...(await read(around, run)), version, status: 'running' };
    return {
      next,
      follows: newEvent('library.import-continued', {
        ...consequenceOf(event, 'imports', 'library', next),
        data: { library: run.library, part: 0, rows: 0 },
      }),
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const refusal = { reason: error.reason, detail: error.message };
    const next: ImportRun = { ...run, version, status: 'refused', refusal, finishedAt: event.time };
    return {
      next,
      follows: newEvent('library.import-refused', {
        ...consequenceOf(event, 'imports', 'library', next),
        data: { library: run.library, reason: refusal.reason },
      }),
    };
  }
}

async function read({ store, objects, rows }: Surroundings, run: ImportRun): Promise<Read> {
  const upload = await mustLoad(store, Upload, 'UPLOAD', run.upload);
  const bytes = await getObject(objects, objectKeys.upload(upload.id), MAX_UPLOAD_BYTES);
  if (bytes === undefined) {
    throw new Refusal(
      'upload-missing',
      '文件尚未上传，或已过期删除：请重新上传 The file was not uploaded, or is gone; upload it again.',
    );
  }
  if (bytes.byteLength !== upload.size) {
    throw new Refusal(
      'upload-missing',
      `上传了 ${bytes.byteLength} 字节，登记的是 ${upload.size} 字节：请重新上传 ${bytes.byteLength} bytes were uploaded instead of ${upload.size}; upload the file again.`,
    );
  }
  const size = Math.min(rows, IMPORT_BATCH);
  return readParts(run.library, bytes, { objects, run: run.id, size });
}

interface Parts {
  readonly objects: ObjectStore;
  readonly run: string;
  readonly size: number;
}

async function readParts(
  library: LibraryName,
  bytes: Uint8Array,
  { objects, run, size }: Parts,
): Promise<Read> {
  const file = openFile(bytes, library);
  const reader = new TableReader(library);
  let total = 0;
  let parts = 0;
  let rows: ImportRow<LibraryName>[] = [];
  let faults: RowError[] = [];
  let rowsInPart = 0;
  const skipped: ImportRun['skipped'] = { count: 0, rows: [] };
  const shortRows: ImportRun['shortRows'] = { count: 0, rows: [] };
  const keep = async (): Promise<void> => {
    await putPart(objects, run, parts, { rows, faults });
    parts += 1;
    rows = [];
    faults = [];
    rowsInPart = 0;
  };
  for await (const found of outcomesOf(file, reader)) {
    if (found.kind === 'skipped') {
      skipped.count += 1;
      if (skipped.count <= ROWS_NAMED) skipped.rows.push({ row: found.row, reason: found.reason });
      continue;
    }
    total += 1;
    rowsInPart += 1;
    if (found.kind === 'fault') {
      faults.push(...found.errors);
    } else {
      rows.push({ row: found.row, record: found.record });
      if (found.short) {
        shortRows.count += 1;
        if (shortRows.count <= ROWS_NAMED) shortRows.rows.push(found.row);
      }
    }
    if (rowsInPart === size) await keep();
  }
  if (rowsInPart > 0) await keep();
  return {
    total,
    parts,
    encoding: file.form,
    contentHash: sha256(bytes),
    skipped,
    shortRows,
    unknownColumns: [...reader.unknownColumns],
  };
}
