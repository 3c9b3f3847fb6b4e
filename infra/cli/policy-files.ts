import { extname } from 'node:path';
import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { connectionFor } from './connection.ts';
import { environment } from './environment.ts';
import { fileIn, written } from './export.ts';
import { UsageError } from './failure.ts';
import { bytesOf } from './files.ts';
import { exchange } from './http.ts';
import { importDirectly } from './import.ts';

const Asking = z.object({ url: z.string().optional(), as: z.string(), token: z.string().optional() });
const ExportOptions = Asking.extend({ out: z.string(), about: z.string().optional() });
const ImportOptions = Asking.extend({ dryRun: z.boolean().default(false), errors: z.string().optional() });

const FORMATS: ReadonlySet<string> = new Set(['csv', 'xlsx', 'json']);

/** `policy export [--about KIND] --out FILE` */
export async function exportPolicies(given: unknown): Promise<void> {
  const options = ExportOptions.parse(given);
  const format = extname(options.out).slice(1).toLowerCase();
  if (!FORMATS.has(format)) {
    throw new UsageError(`--out ${options.out} is neither .csv nor .xlsx nor .json; name a file that is`);
  }
  const { url, token } = await asked(options);
  const answer = await exchange({
    method: 'GET',
    url: `${url}/policies/export?format=${format}${options.about === undefined ? '' : `&about=${options.about}`}`,
    headers: { authorization: `Bearer ${token}`, accept: '*/*' },
  });
  await written(options.out, await fileIn(answer, 'policies'));
}

/** `policy import FILE` */
export async function importPolicies(file: string, given: unknown): Promise<void> {
  const { dryRun, errors, ...options } = ImportOptions.parse(given);
  const bytes = await bytesOf('FILE', file);
  const { url, token } = await asked(options);
  await importDirectly(`${url}/policies/imports`, { file, bytes, token, as: options.as, dryRun, errors });
}

async function asked(
  options: z.infer<typeof Asking>,
): Promise<{ readonly url: string; readonly token: string }> {
  const connection = connectionFor(options.url);
  const token = options.token ?? environment.token ?? (await accessToken(connection, options.as));
  return { url: connection.url, token };
}
