import {
  DirectoryQuery,
  LeaveBody,
  TrainingBody,
  type Directory,
  type ListedInspector,
  type OneInspector,
  type ShownInspector,
} from '#contracts/api/inspections.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { workload } from '#domain/inspection/workload.ts';
import {
  certifiedThrough,
  eligibility,
  ineligibleReasonLabels,
  type Inspector,
} from '#domain/inspector/inspector.ts';
import { orderedLeave } from '#domain/inspector/leave.ts';
import { nextStanding, type Standing, type Training } from '#domain/inspector/warning.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { addDays, dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { commit, settled } from '#store/commit.ts';
import {
  changedInspector,
  directoryPlace,
  inspectorFound,
  inspectorKeys,
  loadInspector,
  loadStanding,
  savedStanding,
} from '#store/directory.ts';
import { tallyKeys } from '#store/keys.ts';
import { tallyFound } from '#store/listed.ts';
import { inspectorsOf, requireRole, type Staff } from '#store/people.ts';
import { loadTogether } from '#store/store.ts';
import { workloadOf, workloadsIn } from '#store/workload.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, queryOf, type HttpRequest } from '#web/request.ts';
import { person, personBeside, sentBefore, store } from './asking.ts';

/** Who reads the directory of a unit; a unit reads its own. */
const READING: readonly PersonRole[] = ['lead-section', 'unit', 'administrator'];
/** Who keeps it; a unit keeps its own. */
const KEEPING: readonly PersonRole[] = ['unit', 'administrator'];

/** How far back `load.givenInYear` looks, today not counted. */
const YEAR_DAYS = 365;

/**
 * The inspectors of a unit (执法检查人员名录库, article 5): who can be sent today, why somebody can't, and how much each has to do
 * (任务量). Three requests to the store for a unit of any size that is named; one more for each phase in which visits are open
 * for over a year.
 */
export async function directory(request: HttpRequest): Promise<Answer> {
  const query = queryOf(request, DirectoryQuery);
  const { staff, found } = await personBeside(
    request,
    query.unit === undefined || query.load === 'false' ? [] : tallyKeys(query.unit),
  );
  requireRole(staff, READING);
  const unit = unitAsked(query, staff);
  const inspectors = await inspectorsOf(store(), unit);
  const today = dateInShanghai(request.at);
  const loads =
    query.load === 'false'
      ? undefined
      : await workloadsIn(store(), {
          unit,
          since: addDays(today, -YEAR_DAYS),
          tally: tallyFound(
            query.unit === undefined ? await loadTogether(store(), tallyKeys(unit)) : found,
            unit,
          ),
        });
  const answer: Directory = {
    unit,
    day: today,
    inspectors: inspectors.map((inspector) => ({
      ...listedOf(inspector, { today, showPhone: mayKeep(staff, inspector) }),
      ...(loads === undefined ? {} : { load: loads.get(inspector.staffNo) ?? workload([], 0) }),
    })),
  };
  return json(200, answer);
}

/** One of them: of another unit's there is nothing to see for a unit. */
export async function oneInspector(request: HttpRequest): Promise<Answer> {
  const asked = param(request, 'staffNo');
  const { staff, found } = await personBeside(request, inspectorKeys(asked));
  requireRole(staff, READING);
  const known = inspectorFound(found, asked);
  if (known === undefined || (staff.role === 'unit' && staff.unit !== known.inspector.unit)) {
    return refuse('not-found', `没有找到 inspector ${asked} was not found.`);
  }
  const { inspector, standing } = known;
  const today = dateInShanghai(request.at);
  const answer: OneInspector = {
    day: today,
    inspector: {
      ...viewOf(inspector, standing, { today, showPhone: mayKeep(staff, inspector) }),
      load: await workloadOf(store(), inspector, addDays(today, -YEAR_DAYS)),
    },
  };
  return json(200, answer);
}

/** @throws Refusal `query-invalid` when a unit has to be named and is not, `role-forbidden` for another unit's */
function unitAsked({ unit }: Pick<DirectoryQuery, 'unit'>, staff: Staff): string {
  const asked = unit ?? (staff.role === 'unit' ? staff.unit : undefined);
  if (asked === undefined || asked === '') {
    return refuse('query-invalid', '须注明承担单位 Name the unit: ?unit=….');
  }
  return staff.role === 'unit' && asked !== staff.unit
    ? refuse(
        'role-forbidden',
        `只能查看本单位（${staff.unit}） A unit reads its own directory: ${staff.unit}.`,
      )
    : asked;
}

