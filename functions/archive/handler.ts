import { answerOnce, factsOf, type Asked, type Decided } from '#commands/once.ts';
import type { ArchiveView, PackageLink, UnarchivedView } from '#contracts/api/archive.ts';
import { newEvent } from '#contracts/events.ts';
import { archiveNumber, type Archive } from '#domain/archive/archive.ts';
import { missingIn } from '#domain/archive/completeness.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { withArchive } from '#domain/follow-up/docket.ts';
import { deadlineSteps } from '#domain/inspection/deadlines.ts';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { httpFunction } from '#lambda/http.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { packageKey } from '#store/archive-files.ts';
import { nextArchive, savedArchive } from '#store/archives.ts';
import { caseFileOf, type CaseRecords } from '#store/case-files.ts';
import { settled } from '#store/commit.ts';
import { loadDeadline, savedDeadline, steppedDeadlines } from '#store/deadlines.ts';
import { savedDocket } from '#store/follow-ups.ts';
import { changedInspection } from '#store/inspections.ts';
import { linkToGet, LINK_SECONDS } from '#store/objects.ts';
import type { Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';
import { calendar, stores, visible } from './asking.ts';

/** The end of an inspection's file (归档, article 13): what is missing in it, its number, its list and its package. */
export const handler = httpFunction('archive', {
  'GET /inspections/{id}/archive': read,
  'POST /inspections/{id}/archive': archive,
  'GET /inspections/{id}/archive/package': download,
});

/** Before it is archived: everything that is missing. Afterwards: the number, and the list once the package is built. */
async function read(request: HttpRequest): Promise<Answer> {
  const { inspection, archived, records } = await visible(request);
  if (archived !== undefined) return json(200, viewOf(archived));
  const missing = missingIn(await caseFileOf(stores(), inspection, records));
  const open: UnarchivedView = {
    inspection: inspection.id,
    status: inspection.status,
    complete: missing.length === 0,
    missing: [...missing],
  };
  return json(200, open);
}

/** What staff see of an archive. */
function viewOf({ id, number, unit, by, at, archiveBy, package: built }: Archive): ArchiveView {
  return {
    inspection: id,
    status: 'archived',
    number,
    unit,
    archivedBy: by,
    archivedAt: at,
    archiveBy,
    package:
      built === undefined
        ? { status: 'building' }
        : { status: 'ready', bytes: built.bytes, sha256: built.sha256, builtAt: built.at },
    files: built?.files,
    beside: built?.beside,
  };
}

/**
 * Archives a closed inspection under the unit's next number, when nothing is missing in its file. The package is built by a step
 * of its own: recordings take longer than a request may.
 */
function archive(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  return settled(async () => {
    const { staff, inspection, standings, records } = await visible(request);
    telemetry.correlate(inspection.correlation);
    refuseUnpermitted(inspectionLifecycle, 'archive', inspection, standings);
    const { staffNo } = staff;
    const asked: Asked = { store: stores().state, consumer: 'archive', request, staffNo, status: 201 };
    return answerOnce(asked, () => filed(asked, staff, inspection, records));
  });
}

/** The inspection under its number, and that its package is to be built. @throws Refusal `archive-incomplete`, `wrong-state` */
async function filed(
  asked: Asked,
  staff: Staff,
  inspection: Inspection,
  records: CaseRecords,
): Promise<Decided> {
  const { store: state, request } = asked;
  const year = Number(dateInShanghai(request.at).slice(0, 4));
  const { serial, taken } = await nextArchive(state, staff.unit, year);
  const number = archiveNumber(staff.unit, year, serial);
  const next = decide(inspection, { kind: 'archive', by: staff.staffNo, at: request.at, number });
  refuseIncomplete(inspection.id, missingIn(await caseFileOf(stores(), inspection, records)));
  const archiveBy = await loadDeadline(state, deadlineId('archive', inspection.id));
  const made: Archive = {
    id: inspection.id,
    version: 1,
    correlation: inspection.correlation,
    number,
    unit: staff.unit,
    year,
    serial,
    by: staff.staffNo,
    at: request.at,
    archiveBy: archiveBy.due,
  };
  const steps = deadlineSteps(inspection, next);
  const deadlines = await steppedDeadlines(state, calendar, inspection, steps, request.at);
  return {
    answer: viewOf(made),
    writes: [
      ...changedInspection(inspection, next),
      savedDocket(withArchive(records.docket)),
      savedArchive(made),
      taken,
      ...deadlines.map(savedDeadline),
    ],
    events: [
      newEvent('inspection.archived', {
        ...factsOf(asked, 'inspection', next),
        data: { archiveNumber: number, unit: staff.unit },
      }),
    ],
  };
}

/** @throws Refusal `archive-incomplete` naming everything that is missing */
function refuseIncomplete(id: string, missing: ReturnType<typeof missingIn>): void {
  if (missing.length > 0) {
    refuse(
      'archive-incomplete',
      `案卷不完整，缺 ${missing.length} 项，见 errors The file of ${id} lacks ${missing.length} thing(s); see errors.`,
      missing.map(({ part, detail }) => ({ pointer: `/${part}`, detail })),
    );
  }
}

/** A link by which the package is fetched, good for 15 minutes, and the hash by which it is known. */
async function download(request: HttpRequest): Promise<Answer> {
  const { inspection, archived } = await visible(request);
  const { objects } = stores();
  if (archived === undefined) {
    return refuse('not-found', `${inspection.id} 尚未归档 is not archived and has no package.`);
  }
  if (archived.package === undefined) {
    return refuse(
      'package-not-ready',
      `${archived.number} 的档案包正在生成，请稍后再试 The package is being built; ask again in a moment.`,
    );
  }
  const { bytes, sha256 } = archived.package;
  const name = `${inspection.id}.zip`;
  const url = await linkToGet(objects, packageKey(inspection.id), name);
  const link: PackageLink = { name, bytes, sha256, url, validSeconds: LINK_SECONDS };
  return json(200, link);
}
