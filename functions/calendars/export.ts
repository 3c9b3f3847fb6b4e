import { CalendarExportQuery } from '#contracts/api/calendars.ts';
import { documentOf, type Arrangement } from '#domain/calendar/arrangement.ts';
import { arrangementFile } from '#files/arrangement.ts';
import { CSV_TYPE, WORKBOOK_TYPE } from '#files/writer.ts';
import { arrangedDays } from '#reference/working-days.ts';
import { importedCalendar } from '#store/calendars.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { reference, staff, store, yearOf } from './asking.ts';

const types = { csv: CSV_TYPE, xlsx: WORKBOOK_TYPE } as const;

/** A year's arrangement, from an import or the reference, as a file: importing it again changes nothing. */
export async function exportYear(request: HttpRequest): Promise<Answer> {
  await staff(request);
  const year = yearOf(request);
  const { format } = queryOf(request, CalendarExportQuery);
  const arrangement = await arrangementOf(year);
  if (format === 'json') return json(200, documentOf(arrangement));
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': types[format],
      'content-disposition': `attachment; filename="calendar-${year}.${format}"`,
    },
    body: await arrangementFile(format, arrangement),
  };
}

async function arrangementOf(year: number): Promise<Arrangement> {
  const own = (await importedCalendar(store()))?.years.find((one) => one.year === year);
  if (own !== undefined) return own;
  return reference().years[String(year)] === undefined
    ? refuse(
        'not-found',
        `还没有 ${year} 年的放假安排 The arrangement for ${year} is not known; import it when it is announced.`,
      )
    : { year, days: arrangedDays(year) };
}
