import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import { once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import { entriesAfter, openLedger } from '#store/ledger.ts';
import { publications } from '#store/publications.ts';
import { type Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { type HttpRequest, wantsJson } from '#web/request.ts';
import { draw, drawList, explanation, inclusion, inclusionPage, proof } from './draws.tsx';
import { pool } from './pool.ts';
import { PublicationList } from './publication-list.tsx';
import { result } from './publications.tsx';
import { environment, publicJson, queryOf, store } from './reading.ts';
import { verifyPage, verifyScript } from './verify-page.tsx';

const ledger = once(() => openLedger(environment().LEDGER_TABLE));

/** What everyone may read, without signing in (articles 14, 16): results, draws with their proofs, the ledger. */
export const handler = httpFunction('portal', {
  'GET /public/inspections': results,
  'GET /public/inspections/{id}': result,
  'GET /public/draws': drawList,
  'GET /public/draws/{id}': draw,
  'GET /public/draws/{id}/explanation': explanation,
  'GET /public/draws/{id}/proof': proof,
  'GET /public/draws/{id}/pool': pool,
  'GET /public/draws/{id}/inclusion': inclusionPage,
  'GET /public/draws/{id}/inclusion/{subject}': inclusion,
  'GET /public/verify': verifyPage,
  'GET /public/verify.js': verifyScript,
  'GET /public/ledger': ledgerPage,
});

const LIST_LENGTH = 50;
const LEDGER_LENGTH = 500;

/** Where the next page begins: the last result of this one, by its time and id. */
const ListQuery = z.object({
  after: z
    .string()
    .regex(
      /^[^_]+_I-[0-9a-f]{24}$/,
      '本列表给出的位置 a position that this list gave, e.g. 2026-03-02T01:30:00.000Z_I-…',
    )
    .transform((text) => text.split('_'))
    .pipe(z.tuple([Instant, z.string()]))
    .transform(([publishedAt, id]) => ({ publishedAt, id }))
    .optional(),
});

async function results(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(ListQuery, request);
  const { items, next } = await publications(store(), LIST_LENGTH, after);
  const last = items.at(-1);
  const position = next === undefined || last === undefined ? {} : { next: `${last.publishedAt}_${last.id}` };
  return wantsJson(request)
    ? publicJson({ results: items, ...position })
    : htmlPage('抽查检查结果公示', <PublicationList items={items} {...position} />, 60);
}

const LedgerQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

async function ledgerPage(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(LedgerQuery, request);
  const entries = await entriesAfter(ledger(), after, LEDGER_LENGTH);
  const last = entries.at(-1);
  // A page that still grows must not be kept: an old copy of it would look like a chain that was cut off.
  return entries.length === LEDGER_LENGTH && last !== undefined
    ? publicJson({ entries, next: last.seq })
    : publicJson({ entries }, 'no-store');
}
