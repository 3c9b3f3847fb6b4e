import { StaffRequest } from '#domain/correction/request.ts';
import { httpFunction } from '#lambda/http.ts';
import { jsonBody } from '#web/request.ts';
import { grant, refuseCorrection } from './decisions.ts';
import { ask, created, slowedDown, state } from './public.tsx';
import { correctionById, corrections } from './reading.ts';
import { receiveFromStaff } from './receive.ts';

/** Corrections of what was published (更正, article 16): asked for by everyone, decided by the unit or the lead section. */
export const handler = httpFunction('corrections', {
  'POST /public/inspections/{id}/corrections': slowedDown(ask),
  'GET /public/corrections/{receipt}': state,
  'POST /inspections/{id}/corrections': async (request) =>
    created(await receiveFromStaff(request, (said) => jsonBody(said, StaffRequest))),
  'GET /corrections': corrections,
  'GET /corrections/{id}': correctionById,
  'POST /corrections/{id}/grant': grant,
  'POST /corrections/{id}/refuse': refuseCorrection,
});
