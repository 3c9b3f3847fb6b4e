import { httpFunction } from '#lambda/http.ts';
import { exportPolicies, importPolicies } from './policy-files.ts';
import { adoptPolicy, listPolicies, showPolicy } from './policies.ts';
import { showRehearsal, startRehearsal } from './rehearsals.ts';
import { listSources, messagesOfSource, registerSource, rotateSource, testSource } from './sources.ts';

/** Policies, their rehearsals, and webhook sources. */
export const handler = httpFunction('administration', {
  'PUT /policies/{id}': adoptPolicy,
  'GET /policies': listPolicies,
  'GET /policies/export': exportPolicies,
  'POST /policies/imports': importPolicies,
  'GET /policies/{id}': showPolicy,
  'POST /policies/{id}/rehearsals': startRehearsal,
  'GET /policies/{id}/rehearsals/{rehearsal}': showRehearsal,
  'PUT /sources/{id}': registerSource,
  'GET /sources': listSources,
  'POST /sources/{id}/rotate': rotateSource,
  'GET /sources/{id}/deliveries': messagesOfSource,
  'POST /sources/{id}/test': testSource,
});
