import { dateInShanghai } from '#domain/time/time.ts';
import { csvWriter, CSV_TYPE } from '#files/writer.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';

/** Two years. */
const MOST_MONTHS = 24;

export interface Months {
  readonly from: string;
  readonly to: string;
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
  const months = numberOf(to) - numberOf(from) + 1;
  return months > 0 && months <= MOST_MONTHS
    ? { from, to }
    : refuse(
        'query-invalid',
        `月份范围须为 1 至 ${MOST_MONTHS} 个月 From one to ${MOST_MONTHS} months can be asked for.`,
        [{ pointer: '/from', detail: `${from}–${to}` }],
      );
}

/** All of them, `YYYY-MM`, in order. */
export function monthsOf({ from, to }: Months): string[] {
  const first = numberOf(from) - 1;
  return Array.from({ length: numberOf(to) - first }, (_, at) => {
    const months = first + at;
    return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  });
}

/** Counted from the year 0, so that months can be told apart by how many lie between them. */
function numberOf(month: string): number {
  const [year = 0, place = 0] = month.split('-').map(Number);
  return year * 12 + place;
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
