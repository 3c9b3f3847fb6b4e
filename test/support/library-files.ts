import * as z from 'zod';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { ADMINISTRATOR, assemblyWith, ONE_POST, type World } from './world.ts';

/** Records after which an export goes on in another file. */
export const EXPORT_ROWS = 1_600;

/** A copy of the assembly whose imports write ten rows a step, so that a short file takes several, and whose exports go on in another file early. */
export async function assemblyOfSmallSteps(): Promise<string> {
  return assemblyWith({
    ...ONE_POST,
    '"IMPORT_ROWS": "10000"': '"IMPORT_ROWS": "10"',
    '"EXPORT_ROWS": "100000"': `"EXPORT_ROWS": "${EXPORT_ROWS}"`,
  });
}

/** The n-th made-up credit code of an enterprise of the district. */
export function codeOf(n: number): string {
  const first = `91410381MA${String(n).padStart(7, '0')}`;
  return first + creditCodeCheckCharacter(first);
}

/** A file of subjects with these rows, CSV in UTF-8. */
export function subjectsFile(rows: readonly string[]): Buffer {
  return Buffer.from(['统一社会信用代码,企业名称,行业,信用风险类别,评定日期', ...rows, ''].join('\n'));
}

const Counts = { added: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() };
const Direct = z.object({
  ...Counts,
  rows: z.int(),
  dryRun: z.boolean(),
  changed: z.boolean(),
  encoding: z.string(),
  errors: z.array(z.object({ row: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
});
export const Progress = z.object({
  ...Counts,
  id: z.string(),
  status: z.string(),
  dryRun: z.boolean(),
  rows: z.object({ done: z.int(), total: z.int() }),
  refusal: z.object({ reason: z.string(), detail: z.string() }).optional(),
  errors: z.url().optional(),
});
export type Progress = z.infer<typeof Progress>;

/** Sends a file of a library in one request. */
export async function importDirectly(world: World, library: string, bytes: Uint8Array, query = '') {
  return importAt(world, `/libraries/${library}/imports${query}`, bytes);
}

/** Sends a file to an address that takes files in one request. */
export async function importAt(world: World, path: string, bytes: Uint8Array) {
  const answer = await fetch(world.runner.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.token(ADMINISTRATOR)}`,
      'content-type': 'application/octet-stream',
    },
    body: Buffer.from(bytes),
  });
  const body: unknown = await answer.json();
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
  return Direct.parse(body);
}

/** What importing came to, as four numbers. */
export function countsOf({ added, updated, unchanged, rejected }: z.infer<typeof Direct> | Progress) {
  return [added, updated, unchanged, rejected];
}

const Announced = z.object({ upload: z.string(), url: z.url() });

/** Puts a file into object storage through the link that the server gives. */
export async function upload(world: World, library: string, bytes: Uint8Array): Promise<string> {
  const { body } = await world
    .as(ADMINISTRATOR)
    .post(`/libraries/${library}/uploads`, { size: bytes.byteLength });
  const place = Announced.parse(body);
  const put = await fetch(place.url, { method: 'PUT', body: Buffer.from(bytes) });
  if (!put.ok) throw new Error(`the upload was answered with ${put.status} ${await put.text()}`);
  return place.upload;
}

/** Starts an import of an upload and lets it come to its end. */
export async function importUploaded(
  world: World,
  library: string,
  id: string,
  dryRun = false,
): Promise<Progress> {
  const started = await world.as(ADMINISTRATOR).post(`/libraries/${library}/imports`, { upload: id, dryRun });
  if (started.status !== 202) throw new Error(`${started.status} ${JSON.stringify(started.body)}`);
  await world.runner.settle();
  return progressOf(world, library, Progress.parse(started.body).id);
}

/** How far an import is. */
export async function progressOf(world: World, library: string, id: string): Promise<Progress> {
  const { body } = await world.as(ADMINISTRATOR).get(`/libraries/${library}/imports/${id}`);
  return Progress.parse(body);
}

/** An answer to an export as it comes, its redirection not followed. */
export async function exportAnswer(world: World, path: string): Promise<Response> {
  const answer = await fetch(world.runner.url + path, {
    headers: { authorization: `Bearer ${await world.token(ADMINISTRATOR)}` },
    redirect: 'manual',
  });
  if (answer.status !== 200 && answer.status !== 303) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
  return answer;
}

/** A whole library as a file that is short enough to be the answer itself. */
export async function exported(world: World, library: string, format: string): Promise<Buffer> {
  const answer = await exportAnswer(world, `/libraries/${library}/export?format=${format}`);
  return Buffer.from(await answer.arrayBuffer());
}
