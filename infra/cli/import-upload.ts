import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { answered, refusalIn } from './answer.ts';
import { Failure } from './failure.ts';
import { writeWhole } from './files.ts';
import { exchange } from './http.ts';
import { listedRows, printCounts, rejected } from './import.ts';
import { counted, note, print } from './output.ts';
import { bar, lines, progress, rowBar } from './progress.ts';

/** A file that is too big for one request, and where it goes. */
interface Import {
  /** `https://…/libraries/NAME` */
  readonly base: string;
  readonly token: string;
  readonly file: string;
  readonly bytes: Buffer;
  readonly dryRun: boolean;
  /** Where the rows at fault are written. */
  readonly errors: string | undefined;
}

const Announced = z.object({ upload: z.string(), url: z.url() });
const Started = z.object({ id: z.string() });
const State = z.object({
  library: z.string(),
  status: z.enum(['started', 'running', 'finished', 'refused']),
  dryRun: z.boolean(),
  encoding: z.string().optional(),
  rows: z.object({ done: z.int(), total: z.int() }),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  skipped: z.object({ count: z.int(), rows: z.array(z.object({ row: z.int(), reason: z.string() })) }),
  shortRows: z.object({ count: z.int(), rows: z.array(z.int()) }),
  unknownColumns: z.array(z.string()),
  refusal: z.object({ reason: z.string(), detail: z.string() }).optional(),
  errors: z.url().optional(),
});
type State = z.infer<typeof State>;

const ASKED_EVERY_MS = 500;

/** Uploads the file, starts its import, follows it to its end and tells what came of it. */
export async function importUploaded(one: Import): Promise<void> {
  const { upload, url } = answered(
    `the upload of ${one.file}`,
    await post(one, '/uploads', { size: one.bytes.byteLength }),
    Announced,
  );
  await put(url, one);
  const started = await post(one, '/imports', { upload, dryRun: one.dryRun });
  const { id } = answered(`the import of ${one.file}`, started, Started);
  const state = await followed(one, id);
  if (state.refusal !== undefined) {
    throw new Failure(`${one.file} was refused: ${state.refusal.reason}: ${state.refusal.detail}`);
  }
  printState(state, one.file);
  if (one.errors !== undefined && state.errors !== undefined) {
    const { bytes } = await exchange({ method: 'GET', url: state.errors, headers: { accept: '*/*' } });
    await writeWhole(one.errors, bytes);
    print(`row errors written to ${one.errors}`);
  }
  if (state.rejected > 0) throw rejected(state.rejected, one.file, one.dryRun);
}

async function post({ base, token }: Import, path: string, body: object) {
  return exchange({
    method: 'POST',
    url: base + path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  });
}

async function put(url: string, { bytes, file }: Import): Promise<void> {
  const line = progress();
  try {
    const answer = await exchange({
      method: 'PUT',
      url,
      headers: { accept: '*/*' },
      body: bytes,
      onSent: (sent) => {
        line.show(bar(sent, bytes.byteLength));
      },
    });
    if (answer.status !== 200) throw new Failure(`the upload of ${file} was refused: ${refusalIn(answer)}`);
  } finally {
    line.clear();
  }
}

async function followed({ base, token, file }: Import, id: string): Promise<State> {
  const line = progress();
  const say = process.stderr.isTTY ? undefined : lines(note);
  try {
    for (;;) {
      const answer = await exchange({
        method: 'GET',
        url: `${base}/imports/${id}`,
        headers: { authorization: `Bearer ${token}` },
      });
      const state = answered(`the import of ${file}`, answer, State);
      if (state.status === 'finished' || state.status === 'refused') return state;
      if (state.status === 'running') {
        line.show(rowBar(state.rows.done, state.rows.total));
        say?.(state.rows.done, state.rows.total);
      } else {
        line.show('the server reads the file …');
      }
      await sleep(ASKED_EVERY_MS);
    }
  } finally {
    line.clear();
  }
}

function printState(state: State, file: string): void {
  const { library, encoding = '?', rows, dryRun, skipped, shortRows, unknownColumns } = state;
  print(
    `${library}: ${counted(rows.done, 'row')} of ${basename(file)} (${encoding})${dryRun ? '' : ' imported'}`,
  );
  printCounts(state);
  print(
    `skipped: ${some(
      skipped.count,
      skipped.rows.map(({ row, reason }) => `row ${row} ${reason}`),
    )}`,
  );
  print(
    `read with blanks for missing cells: ${some(
      shortRows.count,
      shortRows.rows.map((row) => `row ${row}`),
    )}`,
  );
  print(`unknown columns, not imported: ${listedRows(unknownColumns)}`);
}

/** The server names the first of them; their number is whole. */
function some(count: number, named: readonly string[]): string {
  return count > named.length ? `${listedRows(named)} (${count} in all)` : listedRows(named);
}
