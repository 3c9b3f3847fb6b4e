import {
  Announcement,
  UploadedFile,
  type ImportProgress,
  type UploadPlace,
} from '#contracts/api/libraries.ts';
import { newEvent } from '#contracts/events.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { later } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { NO_ROWS } from '#store/importing.ts';
import { ImportRun, MAX_UPLOAD_BYTES, Upload } from '#store/imports.ts';
import { stateKey } from '#store/keys.ts';
import { LINK_SECONDS, linkToGet, linkToPut, objectKeys } from '#store/objects.ts';
import { created, mustLoad } from '#store/records.ts';
import { load } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { administrator, libraryOf, objects, store } from './asking.ts';

/** Gives a place for a file of exactly so many bytes: a link by which it can be put for 15 minutes. */
export async function announceUpload(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const library = libraryOf(request);
  const { size } = jsonBody(request, Announcement);
  if (size > MAX_UPLOAD_BYTES) {
    refuse(
      'body-too-large',
      `文件 ${size} 字节，上限 ${MAX_UPLOAD_BYTES} 字节，请拆分 The file has ${size} bytes; at most ${MAX_UPLOAD_BYTES} are accepted. Split it.`,
    );
  }
  const upload: Upload = {
    id: deriveId('U', library, request.id),
    version: 1,
    library,
    size,
    by: staff.staffNo,
    at: request.at,
  };
  await commit(store(), { at: request.at, writes: [created('UPLOAD', upload)], events: [] });
  const place: UploadPlace = {
    upload: upload.id,
    method: 'PUT',
    url: await linkToPut(objects(), objectKeys.upload(upload.id), size),
    expiresAt: later(request.at, LINK_SECONDS * 1000),
  };
  return json(201, place);
}

/** Starts the import of an uploaded file. Asked for again it is the same import: an answer that got lost starts no second one. */
export async function startImport(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const library = libraryOf(request);
  const { upload: id, dryRun } = jsonBody(request, UploadedFile);
  const upload = await mustLoad(store(), Upload, 'UPLOAD', id);
  if (upload.library !== library) {
    refuse('not-found', `上传 ${id} 不属于这个库 Upload ${id} is not of this library.`);
  }
  const runId = deriveId('L', upload.id, String(dryRun));
  const known = await load(store(), ImportRun, stateKey('LIBRARY', runId));
  if (known !== undefined) return json(202, await viewOf(known));
  const run: ImportRun = {
    id: runId,
    version: 1,
    status: 'started',
    library,
    upload: upload.id,
    dryRun,
    by: staff.staffNo,
    startedAt: request.at,
    total: 0,
    parts: 0,
    done: 0,
    next: 0,
    counts: NO_ROWS,
    faults: 0,
    skipped: { count: 0, rows: [] },
    shortRows: { count: 0, rows: [] },
    unknownColumns: [],
  };
  await commit(store(), {
    at: request.at,
    writes: [created('LIBRARY', run)],
    events: [
      newEvent('library.import-started', {
        time: request.at,
        about: { kind: 'library', id: run.id, version: run.version },
        correlation: run.id,
        causation: upload.id,
        actor: { kind: 'person', id: staff.staffNo },
        data: { library, upload: upload.id, dryRun },
      }),
    ],
  });
  return json(202, await viewOf(run));
}

/** How far an import is, and what came of it. */
export async function showImport(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const library = libraryOf(request);
  const id = param(request, 'id');
  const run = id.startsWith('L-') ? await mustLoad(store(), ImportRun, 'LIBRARY', id) : undefined;
  if (run?.library !== library) {
    return refuse('not-found', `没有这次导入 There is no import ${id} of this library.`);
  }
  return json(200, await viewOf(run));
}

async function viewOf(run: ImportRun): Promise<ImportProgress> {
  const { id, library, status, dryRun, startedAt, finishedAt, counts, refusal } = run;
  const hasErrors = status === 'finished' && counts.rejected > 0;
  return {
    id,
    library,
    status,
    dryRun,
    startedAt,
    finishedAt,
    encoding: run.encoding,
    rows: { done: run.done, total: run.total },
    added: counts.added,
    updated: counts.changed,
    unchanged: counts.unchanged,
    rejected: counts.rejected,
    skipped: run.skipped,
    shortRows: run.shortRows,
    unknownColumns: run.unknownColumns,
    refusal,
    errors: hasErrors
      ? await linkToGet(objects(), objectKeys.errors(id), `${library}-errors.csv`)
      : undefined,
  };
}
