import type { KnownYears } from '#contracts/api/calendars.ts';
import { httpFunction } from '#lambda/http.ts';
import { lastAnnouncedYear } from '#domain/calendar/calendar.ts';
import { importedCalendar, merged } from '#store/calendars.ts';
import { json, type Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { adoptYear } from './adopt.ts';
import { adoptRules, listRules } from './rules.ts';
import { reference, staff, store } from './asking.ts';
import { exportYear } from './export.ts';

/** What all deadlines are counted by: the arrangements of the years (放假安排), and the deadline rules (期限规则). */
export const handler = httpFunction('calendars', {
  'PUT /calendars/{year}': adoptYear,
  'GET /calendars/{year}': exportYear,
  'GET /calendars': listYears,
  'PUT /deadline-rules': adoptRules,
  'GET /deadline-rules': listRules,
});

/** The years that are known, where each is from, and the day through which a deadline is certain. */
async function listYears(request: HttpRequest): Promise<Answer> {
  await staff(request);
  const imported = await importedCalendar(store());
  const calendar = merged(reference(), imported);
  const last = lastAnnouncedYear(calendar);
  const known: KnownYears = {
    calendars: Object.entries(calendar.years).map(([year, { holidays, makeUpWorkdays }]) => {
      const own = imported?.years.find((one) => String(one.year) === year);
      return {
        year: Number(year),
        source: own === undefined ? 'reference' : 'imported',
        daysOff: holidays.length,
        makeUpDays: makeUpWorkdays.length,
        ...(own === undefined ? {} : { adoptedAt: own.adoptedAt, by: own.by, contentHash: own.contentHash }),
      };
    }),
    horizon: last === undefined ? undefined : `${last}-12-31`,
  };
  return json(200, known);
}
