import { byTime, shownEvidence } from '#domain/evidence/evidence.ts';
import { currentDraft, mayDraft, shownDraft } from '#domain/inspection/draft.ts';
import type { InspectionCommandKind } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { httpFunction, type RouteHandler } from '#lambda/http.ts';
import { besideInspection } from '#store/beside-inspection.ts';
import { settled } from '#store/commit.ts';
import { evidenceOf } from '#store/evidence.ts';
import { json, type Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { sentBefore, store, visible } from './asking.ts';
import { assignMany } from './batch.ts';
import { carryOut } from './carry-out.ts';
import {
  acting,
  assign,
  invite,
  plain,
  record,
  recuse,
  replace,
  type Asking,
  type Prepared,
} from './commands.ts';
import { directory, oneInspector, recordTraining, setLeave } from './directory.ts';
import { saveDraft } from './draft.ts';
import { chooseTeams, teamsToChoose } from './draw-teams.ts';
import { inspectionsCsv } from './export.ts';
import { inspections } from './listing.ts';
import { records } from './records.ts';
import { declareRecusal, ownRecusals } from './recusals.ts';
import { otherRecord, otherVersion, type VersionCheck } from './versions.ts';
import { shownTo } from './view.ts';

export const handler = httpFunction('inspections', {
  'GET /inspections': inspections,
  'GET /inspections.csv': inspectionsCsv,
  'POST /inspections/assign': assignMany,
  'GET /inspections/{id}': read,
  'PUT /inspections/{id}/draft': saveDraft,
  'POST /inspections/{id}/accept': command('accept', acting('accept')),
  'POST /inspections/{id}/recuse': command('recuse', recuse),
  'POST /inspections/{id}/replace': command('replace', replace),
  'POST /inspections/{id}/assign': command('assign', assign),
  'POST /inspections/{id}/experts': command('invite', invite),
  'POST /inspections/{id}/begin': command('begin', acting('begin')),
  'POST /inspections/{id}/end': command('end', plain('end')),
  'POST /inspections/{id}/record': command('record', record, otherRecord),
  'GET /inspections/{id}/records': records,
  'POST /inspections/{id}/publish': command('publish', plain('publish')),
  'GET /draws/{id}/teams': teamsToChoose,
  'POST /draws/{id}/teams': chooseTeams,
  'GET /me/recusals': ownRecusals,
  'POST /me/recusals': declareRecusal,
  'GET /inspectors': directory,
  'GET /inspectors/{staffNo}': oneInspector,
  'PUT /inspectors/{staffNo}/leave': setLeave,
  'POST /inspectors/{staffNo}/trainings': recordTraining,
});

/** An inspection with what hangs off it (articles 11, 15), its evidence, and the own draft of its record. For staff only. */
async function read(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  const { id, version } = inspection;
  const writer = mayDraft(staff, inspection) ? staff.staffNo : undefined;
  const [{ docket, draft }, evidence] = await Promise.all([
    besideInspection(store(), id, writer),
    evidenceOf(store(), id),
  ]);
  const { followUps, handovers } = docket;
  const own = currentDraft(inspection, draft);
  return json(
    200,
    {
      ...shownTo(staff, inspection),
      followUps,
      handovers,
      evidence: evidence.toSorted(byTime).map(shownEvidence),
      ...(own === undefined ? {} : { draft: shownDraft(own) }),
    },
    { etag: `"${version}"` },
  );
}

/** A route that prepares a command and carries it out, once however often it is sent. */
function command(
  kind: InspectionCommandKind,
  prepare: (asking: Asking) => Promise<Prepared>,
  conflictOf: VersionCheck = otherVersion,
): RouteHandler {
  return async (request, telemetry) => {
    const outcome = await settled(async (): Promise<Answer | Refusal> => {
      // Who is asking comes first: a stranger is not told what a record would have to look like.
      const { staff, inspection, standings } = await visible(request);
      refuseUnpermitted(inspectionLifecycle, kind, inspection, standings);
      telemetry.correlate(inspection.correlation);
      const { idempotency, answer: first } = await sentBefore(request, staff.staffNo);
      if (first !== undefined) {
        return first;
      }
      const asking = { staff, inspection, request };
      const conflict = conflictOf(asking);
      if (conflict !== undefined) {
        return conflict;
      }
      return carryOut(inspection, await prepare(asking), { idempotency, request });
    });
    // Thrown within the step it would be tried again, and whoever looked at an old version would wait for the same answer.
    if (outcome instanceof Refusal) {
      throw outcome;
    }
    return outcome;
  };
}
