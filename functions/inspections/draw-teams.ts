import { Choosing, type Chosen, type TeamsToChoose } from '#contracts/api/inspections.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId, meetDeadline, workWindow } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { Draw } from '#domain/draw/draw.ts';
import { choiceFaults, membersOf, refuseFaulty, type Choice } from '#domain/inspection/choice.ts';
import { qualificationsOf, visitsByUnit, type Visit } from '#domain/inspection/form.ts';
import { eligibility } from '#domain/inspector/inspector.ts';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import type { Instant } from '#domain/time/time.ts';
import { CountedBy, countedByKeys, countingOf } from '#store/calendars.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import {
  readChosenTeams,
  updatedDraw,
  writeChosenTeams,
  type ChosenTeams,
  type TeamOfObject,
} from '#store/draws.ts';
import { stateKey } from '#store/keys.ts';
import { inspectorsByStaffNo, inspectorsOf, requireRole } from '#store/people.ts';
import { sendingOf } from '#store/sending.ts';
import { DirectStaffing, savedDirectStaffing } from '#store/staffing.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { person, personBeside, reference, sentBefore, store } from './asking.ts';

/** A draw as the head of one of its units sees it. */
interface OwnPart {
  readonly staffNo: string;
  readonly unit: string;
  readonly draw: Draw;
  readonly counting: Counting;
  /** What the units have chosen; undefined before the first of them has. */
  readonly staffing: DirectStaffing | undefined;
  /** Where the unit sends a team, and what for. */
  readonly visits: readonly Visit[];
  /** Every unit that sends one. */
  readonly units: readonly string[];
  /** For each object that somebody is recused for, the staff numbers of those people. */
  readonly recused: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The draw whose teams the asking head of a unit may choose: its own part, or the same 404 as a draw that does not exist.
 * @throws Refusal `role-forbidden`, `not-found`, `wrong-state`
 */
async function ownPart(request: HttpRequest): Promise<OwnPart> {
  const id = param(request, 'id');
  const [ofDraw, ofStaffing] = [stateKey('DRAW', id), stateKey('STAFFING', id)];
  const { staff, found } = await personBeside(request, [ofDraw, ofStaffing, ...countedByKeys]);
  requireRole(staff, ['unit']);
  const draw = found.one(Draw, ofDraw);
  if (draw?.proof === undefined) {
    return refuse('not-found', `没有找到 draw ${id} was not found.`);
  }
  const { subjects, items, withheld, recused } = await sendingOf(store(), draw);
  const all = visitsByUnit(subjects, items, withheld);
  const visits = all.get(staff.unit) ?? [];
  if (visits.length === 0) {
    refuse('not-found', `没有找到 draw ${id} was not found.`);
  }
  refuseOtherState(draw);
  const units = [...all].flatMap(([unit, own]) => (own.length > 0 ? [unit] : []));
  return {
    staffNo: staff.staffNo,
    unit: staff.unit,
    draw,
    counting: countingOf(reference(), found.all(CountedBy, countedByKeys)),
    staffing: found.one(DirectStaffing, ofStaffing),
    visits,
    units,
    recused,
  };
}

/** Units choose where the draw says so, and where the random matching found nobody (article 7(4)). */
function refuseOtherState(draw: Draw): void {
  refuseWrongState(drawLifecycle, 'choose-teams', draw);
  const { id, status, staffing, unstaffed } = draw;
  if (staffing !== 'direct' && unstaffed === undefined) {
    refuse(
      'wrong-state',
      `${id} 的状态为 ${status}（${staffing}），只有直接选派或无法匹配的抽查可以选派 is ${status} with ${staffing} staffing; teams are chosen while it is drawn and its staffing is direct or failed.`,
    );
  }
}

/** What a unit has to choose: its objects with what is checked there, its people, and who of them must avoid which object. */
export async function teamsToChoose(request: HttpRequest): Promise<Answer> {
  const { draw, unit, counting, staffing, visits, recused } = await ownPart(request);
  const window = workWindow(counting, request.at);
  const people = await inspectorsOf(store(), unit);
  const chosen = staffing?.units.find((one) => one.unit === unit);
  const answer: TeamsToChoose = {
    draw: draw.id,
    title: draw.title,
    unit,
    objects: visits.map(({ subject, items }) => ({
      id: subject.id,
      name: subject.name,
      items: items.map(({ code }) => code),
      qualifications: [...qualificationsOf(items)],
      recused: [...(recused.get(subject.id) ?? [])],
    })),
    inspectors: people
      .filter((inspector) => eligibility(inspector, { unit, ...window }).eligible)
      .map(({ staffNo, name, qualifications }) => ({ staffNo, name, qualifications })),
    ...(chosen === undefined ? {} : { chosen: { by: chosen.by, at: chosen.at, reason: chosen.reason } }),
  };
  return json(200, answer);
}

/** 10,000 objects with teams of six. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * A unit chooses its people for all of its objects at once, or for none (article 7(4)). With the last unit the draw is
 * matched, and goes out as one whose teams were drawn.
 */
export async function chooseTeams(request: HttpRequest): Promise<Answer> {
  return settled(async () => {
    const { staffNo } = await person(request);
    const { idempotency, answer: first } = await sentBefore(request, staffNo);
    if (first !== undefined) {
      return first;
    }
    const part = await ownPart(request);
    const { draw, unit } = part;
    const choosing = jsonBody(request, Choosing, MAX_BYTES);
    const teams = await fittingTeams(part, choosing, request.at);
    const chosen = await writeChosenTeams(store(), draw.id, teams);
    const staffing = withUnit(part, {
      at: request.at,
      reason: choosing.reason,
      teams: chosen,
    });
    const missing = part.units.filter((one) => staffing.units.every((known) => known.unit !== one));
    const complete =
      missing.length === 0
        ? await writeChosenTeams(store(), draw.id, await together(draw, staffing))
        : undefined;
    const next: Draw = {
      ...draw,
      version: draw.version + 1,
      ...(complete && matchedAs(complete, request.at)),
    };
    const told: Chosen = { draw: draw.id, unit, teams: teams.length, missing };
    const answer = JSON.stringify(told);
    const outcome = await commit(store(), {
      at: request.at,
      once: idempotency && { consumer: 'inspections', ...idempotency, answer },
      writes: [
        updatedDraw(next),
        savedDirectStaffing({ ...staffing, ...(complete === undefined ? {} : { teams: complete }) }),
        ...(complete === undefined ? [] : await metChoosing(draw, request.at)),
      ],
      events: eventsOf(next, staffing, {
        time: request.at,
        about: { kind: 'draw', id: draw.id, version: next.version },
        correlation: draw.correlation,
        causation: idempotency?.key ?? request.id,
        actor: { kind: 'person', id: staffNo },
      }),
    });
    return answerTo(outcome, idempotency, answer);
  });
}

/** Every unit has chosen. Where the random matching failed and nobody was asked to choose there is no deadline. */
async function metChoosing({ id, staffing }: Draw, at: Instant): Promise<StateWrite[]> {
  return staffing === 'direct'
    ? [updatedDeadline(meetDeadline(await loadDeadline(store(), deadlineId('match', id)), at))]
    : [];
}

/** The teams of the unit's objects, in the order of the objects. @throws Refusal `teams-incomplete`, `team-below-two`, `team-invalid` */
async function fittingTeams(
  { unit, visits, counting, recused }: OwnPart,
  { teams }: Choosing,
  at: Instant,
): Promise<TeamOfObject[]> {
  refuseIncomplete(visits, teams);
  const visit = new Map<string, Visit>(visits.map((one) => [one.subject.id, one]));
  const known = await inspectorsByStaffNo(
    store(),
    teams.flatMap(({ inspectors }) => inspectors),
  );
  const directory = new Map(known.map((inspector) => [inspector.staffNo, inspector]));
  const window = workWindow(counting, at);
  const choices = teams.map(({ object, inspectors }): readonly [string, Choice] => [
    object,
    {
      unit,
      staffNos: inspectors,
      directory,
      recused: recused.get(object) ?? new Set(),
      items: visit.get(object)?.items ?? [],
      window,
    },
  ]);
  refuseFaulty(choices.flatMap(([, choice], place) => choiceFaults(choice, `/teams/${place}/inspectors`)));
  return choices.map(([objectId, choice]) => ({
    objectId,
    members: membersOf(choice).map(({ inspector, name, unit: of, certificate }) => ({
      staffNo: inspector,
      name,
      unit: of,
      certificate,
    })),
  }));
}

/** @throws Refusal `teams-incomplete` unless each object of the unit has one team, and nothing else has any */
function refuseIncomplete(visits: readonly Visit[], teams: Choosing['teams']): void {
  const own = new Set<string>(visits.map(({ subject }) => subject.id));
  const seen = new Set<string>();
  const fields: FieldError[] = teams.flatMap(({ object }, at) => {
    const fits = own.has(object) && !seen.has(object);
    seen.add(object);
    return fits
      ? []
      : [
          {
            pointer: `/teams/${at}/object`,
            detail: `${object} 不在名单或重复 is none of the unit's, or there twice`,
          },
        ];
  });
  const missing = [...own].filter((id) => !seen.has(id));
  fields.push(...missing.map((id) => ({ pointer: '/teams', detail: `缺少 ${id} has no team in the list` })));
  if (fields.length > 0) {
    refuse(
      'teams-incomplete',
      '须一次选派本单位的全部检查对象 A unit chooses for all of its objects at once; see errors.',
      fields,
    );
  }
}

function withUnit(
  { draw, unit, staffNo: by, staffing: known }: OwnPart,
  chosen: Omit<DirectStaffing['units'][number], 'unit' | 'by'>,
): DirectStaffing {
  const others = known?.units.filter((one) => one.unit !== unit) ?? [];
  return {
    id: draw.id,
    version: (known?.version ?? 0) + 1,
    units: [...others, { unit, by, ...chosen }],
  };
}

/** All units of one object together (article 3), as a matching's teams are. */
async function together(draw: Draw, { units }: DirectStaffing): Promise<TeamOfObject[]> {
  const byObject = new Map<string, TeamOfObject['members']>();
  for (const { teams } of units) {
    for (const { objectId, members } of await readChosenTeams(store(), draw.id, teams)) {
      byObject.set(objectId, [...(byObject.get(objectId) ?? []), ...members]);
    }
  }
  return [...byObject].map(([objectId, members]) => ({ objectId, members }));
}

/** The draw once every unit has chosen. Its proof stays that of the selection: no seed chose these teams. */
function matchedAs({ pages }: ChosenTeams, at: Instant) {
  return { status: 'matched', matched: { at, pages }, unstaffed: undefined } as const;
}

/** That the unit that comes last in the list has chosen, and that the draw is matched if it is. */
function eventsOf(draw: Draw, { units }: DirectStaffing, facts: EventFacts): MingchouEvent[] {
  const newest = units.at(-1);
  if (newest === undefined || draw.proof === undefined) {
    throw new TypeError(`nobody chose for ${draw.id}, or it is not drawn`);
  }
  const { unit, teams, reason } = newest;
  const told = newEvent('draw.teams-chosen', {
    ...facts,
    data: { unit, teams: teams.count, teamsHash: teams.hash, reason },
  });
  if (draw.status !== 'matched') {
    return [told];
  }
  const all = units.reduce((sum, one) => sum + one.teams.count, 0);
  return [told, newEvent('draw.matched', { ...facts, data: { teams: all, proofHash: draw.proof.hash } })];
}
