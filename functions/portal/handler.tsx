import { httpFunction } from '#lambda/http.ts';
import { conditional } from './conditional.ts';
import { draw, drawList, explanation, inclusion, inclusionPage, proof } from './draws.tsx';
import { checkLedger, ledgerPage } from './ledger.ts';
import { pool } from './pool.ts';
import { result } from './publications.tsx';
import { resultsAtom } from './results-atom.ts';
import { resultsCsv } from './results-csv.ts';
import { results, resultsJson } from './results.tsx';
import { verifyPage, verifyScript } from './verify-page.tsx';

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
  'GET /public/ledger/check': checkLedger,
});
