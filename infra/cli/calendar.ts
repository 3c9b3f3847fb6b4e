import { basename, extname } from 'node:path';
import * as z from 'zod';
import { accessToken } from './access-token.ts';
import { answered, refusalIn } from './answer.ts';
import { argument } from './argument.ts';
import { connectionFor } from './connection.ts';
import { environment } from './environment.ts';
import { Failure, UsageError } from './failure.ts';
import { bytesOf, writeWhole } from './files.ts';
import { exchange, type HttpRequest } from './http.ts';
import { counted, print } from './output.ts';

const Person = z.object({ url: z.string().optional(), as: z.string(), token: z.string().optional() });
type Person = z.infer<typeof Person>;

const ImportOptions = Person.extend({ year: z.string(), dryRun: z.boolean().default(false) });
const ExportOptions = Person.extend({ out: z.string().optional() });
const Year = z.string().regex(/^\d{4}$/);

const Report = z.object({
  year: z.int(),
  form: z.string(),
  daysOff: z.int(),
  makeUpDays: z.int(),
  dryRun: z.boolean(),
  changed: z.boolean(),
  changedDays: z.array(z.object({ date: z.string(), kind: z.enum(['off', 'work']), name: z.string() })),
  skipped: z.array(z.object({ at: z.string(), reason: z.string() })),
  deadlines: z.object({ open: z.int(), moved: z.int(), overdue: z.int() }).optional(),
});
type Report = z.infer<typeof Report>;

const Years = z.object({
  calendars: z.array(
    z.object({
      year: z.int(),
      source: z.enum(['reference', 'imported']),
      daysOff: z.int(),
      makeUpDays: z.int(),
      adoptedAt: z.string().optional(),
      by: z.string().optional(),
    }),
  ),
  horizon: z.string().optional(),
});

/** Entries that were left out and are named on the screen; an iCalendar of many years has hundreds. */
const SHOWN = 10;

/** `calendar import FILE --year YEAR` */
export async function importCalendar(file: string, given: unknown): Promise<void> {
  const options = ImportOptions.parse(given);
  const year = yearOf('--year', options.year);
  const body = await bytesOf('FILE', file);
  const answer = await asked(options, `/calendars/${year}${options.dryRun ? '?dryRun=true' : ''}`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/octet-stream' },
  });
  printReport(answered(`the import of ${file}`, answer, Report), file);
}

/** `calendar export YEAR` */
export async function exportCalendar(text: string, given: unknown): Promise<void> {
  const options = ExportOptions.parse(given);
  const year = yearOf('YEAR', text);
  const out = options.out ?? `${year}.csv`;
  const format = extname(out).slice(1).toLowerCase();
  if (!['csv', 'xlsx', 'json'].includes(format)) {
    throw new UsageError(`--out ${out} is neither .csv nor .xlsx nor .json; name a file that is`);
  }
  const answer = await asked(options, `/calendars/${year}?format=${format}`, { method: 'GET' });
  if (answer.status !== 200) {
    throw new Failure(`the export of ${year} was refused: ${refusalIn(answer)}`);
  }
  await writeWhole(out, answer.bytes);
  print(`${out}: ${counted(answer.bytes.byteLength, 'byte')}`);
}

/** `calendar list` */
export async function listCalendars(given: unknown): Promise<void> {
  const answer = await asked(Person.parse(given), '/calendars', { method: 'GET' });
  const { calendars, horizon } = answered('the list of calendars', answer, Years);
  for (const { year, source, daysOff, makeUpDays, adoptedAt, by } of calendars) {
    const origin = adoptedAt === undefined ? source : `${source} ${adoptedAt} by ${by ?? 'nobody'}`;
    print(`${year}  休 ${daysOff}  班 ${makeUpDays}  ${origin}`);
  }
  print(`deadlines are certain through ${horizon ?? 'no day'}; beyond it they are provisional`);
}

async function asked(
  { url, as, token }: Person,
  path: string,
  request: Omit<HttpRequest, 'url'>,
): ReturnType<typeof exchange> {
  const connection = connectionFor(url);
  const bearer = token ?? environment.token ?? (await accessToken(connection, as));
  return exchange({
    ...request,
    url: connection.url + path,
    headers: { accept: '*/*', ...request.headers, authorization: `Bearer ${bearer}` },
  });
}

function yearOf(name: string, text: string): string {
  return argument(name, Year, text, 'a year of four digits, e.g. 2027');
}

function printReport(report: Report, file: string): void {
  const { year, form, daysOff, makeUpDays, dryRun, changed, changedDays, skipped, deadlines } = report;
  const imported = changed && !dryRun ? ' imported' : '';
  print(`${year}: 休 ${daysOff}, 班 ${makeUpDays} of ${basename(file)} (${form})${imported}`);
  if (!changed) print('nothing changed: this is the arrangement that is known');
  for (const { date, kind, name } of changedDays) {
    print(`  ${date}  ${kind === 'off' ? '休 day off' : '班 working day'}  ${name}`.trimEnd());
  }
  for (const { at, reason } of skipped.slice(0, SHOWN)) print(`  left out: ${at}  ${reason}`);
  if (skipped.length > SHOWN) print(`  … ${skipped.length - SHOWN} more left out`);
  if (deadlines !== undefined) {
    const { open, moved, overdue } = deadlines;
    print(
      `of ${counted(open, 'open deadline')} ${moved} would move, ${overdue} of them into the past; nothing was written`,
    );
  } else if (changed) {
    print('open deadlines are being counted anew; whoever is concerned gets a message');
  }
}
