import { httpFunction } from '#lambda/http.ts';
import { recordSignal } from './record-signal.ts';
import { subjectById } from './subject.ts';

/** Credit-risk monitoring (信用风险监测, article 4): what is known of a subject, and what staff add to it. */
export const handler = httpFunction('monitoring', {
  'GET /subjects/{id}': subjectById,
  'POST /subjects/{id}/signals': recordSignal,
});