function mayKeep(staff: Staff, { unit }: Inspector): boolean {
  return KEEPING.includes(staff.role) && (staff.role !== 'unit' || staff.unit === unit);
}

interface Viewing {
  readonly today: CalendarDate;
  readonly showPhone: boolean;
}

function listedOf(inspector: Inspector, { today, showPhone }: Viewing): ListedInspector {
  const { phone, ...shown } = inspector;
  const able = eligibility(inspector, { unit: inspector.unit, through: today });
  return {
    ...shown,
    ...(showPhone && phone !== undefined ? { phone } : {}),
    certifiedThrough: certifiedThrough(inspector),
    eligible: able.eligible,
    reasons: able.eligible
      ? []
      : able.reasons.map((reason) => ({ reason, label: ineligibleReasonLabels[reason] })),
  };
}

function viewOf(inspector: Inspector, standing: Standing | undefined, viewing: Viewing): ShownInspector {
  return { ...listedOf(inspector, viewing), trainings: standing?.trainings ?? [] };
}

/** Sets the periods of leave of an inspector: whoever is away is not drawn. What stood before is in the event. */
export async function setLeave(request: HttpRequest): Promise<Answer> {
  return onInspector(request, (inspector, { facts, known }) => {
    const leave = orderedLeave(jsonBody(request, LeaveBody).leave);
    const { unit, leave: before } = inspector;
    const standing = nextStanding(known, inspector.staffNo, {});
    return {
      after: { ...inspector, leave },
      standing,
      event: newEvent('inspector.leave-set', { ...facts(standing), data: { unit, leave, before } }),
    };
  });
}

/** Records a training: it counts as long as the longest of all, and every one is kept. */
export async function recordTraining(request: HttpRequest): Promise<Answer> {
  return onInspector(request, (inspector, { facts, known, staffNo }) => {
    const { title, on, validThrough } = jsonBody(request, TrainingBody);
    if (on > dateInShanghai(request.at)) {
      return refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', [
        { pointer: '/on', detail: '培训尚未举行 a day that has come' },
      ]);
    }
    const before = inspector.trainedThrough;
    const trainedThrough = before !== undefined && before > validThrough ? before : validThrough;
    const training: Training = { title, on, validThrough, recordedBy: staffNo, recordedAt: request.at };
    const standing = nextStanding(known, inspector.staffNo, { training });
    const data = {
      unit: inspector.unit,
      title,
      on,
      validThrough,
      ...(before === undefined ? {} : { before }),
    };
    return {
      after: { ...inspector, trainedThrough },
      standing,
      event: newEvent('inspector.trained', { ...facts(standing), data }),
    };
  });
}

interface Changing {
  readonly known: Standing | undefined;
  /** Who changes it. */
  readonly staffNo: string;
  readonly facts: (next: Standing) => EventFacts;
}

interface Change {
  readonly after: Inspector;
  readonly standing: Standing;
  readonly event: MingchouEvent;
}

/** Changes an inspector of one's own unit, once however often the request is sent; another unit's is the same 404 as none. */
async function onInspector(
  request: HttpRequest,
  change: (inspector: Inspector, changing: Changing) => Change,
): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, KEEPING);
  return settled(async () => {
    const { idempotency, answer: first } = await sentBefore(request, staff.staffNo);
    if (first !== undefined) {
      return first;
    }
    const asked = param(request, 'staffNo');
    const inspector = await loadInspector(store(), asked);
    if (inspector === undefined || !mayKeep(staff, inspector)) {
      return refuse('not-found', `没有找到 inspector ${asked} was not found.`);
    }
    const known = await loadStanding(store(), asked);
    const facts = ({ version }: Standing): EventFacts => ({
      time: request.at,
      about: { kind: 'inspector', id: asked, version },
      correlation: asked,
      causation: idempotency?.key ?? request.id,
      actor: { kind: 'person', id: staff.staffNo },
    });
    const { after, standing, event } = change(inspector, { known, staffNo: staff.staffNo, facts });
    const viewing = { today: dateInShanghai(request.at), showPhone: true };
    const answer = JSON.stringify(viewOf(after, standing, viewing));
    const outcome = await commit(store(), {
      at: request.at,
      once: idempotency && { consumer: 'inspections', ...idempotency, answer },
      writes: [
        savedStanding(standing),
        changedInspector(inspector, after, standing.warned),
        directoryPlace(after),
      ],
      events: [event],
    });
    return answerTo(outcome, idempotency, answer);
  });
}
