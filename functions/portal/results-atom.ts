import { PlaceQuery } from '#contracts/api/portal.ts';
import { resultsOf } from '#domain/inspection/publication.ts';
import type { Summary } from '#domain/publication/search.ts';
import type { Instant } from '#domain/time/time.ts';
import { changedRecords, type Change, type Effort } from '#store/finding.ts';
import type { Answer } from '#web/answer.ts';
import { element, xmlDocument } from '#web/xml.ts';
import { type HttpRequest, queryOf } from '#web/request.ts';
import { store } from './reading.ts';
import { SearchQuery, searchPath } from './search-query.ts';

const PAGE: Effort = { limit: 50, queries: 5 };
const ATOM = 'http://www.w3.org/2005/Atom';
/** RFC 6721: tells a reader to forget an entry. */
const TOMBSTONES = 'http://purl.org/atompub/tombstones/1.0';

/**
 * The feed of published results (Atom 1.0, RFC 4287), by their last change, newest first: a correction is its entry updated,
 * a withdrawal a `deleted-entry` (RFC 6721). It goes on by `rel="next"` (RFC 5005).
 */
export async function resultsAtom(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, PlaceQuery);
  const filter = queryOf(request, SearchQuery);
  const { items, next } = await changedRecords(store(), filter, PAGE, after);
  const site = siteOf(request);
  const link = (rel: string, href: string, type: string) => element('link', { rel, href: site + href, type });
  const self = searchPath(request.path, request.query, after === undefined ? {} : { next: after });
  const first = searchPath(request.path, request.query);
  const body = element('feed', { xmlns: ATOM, 'xmlns:at': TOMBSTONES, 'xml:lang': 'zh-CN' }, [
    element('id', {}, [site + first]),
    element('title', {}, ['抽查检查结果公示 Published results of inspections']),
    element('updated', {}, [updatedOf(items, request)]),
    element('author', {}, [element('name', {}, ['明抽 双随机、一公开'])]),
    link('self', self, 'application/atom+xml'),
    link('first', first, 'application/atom+xml'),
    link('alternate', searchPath('/public/inspections', request.query), 'text/html'),
    ...(next === undefined
      ? []
      : [link('next', searchPath(request.path, request.query, { next }), 'application/atom+xml')]),
    ...items.map((change) => ('withdrawn' in change ? tombstone(change) : entry(change, site))),
  ]);
  return {
    status: 200,
    headers: {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
    },
    body: xmlDocument(body),
  };
}

/** The last change of the page; of one without any, a moment that does not move: nothing has happened. */
function updatedOf([newest]: readonly Change[], { at }: HttpRequest): Instant | string {
  if (newest === undefined) return `${at.slice(0, 4)}-01-01T00:00:00Z`;
  return changedAt(newest);
}

function changedAt(change: Change): Instant {
  return 'withdrawn' in change ? change.withdrawn.at : (change.correctedAt ?? change.publishedAt);
}

/** The same whatever host or version: derived from what the inspection was caused by. */
const entryId = (id: string): string => `urn:mingchou:inspection:${id}`;

function entry(summary: Summary, site: string) {
  const { id, subjectName, subjectId, results, units, inspectedOn, version, correctedAt } = summary;
  const told = resultsOf(results)
    .map(({ text }) => text)
    .join('；');
  const path = `${site}/public/inspections/${id}`;
  const corrected = correctedAt === undefined ? '' : `（第 ${version} 版，已更正 corrected）`;
  return element('entry', {}, [
    element('id', {}, [entryId(id)]),
    element('title', {}, [`${subjectName}：${told}${corrected}`]),
    element('published', {}, [summary.publishedAt]),
    element('updated', {}, [changedAt(summary)]),
    element('link', { rel: 'alternate', href: path, type: 'text/html' }),
    element('link', { rel: 'alternate', href: `${path}.json`, type: 'application/json' }),
    ...units.map((unit) => element('category', { term: unit, label: unit, scheme: 'urn:mingchou:unit' })),
    element('summary', {}, [
      `统一社会信用代码/注册号 ${subjectId}；检查日期 ${inspectedOn}；检查结果 ${told}；承担单位 ${units.join('、')}`,
    ]),
  ]);
}

function tombstone({ id, withdrawn }: Extract<Change, { withdrawn: object }>) {
  return element('at:deleted-entry', { ref: entryId(id), when: withdrawn.at }, [
    element('at:comment', {}, [`依法撤下 withdrawn by law：${withdrawn.legalReason}`]),
  ]);
}

/** Where the feed was fetched from: readers keep entries apart from it. The host is the gateway's; one that is no name of a host makes links without. */
function siteOf({ headers }: HttpRequest): string {
  const { host = '', 'x-forwarded-proto': scheme = 'https' } = headers;
  return /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host) && /^https?$/.test(scheme) ? `${scheme}://${host}` : '';
}
