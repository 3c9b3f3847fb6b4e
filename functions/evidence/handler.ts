import type { EvidencePlace, ShownEvidence } from '#contracts/api/evidence.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import {
  Announcement,
  announced,
  byTime,
  refuseCollecting,
  shownEvidence,
  stored,
  type Evidence,
} from '#domain/evidence/evidence.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { later } from '#domain/time/time.ts';
import { httpFunction } from '#lambda/http.ts';
import { commit, settled } from '#store/commit.ts';
import { keepEvidence, linkToPutEvidence, linkToShowEvidence, receivedFor } from '#store/evidence-files.ts';
import { evidenceOf, loadEvidence, savedEvidence } from '#store/evidence.ts';
import { LINK_SECONDS } from '#store/objects.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { objects, store, visible } from './asking.ts';

/** The files that are kept of an inspection (articles 10, 12): announced, put into the storage by a link, completed, shown. */
export const handler = httpFunction('evidence', {
  'GET /inspections/{id}/evidence': list,
  'POST /inspections/{id}/evidence': announce,
  'GET /inspections/{id}/evidence/{evidence}': show,
  'POST /inspections/{id}/evidence/{evidence}/complete': complete,
});

async function list(request: HttpRequest): Promise<Answer> {
  const { inspection } = await visible(request);
  const found = await evidenceOf(store(), inspection.id);
  return json(200, { evidence: found.toSorted(byTime).map(shownEvidence) });
}

/**
 * Gives a place for a file of exactly these bytes, and the request to put them by. The same file announced again is the same
 * evidence with a fresh link; once it is stored there is nothing to put.
 */
async function announce(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  refuseCollecting(inspection, staff.staffNo);
  const said = jsonBody(request, Announcement);
  const evidence = await settled(async () => {
    const known = await evidenceOf(store(), inspection.id);
    const next = announced(known, inspection.id, said, { by: staff.staffNo, at: request.at });
    if (next.status === 'announced') {
      await commit(store(), { at: request.at, writes: [savedEvidence(next)], events: [] });
    }
    return next;
  });
  if (evidence.status === 'stored') {
    return json(200, shownEvidence(evidence));
  }
  const place: EvidencePlace = {
    ...shownEvidence(evidence),
    upload: {
      ...(await linkToPutEvidence(objects(), evidence)),
      expiresAt: later(request.at, LINK_SECONDS * 1000),
    },
  };
  return json(201, place);
}

/**
 * Looks at what has arrived, copies it to where it is kept, and then says so. Asked for again it gives the same answer: the copy
 * is of the same bytes, and evidence that is stored stays as it is.
 */
async function complete(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  refuseCollecting(inspection, staff.staffNo);
  const id = param(request, 'evidence');
  return settled(async () => {
    const evidence = await loadEvidence(store(), inspection.id, id);
    if (evidence.status === 'stored') {
      return json(200, shownEvidence(evidence));
    }
    const next = stored(evidence, await receivedFor(objects(), evidence), request.at);
    await keepEvidence(objects(), next);
    await commit(store(), {
      at: request.at,
      writes: [savedEvidence(next)],
      events: [eventOf(inspection, next, staff.staffNo)],
    });
    return json(200, shownEvidence(next));
  });
}

/** The ledger holds the hash of this event, and with it the file's. Evidence makes no version of the inspection: whoever writes its record is not in the way. */
function eventOf({ id, version, correlation }: Inspection, evidence: Evidence, by: string): MingchouEvent {
  const { mediaType, size, sha256, storedAt } = evidence;
  if (storedAt === undefined) {
    throw new TypeError(`evidence ${evidence.id} is not stored`);
  }
  return newEvent('inspection.evidence-stored', {
    time: storedAt,
    about: { kind: 'inspection', id, version },
    correlation,
    causation: evidence.id,
    actor: { kind: 'person', id: by },
    data: { evidence: evidence.id, mediaType, size, sha256 },
  });
}

/** A piece of evidence, and once it is stored a link by which it opens in the browser. */
async function show(request: HttpRequest): Promise<Answer> {
  const { inspection } = await visible(request);
  const evidence = await loadEvidence(store(), inspection.id, param(request, 'evidence'));
  if (evidence.status === 'announced') {
    return json(200, shownEvidence(evidence));
  }
  const shown: ShownEvidence = {
    ...shownEvidence(evidence),
    url: await linkToShowEvidence(objects(), evidence),
    expiresAt: later(request.at, LINK_SECONDS * 1000),
  };
  return json(200, shown);
}
