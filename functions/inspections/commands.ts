import { Invitation, NothingSaid, Recusing, Replacement } from '#contracts/api/inspections.ts';
import { Assignment } from '#contracts/api/inspection-lists.ts';
import { deadlineId, workWindow } from '#domain/deadline/deadline.ts';
import { chosenTeam } from '#domain/inspection/choice.ts';
import type { Inspection, InspectionCommand } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { recusedIn, type SubjectRecusals } from '#domain/inspector/recusal.ts';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import type { StateWrite } from '#store/commit.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { evidenceOf } from '#store/evidence.ts';
import { knownItems } from '#store/items.ts';
import { inspectorsByStaffNo, type Staff } from '#store/people.ts';
import { loadRecusals, recusalWrites } from '#store/recusals.ts';
import { nextInLine } from '#store/succession.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { calendar, store } from './asking.ts';
import { maySend } from './view.ts';

/** Who asks for what, of which inspection. */
export interface Asking {
  readonly staff: Staff;
  readonly inspection: Inspection;
  readonly request: HttpRequest;
}

/** A command with all that it is decided by, and what is stored beside the inspection. */
export interface Prepared {
  readonly command: InspectionCommand;
  readonly beside?: readonly StateWrite[];
}

/** These commands say all they have to say by their address. */
function nothingSaid(request: HttpRequest): void {
  if (request.body.byteLength > 0) {
    jsonBody(request, NothingSaid);
  }
}

const given = ({ staff, request }: Asking) => ({ by: staff.staffNo, at: request.at });

/** Ends the visit, or publishes its result. */
export function plain(kind: 'end' | 'publish') {
  return (asking: Asking): Promise<Prepared> => {
    nothingSaid(asking.request);
    return Promise.resolve({ command: { kind, ...given(asking) } });
  };
}

/** Accepts, or begins: each of the team must be able to act on the day (articles 5, 10). */
export function acting(kind: 'accept' | 'begin') {
  return async (asking: Asking): Promise<Prepared> => {
    nothingSaid(asking.request);
    return { command: { kind, ...given(asking), directory: await directoryOf(asking.inspection) } };
  };
}

function directoryOf({ team }: Inspection) {
  return inspectorsByStaffNo(
    store(),
    team.map(({ inspector }) => inspector),
  );
}

/** Enters the record, for the first time or again; what it cites has to be stored by now. */
export async function record(asking: Asking): Promise<Prepared> {
  const entered = jsonBody(asking.request, InspectionRecord);
  const known = await evidenceOf(store(), asking.inspection.id);
  const evidence = known.filter(({ status }) => status === 'stored').map(({ id }) => id);
  return { command: { kind: 'record', ...given(asking), record: entered, evidence } };
}

/** A member avoids the subject (回避): remembered for every later draw, and the next in line comes. */
export async function recuse(asking: Asking): Promise<Prepared> {
  const { staff, inspection, request } = asking;
  const { kind, reason } = jsonBody(request, Recusing);
  const subject = inspection.subject.id;
  const known = await loadRecusals(store(), subject);
  const successor = await next(inspection, staff.staffNo, known, request.at);
  return {
    command: { kind: 'recuse', ...given(asking), recusal: kind, reason, successor },
    beside: recusalWrites(known, subject, { inspector: staff.staffNo, kind, reason, at: request.at }),
  };
}

async function next(
  inspection: Inspection,
  inspector: string,
  recusals: SubjectRecusals | undefined,
  at: HttpRequest['at'],
) {
  return nextInLine(store(), inspection, { inspector, recusals, calendar: await calendar(), at });
}

/** Somebody who can't act makes room; whoever asks for it never chooses who comes. */
export async function replace(asking: Asking): Promise<Prepared> {
  const { staff, inspection, request } = asking;
  const asked = jsonBody(request, Replacement);
  const member = inspection.team.find(({ inspector }) => inspector === asked.inspector);
  refuseStranger(staff, member?.unit);
  const recusals = await loadRecusals(store(), inspection.subject.id);
  const [directory, deadline, successor] = await Promise.all([
    directoryOf(inspection),
    loadDeadline(store(), deadlineId('accept', inspection.id)),
    next(inspection, asked.inspector, recusals, request.at),
  ]);
  return {
    command: {
      kind: 'replace',
      ...given(asking),
      ...asked,
      directory,
      acceptBy: deadline.due,
      successor,
    },
  };
}

/** The unit's people are exactly these (直接选派, article 7(4)); the reason stays in the audit trail. */
export async function assign(asking: Asking): Promise<Prepared> {
  return assignment(asking, jsonBody(asking.request, Assignment));
}

/** The same of an assignment that may be meant for others as well. */
export async function assignment(
  asking: Asking,
  { unit, inspectors: staffNos, reason: why }: Assignment,
): Promise<Prepared> {
  const { staff, inspection, request } = asking;
  refuseStranger(staff, unit);
  // Before the people are judged: of a visit that has begun nobody has to hear that they would not fit.
  refuseWrongState(inspectionLifecycle, 'assign', inspection);
  const own = inspection.items.filter((item) => item.unit === unit).map(({ code }) => code);
  const [known, recusals, items] = await Promise.all([
    inspectorsByStaffNo(store(), staffNos),
    loadRecusals(store(), inspection.subject.id),
    knownItems(store(), own),
  ]);
  const members = chosenTeam({
    unit,
    staffNos,
    directory: new Map(known.map((inspector) => [inspector.staffNo, inspector])),
    recused: recusedIn(recusals),
    items,
    window: workWindow(await calendar(), request.at),
  });
  return { command: { kind: 'assign', ...given(asking), unit, members, reason: why } };
}

/** @throws Refusal `role-forbidden` unless the person is the head of the unit or of the lead section; of no unit, only of the lead section. */
function refuseStranger(staff: Staff, unit: string | undefined): void {
  if (unit === undefined ? staff.role !== 'unit' && staff.role !== 'lead-section' : !maySend(staff, unit)) {
    refuse(
      'role-forbidden',
      `须由承担单位负责人或牵头科室办理 It takes the head of ${unit ?? 'the unit'} or the lead section.`,
    );
  }
}

/** A professional or an agency comes along (article 9): asked by the team or the head of one of its units. */
export function invite(asking: Asking): Promise<Prepared> {
  const expert = jsonBody(asking.request, Invitation);
  return Promise.resolve({ command: { kind: 'invite', ...given(asking), expert } });
}
