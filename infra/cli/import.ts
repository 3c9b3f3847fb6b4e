import { basename } from 'node:path';
import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { answered, refusalIn } from './answer.ts';
import { connectionFor } from './connection.ts';
import { environment } from './environment.ts';
import { Failure } from './failure.ts';
import { bytesOf, writeWhole } from './files.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { counted, listed, print } from './output.ts';
import { bar, progress } from './progress.ts';

const Options = z.object({
  url: z.string().optional(),
  library: z.string(),
  dryRun: z.boolean().default(false),
  errors: z.string().optional(),
  as: z.string(),
  token: z.string().optional(),
});

const Report = z.object({
  library: z.string(),
  encoding: z.string(),
  dryRun: z.boolean(),
  rows: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errors: z.array(
    z.object({ row: z.int(), column: z.string(), value: z.string(), detail: z.string(), reason: z.string() }),
  ),
  skipped: z.array(z.object({ row: z.int(), reason: z.string() })),
  shortRows: z.array(z.int()),
  unknownColumns: z.array(z.string()),
  changed: z.boolean(),
});
type Report = z.infer<typeof Report>;

/** What a server takes in one request; a longer file is uploaded. */
const DIRECT_BYTES = 4_500_000;

/** Row errors shown on the screen; --errors writes all that the server told. */
const SHOWN = 20;

/** `import FILE --library NAME` */
export async function importFile(file: string, given: unknown): Promise<void> {
  const options = Options.parse(given);
  const connection = connectionFor(options.url);
  const bytes = await bytesOf('FILE', file);
  const token = options.token ?? environment.token ?? (await accessToken(connection, options.as));
  const base = `${connection.url}/libraries/${options.library}`;
  if (bytes.byteLength > DIRECT_BYTES) {
    const { importUploaded } = await import('./import-upload.ts');
    await importUploaded({ base, token, file, bytes, dryRun: options.dryRun, errors: options.errors });
    return;
  }
  await importDirectly(`${base}/imports`, { ...options, file, bytes, token });
}

/** A file that is sent in one request. */
interface Sending {
  readonly file: string;
  readonly bytes: Buffer;
  readonly token: string;
  readonly as: string;
  readonly dryRun: boolean;
  readonly errors?: string | undefined;
}

/** Sends a file to an address that takes files whole, and prints what came of it. @throws Failure when a row was rejected */
export async function importDirectly(url: string, sending: Sending): Promise<void> {
  const { file, bytes, token, as, dryRun, errors } = sending;
  const answer = await post(`${url}${dryRun ? '?dryRun=true' : ''}`, token, bytes);
  refuseUnlucky(answer, as);
  const report = answered(`the import of ${file}`, answer, Report);
  printReport(report, file);
  if (errors !== undefined) {
    const { errorsCsv } = await import('#files/csv.ts');
    await writeWhole(errors, errorsCsv(report.errors));
    print(`row errors written to ${errors}`);
  }
  if (report.rejected > 0) {
    throw rejected(report.rejected, file, dryRun);
  }
}

/** How a file ends of which rows were rejected. */
export function rejected(rows: number, file: string, dryRun: boolean): Failure {
  const others = dryRun ? 'the others would stand' : 'the others stand';
  return new Failure(
    `${counted(rows, 'row')} of ${file} rejected, ${others}; correct them and import the file again`,
  );
}

async function post(url: string, token: string, bytes: Buffer): Promise<HttpAnswer> {
  const line = progress();
  try {
    return await exchange({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: bytes,
      onSent: (sent) => {
        line.show(
          sent < bytes.byteLength ? bar(sent, bytes.byteLength) : `${bar(sent, sent)}, the server imports …`,
        );
      },
    });
  } finally {
    line.clear();
  }
}

/** Two refusals that the gateway gives before Mingchou can say what to do about them. */
function refuseUnlucky(answer: HttpAnswer, person: string): void {
  if (answer.status === 401) {
    throw new Failure(
      `the token was refused: ${refusalIn(answer)}; it must be fresh and of this installation's issuer (--token, MINGCHOU_TOKEN, or --as ${person})`,
    );
  }
  if (answer.status === 413) {
    throw new Failure(`the file is too large: ${refusalIn(answer)}; split it into files below 4.5 MB`);
  }
}

function printReport(report: Report, file: string): void {
  const { library, encoding, rows, errors, skipped, shortRows, unknownColumns, changed, dryRun } = report;
  const imported = changed && !dryRun ? ' imported' : '';
  print(`${library}: ${counted(rows, 'row')} of ${basename(file)} (${encoding})${imported}`);
  if (!changed) {
    print('nothing changed: this very file was the last one imported');
  }
  printCounts(report);
  print(`skipped: ${listedRows(skipped.map(({ row, reason }) => `row ${row} ${reason}`))}`);
  print(`read with blanks for missing cells: ${listedRows(shortRows.map((row) => `row ${row}`))}`);
  print(`unknown columns, not imported: ${listedRows(unknownColumns)}`);
  for (const { row, column, value, reason, detail } of errors.slice(0, SHOWN)) {
    print(`  row ${row}  ${column}  ${JSON.stringify(value)}  ${reason}  ${detail}`);
  }
  if (errors.length > SHOWN) {
    print(`  … ${errors.length - SHOWN} more; --errors OUT.csv writes them`);
  }
}

/** What came of the rows, or would come of them. */
export function printCounts(counts: {
  readonly dryRun: boolean;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}): void {
  const { dryRun, added, updated, unchanged } = counts;
  const numbers = [`${added} added`, `${updated} changed`, `${unchanged} unchanged`].join(', ');
  print(dryRun ? `would be: ${numbers}; nothing was written` : numbers);
  print(`rejected: ${counted(counts.rejected, 'row')}`);
}

export function listedRows(words: readonly string[]): string {
  return words.length === 0 ? 'none' : listed(words, 8);
}
