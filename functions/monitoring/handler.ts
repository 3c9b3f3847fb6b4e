import { httpFunction } from '#lambda/http.ts';
import { recordSignal } from './record-signal.ts';
import { listScans, scanById } from './scans.ts';
import { formerOfSubject, subjectById } from './subject.ts';
import { acknowledgeWarning, dismissWarning, listWarnings, warningById } from './warnings.ts';

/** Credit-risk monitoring (信用风险监测, article 4): what is known of a subject and what staff add to it, the warnings about it and what is decided of them, the scans. */
export const handler = httpFunction('monitoring', {
  'GET /subjects/{id}': subjectById,
  'GET /subjects/{id}/former': formerOfSubject,
  'POST /subjects/{id}/signals': recordSignal,
  'GET /warnings': listWarnings,
  'GET /warnings/{id}': warningById,
  'POST /warnings/{id}/acknowledge': acknowledgeWarning,
  'POST /warnings/{id}/dismiss': dismissWarning,
  'GET /scans': listScans,
  'GET /scans/{id}': scanById,
});
