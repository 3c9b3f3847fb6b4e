import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import { DeadlineKind } from '#domain/deadline/kind.ts';
import { monthThrough, PUNCTUALITY_PARTITION } from './keys.ts';
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

/** The figures from a month through another one, of one unit or of all: one query, whatever the number of deadlines. */
export async function punctualityOf(
  store: StateTable,
  { from, to, unit }: { readonly from: string; readonly to: string; readonly unit?: string | undefined },
): Promise<Punctuality[]> {
  const found = await queryAll(store, Punctuality, {
    partition: PUNCTUALITY_PARTITION,
    from,
    through: monthThrough(to),
  });
  return unit === undefined ? found : found.filter((row) => row.unit === unit);
}
