import { addMonths, CalendarDate, dateInShanghai } from '#domain/time/time.ts';
import { csvWriter, CSV_TYPE } from '#files/writer.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';

/** Two years: one query a month. */
const MOST_MONTHS = 24;

export interface Months {
  readonly from: string;
  readonly to: string;
  /** All of them, `YYYY-MM`, in order. */
  readonly months: readonly string[];
}

/**
 * The months that a figure is asked for, both ends included; of none that is named this one, by the calendar of Shanghai.
 * @throws Refusal `query-invalid` for none, or too many
 */
export function monthsAsked(
  { at }: HttpRequest,
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
): Months {
  const thisMonth = dateInShanghai(at).slice(0, 7);
  const { from = query.to ?? thisMonth, to = thisMonth } = query;
  const months: string[] = [];
  for (let month = from; month <= to && months.length <= MOST_MONTHS; month = monthAfter(month)) {
    months.push(month);
  }
  return months.length > 0 && months.length <= MOST_MONTHS
    ? { from, to, months }
    : refuse(
        'query-invalid',
        `月份范围须为 1 至 ${MOST_MONTHS} 个月 From one to ${MOST_MONTHS} months can be asked for.`,
        [{ pointer: '/from', detail: `${from}–${to}` }],
      );
}

function monthAfter(month: string): string {
  return addMonths(CalendarDate.parse(`${month}-01`), 1).slice(0, 7);
}

/** The rows of a figure as a CSV file to be saved. */
export async function csvFile(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Answer> {
  const file = csvWriter(header);
  await file.add(rows);
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': CSV_TYPE,
      'content-disposition': `attachment; filename="${name}"`,
    },
    body: await file.end(),
  };
}
