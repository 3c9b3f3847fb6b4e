import { httpFunction } from '#lambda/http.ts';
import { apiPages, eventShapes, openApi } from './api/handlers.tsx';
import { conditional } from './conditional.ts';
import { directory } from './directory.tsx';
import { draw, drawList, explanation, inclusion, inclusionPage, proof } from './draws.tsx';
import { items } from './items.tsx';
import { checkLedger } from './ledger-check.ts';
import { ledger } from './ledger.tsx';
import { plans } from './plans.tsx';
import { pool } from './pool.ts';
import { result } from './publications.tsx';
import { resultsAtom } from './results-atom.ts';
import { resultsCsv } from './results-csv.ts';
import { results, resultsJson } from './results.tsx';
import { schema, start, toStart } from './start.tsx';
import { verifierScript, verifyPage, verifyScript } from './verify-page.tsx';

/**
 * What everyone may read, without signing in (articles 2, 5, 7, 14, 16): what is checked and by whom, plans, draws with their
 * proofs, results, the ledger.
 */
export const handler = httpFunction('portal', {
  'GET /': toStart,
  'GET /public': conditional(start),
  'GET /public/inspections': conditional(results),
  'GET /public/inspections.json': conditional(resultsJson),
  'GET /public/inspections.csv': conditional(resultsCsv),
  'GET /public/inspections.atom': conditional(resultsAtom),
  'GET /public/inspections/{id}': conditional(result),
  'GET /public/draws': conditional(drawList),
  'GET /public/draws/{id}': conditional(draw),
  'GET /public/draws/{id}/explanation': conditional(explanation),
  'GET /public/draws/{id}/proof': conditional(proof),
  'GET /public/draws/{id}/pool': conditional(pool),
  'GET /public/draws/{id}/inclusion': conditional(inclusionPage),
  'GET /public/draws/{id}/inclusion/{subject}': conditional(inclusion),
  'GET /public/plans': conditional(plans),
  'GET /public/items': conditional(items),
  'GET /public/directory': conditional(directory),
  'GET /public/verify': conditional(verifyPage),
  'GET /public/verify.js': conditional(verifyScript),
  'GET /public/verifier.js': conditional(verifierScript),
  'GET /public/ledger': conditional(ledger),
  'GET /public/ledger/check': checkLedger,
  'GET /public/api': apiPages,
  'GET /public/openapi.json': conditional(openApi),
  'GET /public/events.json': conditional(eventShapes),
  'GET /public/schema.json': conditional(schema),
});
