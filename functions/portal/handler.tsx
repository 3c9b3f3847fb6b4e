import { LedgerQuery } from '#contracts/api/portal.ts';
import { once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import { entriesAfter, openLedger } from '#store/ledger.ts';
import type { Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { apiPages, eventShapes, openApi } from './api/handlers.tsx';
import { conditional } from './conditional.ts';
import { draw, drawList, explanation, inclusion, inclusionPage, proof } from './draws.tsx';
import { pool } from './pool.ts';
import { result } from './publications.tsx';
import { resultsAtom } from './results-atom.ts';
import { resultsCsv } from './results-csv.ts';
import { results, resultsJson } from './results.tsx';
import { environment, publicJson, queryOf } from './reading.ts';
import { verifyPage, verifyScript } from './verify-page.tsx';

const ledger = once(() => openLedger(environment().LEDGER_TABLE));

/** What everyone may read, without signing in (articles 14, 16): results, draws with their proofs, the ledger. */
export const handler = httpFunction('portal', {
  'GET /public/inspections': conditional(results),
  'GET /public/inspections.json': conditional(resultsJson),
  'GET /public/inspections.csv': conditional(resultsCsv),
  'GET /public/inspections.atom': conditional(resultsAtom),
  'GET /public/inspections/{id}': conditional(result),
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
  'GET /public/api': apiPages,
  'GET /public/openapi.json': conditional(openApi),
  'GET /public/events.json': conditional(eventShapes),
});

const LEDGER_LENGTH = 500;

async function ledgerPage(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(LedgerQuery, request);
  const entries = await entriesAfter(ledger(), after, LEDGER_LENGTH);
  const last = entries.at(-1);
  // A page that still grows must not be kept: an old copy of it would look like a chain that was cut off.
  return entries.length === LEDGER_LENGTH && last !== undefined
    ? publicJson({ entries, next: last.seq })
    : publicJson({ entries }, 'no-store');
}
