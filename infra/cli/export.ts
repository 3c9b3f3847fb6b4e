import { extname } from 'node:path';
import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { refusalIn } from './answer.ts';
import { connectionFor } from './connection.ts';
import { environment } from './environment.ts';
import { Failure, UsageError } from './failure.ts';
import { writeWhole } from './files.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { counted, print } from './output.ts';

const Options = z.object({
  url: z.string().optional(),
  library: z.string(),
  out: z.string(),
  as: z.string(),
  token: z.string().optional(),
});

/** `export --library NAME --out FILE` */
export async function exportLibrary(given: unknown): Promise<void> {
  const options = Options.parse(given);
  const format = extname(options.out).slice(1).toLowerCase();
  if (format !== 'csv' && format !== 'xlsx') {
    throw new UsageError(`--out ${options.out} is neither .csv nor .xlsx; name a file that is`);
  }
  const connection = connectionFor(options.url);
  const token = options.token ?? environment.token ?? (await accessToken(connection, options.as));
  const parts: Buffer[] = [];
  let path: string | undefined = `/libraries/${options.library}/export?format=${format}`;
  while (path !== undefined) {
    const answer: HttpAnswer = await exchange({
      method: 'GET',
      url: connection.url + path,
      headers: { authorization: `Bearer ${token}`, accept: '*/*' },
    });
    parts.push(await fileIn(answer, options.library));
    path = nextIn(answer);
  }
  if (format === 'csv') {
    await written(
      options.out,
      Buffer.concat(parts.map((part, at) => (at === 0 ? part : withoutHeader(part)))),
    );
    return;
  }
  for (const [at, part] of parts.entries()) {
    await written(at === 0 ? options.out : options.out.replace(/\.xlsx$/i, `-${at + 1}.xlsx`), part);
  }
}

/** The file that an answer is, or that it names; the link that it names carries a right of its own. */
export async function fileIn(answer: HttpAnswer, library: string): Promise<Buffer> {
  const { location } = answer.headers;
  const file =
    answer.status === 303 && location !== undefined
      ? await exchange({ method: 'GET', url: location, headers: { accept: '*/*' } })
      : answer;
  if (file.status !== 200) {
    throw new Failure(`the export of ${library} was refused: ${refusalIn(file)}`);
  }
  return file.bytes;
}

function nextIn({ headers }: HttpAnswer): string | undefined {
  const { link } = headers;
  return typeof link === 'string' ? /^<([^>]+)>; rel="next"$/.exec(link)?.[1] : undefined;
}

/** A CSV that goes on another one: its header stands there already. The header of a template has no line break in it. */
function withoutHeader(part: Buffer): Buffer {
  return part.subarray(part.indexOf('\r\n') + 2);
}

export async function written(file: string, bytes: Buffer): Promise<void> {
  await writeWhole(file, bytes);
  print(`${file}: ${counted(bytes.byteLength, 'byte')}`);
}
