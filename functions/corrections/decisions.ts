import { answerOnce, causationOf, type Asked } from '#commands/once.ts';
import { Grant, Refusing } from '#contracts/api/corrections.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import {
  decide,
  type Correction,
  type CorrectionCommand,
  type CorrectionCommandKind,
  type Decided,
} from '#domain/correction/correction.ts';
import { correctionLifecycle, standingsToward } from '#domain/correction/lifecycle.ts';
import { deadlineId, meetDeadline } from '#domain/deadline/deadline.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { publicationHash, type PublicRecord } from '#domain/inspection/publication.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import type { RouteHandler } from '#lambda/http.ts';
import { settled } from '#store/commit.ts';
import { answered, updatedCorrection } from '#store/corrections.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { loadInspection } from '#store/inspections.ts';
import { loadPublicRecord } from '#store/publications.ts';
import { publishedAnew } from '#store/publishing.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { store, visible } from './asking.ts';
import { viewOf } from './view.ts';

interface Given {
  readonly by: string;
  readonly at: HttpRequest['at'];
}
type Reading = (request: HttpRequest, given: Given, inspection: Inspection) => CorrectionCommand;

/** What was published is corrected, or withdrawn by law: either makes the next version of the public record. */
export const grant = deciding('correct', (request, given, { record }) => {
  const body = jsonBody(request, Grant);
  return body.kind === 'correct' ? { ...body, ...given, record } : { ...body, ...given };
});

/** What was published stands; whoever asked reads why. */
export const refuseCorrection = deciding('refuse', (request, given) => ({
  kind: 'refuse',
  ...given,
  ...jsonBody(request, Refusing),
}));

/** A route that decides a request, once however often it is sent. */
function deciding(kind: CorrectionCommandKind, read: Reading): RouteHandler {
  return (request, telemetry) =>
    settled(async () => {
      // Who is asking comes first: a stranger is not told what a decision would have to look like.
      const { staff, correction } = await visible(request);
      telemetry.correlate(correction.correlation);
      refuseUnpermitted(correctionLifecycle, kind, correction, standingsToward(staff, correction));
      const { staffNo: by } = staff;
      const asked: Asked = { store: store(), consumer: 'corrections', request, staffNo: by };
      return answerOnce(asked, async () => {
        const { inspection: id } = correction;
        const [inspection, current, open] = await Promise.all([
          loadInspection(store(), id),
          loadPublicRecord(store(), id),
          loadDeadline(store(), deadlineId('correct', correction.id)),
        ]);
        const given = { by, at: request.at };
        const decided = decide(correction, current, read(request, given, inspection));
        const met = meetDeadline(open, request.at);
        return {
          answer: viewOf(decided.correction, met, staff),
          writes: [
            updatedCorrection(decided.correction),
            updatedDeadline(met),
            ...(await answered(store(), correction)),
            ...(decided.record === undefined
              ? []
              : await publishedAnew(store(), current, decided.record, inspection.subject.territory)),
          ],
          events: eventsOf(decided, { before: current, inspection, causation: causationOf(asked) }),
        };
      });
    });
}

interface Around {
  readonly before: PublicRecord;
  readonly inspection: Inspection;
  readonly causation: string;
}

function eventsOf({ correction, record }: Decided, around: Around): MingchouEvent[] {
  const { id, version: count, correlation, inspection, subject, decision } = correction;
  if (decision === undefined) {
    throw new TypeError(`${id} is not decided`);
  }
  const facts: EventFacts = {
    time: decision.at,
    about: { kind: 'correction', id, version: count },
    correlation,
    causation: around.causation,
    actor: { kind: 'person', id: decision.by },
  };
  const granted = (outcome: 'corrected' | 'withdrawn', made: number) =>
    newEvent('correction.granted', { ...facts, data: { inspection, outcome, version: made } });
  switch (decision.outcome) {
    case 'corrected': {
      const { reason: why, version: made } = decision;
      const { about, data } = versionFacts(correction, record, around);
      return [
        granted('corrected', made),
        newEvent('inspection.republished', { ...facts, about, data: { ...data, reason: why } }),
      ];
    }
    case 'withdrawn': {
      const { legalReason, version: made } = decision;
      const { about, data } = versionFacts(correction, record, around);
      const told = { ...data, legalReason, subjectId: subject.id, subjectName: subject.name };
      return [granted('withdrawn', made), newEvent('inspection.withdrawn', { ...facts, about, data: told })];
    }
    case 'refused':
      return [newEvent('correction.refused', { ...facts, data: { inspection, reason: decision.reason } })];
  }
}

/** Told of the inspection, whose own steps are over: its versions count on, so that its history stays in order. */
function versionFacts({ id }: Correction, record: PublicRecord | undefined, around: Around) {
  const { before, inspection } = around;
  if (record === undefined) {
    throw new TypeError(`${id} was granted without a new version of ${inspection.id}`);
  }
  const kind = 'inspection' as const;
  return {
    about: { kind, id: inspection.id, version: inspection.version + record.version - 1 },
    data: {
      correction: id,
      version: record.version,
      publicationHash: publicationHash(record),
      previousHash: publicationHash(before),
    },
  };
}
