import * as z from 'zod';
import { LibraryName } from '#domain/library/library.ts';
import { Person } from '#domain/person/person.ts';
import { Instant } from '#domain/time/time.ts';
import { DryRunQuery, ImportReport, SkippedRow } from './import-report.ts';
import type { Operations } from './operation.ts';

const count = z.int().nonnegative();

/** A file that will be uploaded, by its exact length in bytes. */
export const Announcement = z.strictObject({ size: z.int().positive() });

/** A place for a file: a link by which it can be put until it expires. */
export const UploadPlace = z.strictObject({
  upload: z.string(),
  method: z.literal('PUT'),
  url: z.string(),
  expiresAt: Instant,
});
export type UploadPlace = z.infer<typeof UploadPlace>;

/** Imports a file that was uploaded before. */
export const UploadedFile = z.strictObject({
  upload: z.string().min(1).max(64),
  dryRun: z.boolean().default(false),
});

/** How far the import of an uploaded file is, and what came of it. */
export const ImportProgress = z.strictObject({
  id: z.string(),
  library: LibraryName,
  status: z.enum(['started', 'running', 'finished', 'refused']),
  dryRun: z.boolean(),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  encoding: z.string().optional(),
  rows: z.strictObject({ done: count, total: count }),
  added: count,
  updated: count,
  unchanged: count,
  rejected: count,
  /** The numbers are whole; of the rows the first are named. */
  skipped: z.strictObject({ count, rows: z.array(SkippedRow) }),
  shortRows: z.strictObject({ count, rows: z.array(z.int()) }),
  unknownColumns: z.array(z.string()),
  refusal: z.strictObject({ reason: z.string(), detail: z.string() }).optional(),
  /** A link to the rows at fault as a CSV file, good for 15 minutes. */
  errors: z.string().optional(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

export const LibraryExportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  /** Where a file before this one stopped, as its `link` header says. */
  after: z.string().max(20_000).optional(),
});

/** What a library holds since its last import. */
export const LibraryStanding = z.strictObject({
  library: LibraryName,
  lastImport: z.strictObject({ rows: count, importedAt: Instant, contentHash: z.string() }),
});

/** How far an installation is set up: what its first days need. */
/** `units=false`: none are listed. */
export const SetupQuery = z.object({
  units: z.enum(['true', 'false'], '须为 true 或 false true or false').default('true'),
});

export const SetupAnswer = z.strictObject({
  libraries: z.array(LibraryStanding.partial({ lastImport: true })),
  /** Units that have inspectors. */
  units: z.array(z.string()),
  /** The last year whose arrangement of working days is known. */
  calendarThrough: z.int().optional(),
  hasPolicy: z.boolean(),
  hasDraw: z.boolean(),
});
export type SetupAnswer = z.infer<typeof SetupAnswer>;

export const librariesOperations = {
  'POST /libraries/{library}/imports': {
    summary: ['导入库文件', 'Import a file into a library: the one in the body, or one that was uploaded'],
    query: DryRunQuery,
    body: { json: UploadedFile, media: ['application/octet-stream'] },
    answers: { 200: ImportReport, 202: ImportProgress },
  },
  'POST /libraries/{library}/uploads': {
    summary: ['申请上传大文件', 'Announce a big file, and get a place to put it'],
    body: Announcement,
    answers: { 201: UploadPlace },
  },
  'GET /libraries/{library}/imports/{id}': {
    summary: ['导入进度', 'How far an import is, and what came of it'],
    answers: { 200: ImportProgress },
  },
  'GET /libraries/{library}/export': {
    summary: ['导出库文件', 'The whole library as a file that can be imported again'],
    query: LibraryExportQuery,
    answers: {
      200: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      303: [],
    },
  },
  'GET /libraries/{library}': {
    summary: ['库的最近一次导入', 'What the last import of a library came to'],
    answers: { 200: LibraryStanding },
  },
  'GET /people': {
    summary: ['人员和单位', 'Everyone in the people library, by unit'],
    answers: { 200: z.strictObject({ people: z.array(Person) }) },
  },
  'GET /setup': {
    summary: ['建库情况', 'How far the installation is set up: libraries, units, calendar, policies, draws'],
    query: SetupQuery,
    answers: { 200: SetupAnswer },
  },
} as const satisfies Operations<'libraries'>;
