import { httpFunction } from '#lambda/http.ts';
import { confirmSubmission, rejectSubmission } from './answers.ts';
import { makeSubmission } from './make.ts';
import { listSubmissions, showSubmission, submissionFile } from './reading.ts';

/** Files for the national publicity system (报送, article 7(6)): made of what is owed, and confirmed or refused. */
export const handler = httpFunction('submissions', {
  'POST /exports/national': makeSubmission,
  'GET /exports/national': listSubmissions,
  'GET /exports/national/{id}': showSubmission,
  'GET /exports/national/{id}/file': submissionFile,
  'POST /exports/national/{id}/confirm': confirmSubmission,
  'POST /exports/national/{id}/reject': rejectSubmission,
});
