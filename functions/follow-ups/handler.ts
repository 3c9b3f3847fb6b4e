import { httpFunction } from '#lambda/http.ts';
import { accept, close, decline, document, evidence, note, offer, setDue } from './cases.ts';
import { closeHandover, giveBack, raise, receive, send } from './handovers.ts';
import { followUpById, followUps, handoverById, handovers } from './lists.ts';

/** What follows from what was found (后续处置, article 15), and the clues that are handed over (线索移送, article 11). */
export const handler = httpFunction('follow-ups', {
  'GET /follow-ups': followUps,
  'GET /follow-ups/{id}': followUpById,
  'POST /follow-ups/{id}/due': setDue,
  'POST /follow-ups/{id}/notes': note,
  'POST /follow-ups/{id}/documents': document,
  'POST /follow-ups/{id}/evidence': evidence,
  'POST /follow-ups/{id}/offer': offer,
  'POST /follow-ups/{id}/accept': accept,
  'POST /follow-ups/{id}/decline': decline,
  'POST /follow-ups/{id}/close': close,
  'POST /inspections/{id}/handovers': raise,
  'GET /handovers': handovers,
  'GET /handovers/{id}': handoverById,
  'POST /handovers/{id}/send': send,
  'POST /handovers/{id}/receive': receive,
  'POST /handovers/{id}/return': giveBack,
  'POST /handovers/{id}/close': closeHandover,
});
