import { placeText } from '#contracts/api/place.ts';
import { SearchFields } from '#contracts/api/portal.ts';
import type { Filter } from '#domain/publication/search.ts';
import type { Place } from '#store/finding.ts';

/** The fields of the search, by the names that they have in the address. */
const SEARCH_FIELDS = [
  'q',
  'code',
  'unit',
  'territory',
  'item',
  'result',
  'from',
  'through',
  'timing',
] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** What a reader may look for among published results (article 14). */
export const SearchQuery = SearchFields.transform(({ q, ...others }): Filter => ({
  words: q,
  ...others,
})).refine(({ from, through }) => from === undefined || through === undefined || from <= through, {
  path: ['through'],
  error: '不得早于起始日期 must not be before the first day',
});

/** An address of the same search, from a place on. */
export function searchPath(
  path: string,
  typed: Readonly<Record<string, string>>,
  { next, ...others }: { readonly next?: Place | undefined; readonly format?: string } = {},
): string {
  const parameters = new URLSearchParams([
    ...SEARCH_FIELDS.flatMap((name) => {
      const value = typed[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
    ...Object.entries(others),
    ...(next === undefined ? [] : [['after', placeText(next)]]),
  ]).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}
