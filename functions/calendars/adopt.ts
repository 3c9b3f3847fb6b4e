import { sha256 } from '#sha256';
import type { ArrangementReport } from '#contracts/api/calendars.ts';
import { DryRunQuery } from '#contracts/api/import-report.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import {
  arrange,
  ArrangementDocument,
  changedDays,
  daysOfDocument,
  yearArrangement,
  type ArrangedDay,
  type Arrangement,
  type ChangedDay,
} from '#domain/calendar/arrangement.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { recount } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { readArrangement, type ArrangementReading } from '#files/arrangement.ts';
import { arrangedDays } from '#reference/working-days.ts';
import {
  CALENDAR_ID,
  importedCalendar,
  merged,
  savedCalendar,
  withYear,
  type ImportedCalendar,
} from '#store/calendars.ts';
import { commit } from '#store/commit.ts';
import { adoptedRules } from '#store/deadline-rules.ts';
import { FIRST_DUE, openDeadlines, type DuePosition, type OpenDeadlines } from '#store/deadlines.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, queryOf, requireMediaType, type HttpRequest } from '#web/request.ts';
import { reference, staff, store, yearOf } from './asking.ts';

/** An arrangement has some forty days; a subscription of many years some hundred kilobytes. */
const MAX_FILE_BYTES = 1_000_000;
/** Open deadlines that a dry run reads at a time. */
const READ_AT_A_TIME = 1_000;

/**
 * Adopts a year's arrangement, announced or corrected by the State Council: whole or not at all. Open deadlines are counted
 * anew by what hears of it. The same arrangement again changes nothing; a dry run tells the days that would change and how
 * many open deadlines would move.
 */
export async function adoptYear(request: HttpRequest): Promise<Answer> {
  const person = await staff(request);
  requireRole(person, ['administrator']);
  const year = yearOf(request);
  const dryRun = queryOf(request, DryRunQuery).dryRun === 'true';
  const reading = await readingOf(request, year);
  const known = await importedCalendar(store());
  const before = merged(reference(), known);
  const arrangement = arrange(before, year, reading.days);
  const contentHash = hashOf(arrangement.days);
  const next = withYear(known, { ...arrangement, contentHash, adoptedAt: request.at, by: person.staffNo });
  const after = merged(reference(), next);
  const current = knownDays(known, year);
  const changed = current === undefined || hashOf(current) !== contentHash;
  const report: ArrangementReport = {
    ...reportOf(arrangement, reading),
    dryRun,
    changed,
    changedDays: named(changedDays(before, after, year), arrangement),
  };
  if (dryRun) {
    return json(200, {
      ...report,
      deadlines: await countMoves(
        { ...after, deadlineRules: await adoptedRules(store()) },
        dateInShanghai(request.at),
      ),
    });
  }
  if (!changed) return json(200, report);
  await commit(store(), {
    at: request.at,
    writes: [savedCalendar(next)],
    events: [
      adopted(arrangement, next.version, { contentHash, corrects: current !== undefined, request, person }),
    ],
  });
  return json(201, report);
}

/** JSON by its media type, any other file by its bytes: a text type would come through API Gateway as UTF-8, which destroys a GB18030 file. */
async function readingOf(request: HttpRequest, year: number): Promise<ArrangementReading> {
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    const document = jsonBody(request, ArrangementDocument);
    return { form: 'json', days: daysOfDocument(document, year), skipped: [] };
  }
  requireMediaType(request, ['application/octet-stream', 'application/json']);
  if (request.body.byteLength > MAX_FILE_BYTES) {
    refuse(
      'body-too-large',
      `文件 ${request.body.byteLength} 字节，上限 ${MAX_FILE_BYTES} 字节 The file has ${request.body.byteLength} bytes; at most ${MAX_FILE_BYTES} are taken.`,
    );
  }
  return readArrangement(request.body, year);
}

/** What is known of a year, from an import or the reference. */
function knownDays(known: ImportedCalendar | undefined, year: number): readonly ArrangedDay[] | undefined {
  const own = known?.years.find((one) => one.year === year);
  if (own !== undefined) return own.days;
  return reference().years[String(year)] === undefined ? undefined : arrangedDays(year);
}

function hashOf(days: readonly ArrangedDay[]): string {
  return sha256(canonicalJson(days));
}

function reportOf({ year, days }: Arrangement, { form, skipped }: ArrangementReading) {
  const { holidays, makeUpWorkdays } = yearArrangement(days);
  return { year, form, daysOff: holidays.length, makeUpDays: makeUpWorkdays.length, skipped: [...skipped] };
}

/** Changed days with the names of their holidays; a day that an earlier text of the year had freed has none any more. */
function named(changed: readonly ChangedDay[], { days }: Arrangement) {
  const names = new Map<string, string>(days.map(({ date, name }) => [date, name]));
  return changed.map(({ date, kind }) => ({ date, kind, name: names.get(date) ?? '' }));
}

/** How many of the open deadlines would move, and become overdue by it. The cost follows the open ones, not what is stored. */
async function countMoves(calendar: Counting, today: CalendarDate) {
  const counts = { open: 0, moved: 0, overdue: 0 };
  let position: DuePosition | undefined = FIRST_DUE;
  while (position !== undefined) {
    const page: OpenDeadlines = await openDeadlines(store(), position, READ_AT_A_TIME);
    for (const deadline of page.deadlines) {
      const anew = recount(calendar, deadline, today);
      const moves = anew !== undefined && anew.next.due !== deadline.due;
      counts.open += 1;
      counts.moved += moves ? 1 : 0;
      counts.overdue += moves && anew.next.due < today && deadline.due >= today ? 1 : 0;
    }
    position = page.next;
  }
  return counts;
}

interface Adoption {
  readonly contentHash: string;
  readonly corrects: boolean;
  readonly request: Pick<HttpRequest, 'at'>;
  readonly person: Pick<Staff, 'staffNo'>;
}

function adopted(
  { year, days }: Arrangement,
  version: number,
  { contentHash, corrects, request, person }: Adoption,
): MingchouEvent {
  const { holidays: daysOff, makeUpWorkdays: makeUpDays } = yearArrangement(days);
  return newEvent('calendar.adopted', {
    time: request.at,
    about: { kind: 'calendar', id: CALENDAR_ID, version },
    correlation: CALENDAR_ID,
    causation: contentHash,
    actor: { kind: 'person', id: person.staffNo },
    data: { year, daysOff, makeUpDays, contentHash, corrects },
  });
}
