import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import { DeadlineKind } from '#domain/deadline/kind.ts';
import { punctualityPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** How many deadlines of a kind, whose day fell in the month, a unit kept and did not keep. */
const Punctuality = z.object({
  month: Month,
  unit: z.string(),
  kind: DeadlineKind,
  onTime: z.int(),
  late: z.int(),
});
type Punctuality = z.infer<typeof Punctuality>;

/** The figures of some months, of one unit or of all: one query a month, whatever the number of deadlines. */
export async function punctualityOf(
  store: StateTable,
  months: readonly string[],
  unit?: string,
): Promise<Punctuality[]> {
  const found = await Promise.all(
    months.map((month) =>
      queryAll(store, Punctuality, {
        partition: punctualityPartition(month),
        ...(unit === undefined ? {} : { prefix: `${unit}#` }),
      }),
    ),
  );
  return found.flat();
}
