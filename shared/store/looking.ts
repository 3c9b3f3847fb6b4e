import type { Page } from './store.ts';

/** Rows that one page looks through at most: a filter that few rows meet must not read the whole list. */
const LOOKED_AT = 1_000;

/**
 * The next rows of a list, at most `shown` of those that fit, by one query. `last` is the row that the list goes on after,
 * while others may follow: a page that found few, or none, among the rows that it looked at can have one too.
 * @param fits absent: every row does, and no more are read than are shown
 */
export async function looking<T>(
  read: (limit: number) => Promise<Page<T>>,
  shown: number,
  fits?: (row: T) => boolean,
): Promise<{ readonly rows: T[]; readonly last: T | undefined }> {
  const { items, next } = await read(fits === undefined ? shown : LOOKED_AT);
  const rows: T[] = [];
  for (const [place, row] of items.entries()) {
    if (fits === undefined || fits(row)) rows.push(row);
    if (rows.length === shown && (next !== undefined || place < items.length - 1)) return { rows, last: row };
  }
  return { rows, last: next === undefined ? undefined : items.at(-1) };
}
