import { placeText } from '#contracts/api/place.ts';
import { PlaceQuery } from '#contracts/api/portal.ts';
import { findPublications, type Effort } from '#store/finding.ts';
import type { Answer } from '#web/answer.ts';
import { asAnswer, htmlPage } from '#web/layout.tsx';
import { fieldErrors, wantsJson, type HttpRequest, queryOf } from '#web/request.ts';
import { PublicationList, SearchNotTaken } from './publication-list.tsx';
import { publicJson, store } from './reading.ts';
import { SearchQuery } from './search-query.ts';

/** With the one that fetches the records, five requests of the store make a page. */
const PAGE: Effort = { limit: 50, queries: 4 };

const TITLE = '抽查检查结果公示';

/** Published results, all or those that are looked for, newest first: a page, or JSON. */
export async function results(request: HttpRequest): Promise<Answer> {
  if (wantsJson(request)) return resultsJson(request);
  const { after } = queryOf(request, PlaceQuery);
  const typed = request.query;
  const filter = SearchQuery.safeParse(typed);
  if (!filter.success) {
    const page = <SearchNotTaken typed={typed} faults={fieldErrors(filter.error)} />;
    return asAnswer(400, htmlPage(TITLE, page, 0, { forms: true }));
  }
  const { items, next } = await findPublications(store(), filter.data, PAGE, after);
  return htmlPage(
    TITLE,
    <PublicationList
      typed={typed}
      items={items}
      first={after === undefined}
      next={next}
      spent={next !== undefined && items.length < PAGE.limit}
    />,
    60,
    { forms: true },
  );
}

/** The same as JSON. A page with `next` goes on there, also where it is not full: the search has read as much as one page may. */
export async function resultsJson(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, PlaceQuery);
  const filter = queryOf(request, SearchQuery);
  const { items, next } = await findPublications(store(), filter, PAGE, after);
  return publicJson({
    results: items,
    ...(next === undefined ? {} : { next: placeText(next) }),
  });
}
