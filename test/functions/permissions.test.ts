import { beforeAll, describe, expect, it } from 'vitest';
import type { Correction, CorrectionStatus } from '#domain/correction/correction.ts';
import { correctionLifecycle } from '#domain/correction/lifecycle.ts';
import { deadlineId, startDeadline, type CountedKind } from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { Draw, type DrawStatus } from '#domain/draw/draw.ts';
import type { Inspection, InspectionStatus } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { publicationOf } from '#domain/inspection/publication.ts';
import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { triggerLifecycle } from '#domain/trigger/lifecycle.ts';
import type { Trigger, TriggerStatus } from '#domain/trigger/trigger.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { createdCorrection } from '#store/corrections.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { createdDraw } from '#store/draws.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { createdPublication } from '#store/publications.ts';
import type { StateTable } from '#store/store.ts';
import { createdTrigger } from '#store/triggers.ts';
import { ProblemDocument } from '#web/problem.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import {
  assignedInspection,
  cleanRecord,
  day,
  MONDAY,
  sampleDraw,
  sampleInspector,
} from '../support/samples.ts';

/*
 * Every command in every state by everybody, over HTTP against the handlers: what the regulation lets each of them do is
 * written out here again, in words that the product does not share.
 */

const OWN = '商务综合执法大队';
/** Everybody who may ask. `T` is on the team, `H` heads a unit of the visit, `O` another, `I` is an inspector who is not on the team. */
const people = {
  T: ['GX-001', 'inspector', OWN],
  H: ['HEAD', 'unit', OWN],
  L: ['LEAD', 'lead-section', '牵头科室'],
  S: ['SUPERVISOR', 'supervisor', '督查室'],
  A: ['ADMIN', 'administrator', '信息中心'],
  B: ['BUSINESS', 'business-section', '业务科'],
  O: ['OTHER', 'unit', '市容大队'],
  I: ['GX-009', 'inspector', OWN],
} as const satisfies Readonly<Record<string, readonly [string, PersonRole, string]>>;
type Letter = keyof typeof people;
const letters = ['T', 'H', 'L', 'S', 'A', 'B', 'O', 'I'] as const satisfies readonly Letter[];

let state: StateTable;
const calls = new Map<string, (event: unknown) => Promise<unknown>>();

/** What is expected of each command: who may (letters), from which states, and what its taking is answered with. */
interface Expected {
  readonly may: string;
  readonly from: string;
  /** `done`, or the reason for which this sample is refused after person and state were found right. */
  readonly answered?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it is not the one that takes the others. */
  readonly handler?: string;
  readonly route: string;
}

interface Kind<Status extends string> {
  readonly lifecycle: Lifecycle<Status, string>;
  readonly handler: string;
  /** Commands that follow by themselves and have no route. */
  readonly bySystem: readonly string[];
  /** Whoever the record is hidden from: it is not there for them. */
  readonly blind: string;
  readonly commands: Readonly<Record<string, Expected>>;
  /** What has to be stored for a record of a state. */
  readonly made: (id: string, status: Status) => readonly StateWrite[];
}

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, {
    ADMINISTRATORS: '',
    CORRECTIONS_PER_DAY: '100',
    EVIDENCE_BUCKET: 'evidence',
    PLAN_NUMBER_TEMPLATE: '明抽〔{year}〕{serial}号',
  });
  for (const name of ['inspections', 'archive', 'cases', 'corrections', 'follow-ups'] as const) {
    calls.set(name, await handlerOf(name));
  }
  const staff = Object.values(people).map(([staffNo, role, unit]) =>
    Person.parse({ staffNo, name: staffNo, role, unit }),
  );
  await commit(state, {
    at: MONDAY,
    writes: [createdTrigger(triggerIn(FIRED, 'fired')), createdDraw(sentOut)],
    events: [],
  });
  await putPages(state, [
    ...libraryItems('people', staff),
    ...libraryItems('inspectors', [
      sampleInspector('GX-001', OWN),
      sampleInspector('GX-002', '节能监察中心'),
      sampleInspector('GX-003', OWN),
      sampleInspector('GX-004', OWN),
    ]),
  ]);
});

const triggerIn = (id: string, status: TriggerStatus): Trigger => ({
  id,
  version: 1,
  status,
  source: 'hotline-12345',
  senderId: id,
  receivedAt: MONDAY,
  report: { category: 'complaint', title: '加油站计量不准' },
});
/** One that others may be merged into. */
const FIRED = 'T-ffffffffffffffffffffffff';

const drawIn = (id: string, status: DrawStatus, more: object = {}): Draw =>
  sampleDraw({ id, status, correlation: id, unstaffed: '无人', unbeaconed: '无信标', ...more });
/** The one that sent the inspections out: who is next in line follows from its seed. */
const sentOut = drawIn('D-000000000000000000000001', 'dispatched', {
  drawn: { at: MONDAY, beaconValue: 'ab'.repeat(32), seed: 'cd'.repeat(32), selected: 1 },
});

/** A number of its own for each record: one that a command was taken for is not the one of the next case. */
let made = 1;
async function stored<Status extends string>(
  { made: writes, lifecycle }: Kind<Status>,
  status: Status,
): Promise<string> {
  made += 1;
  const prefix = { inspection: 'I', draw: 'D', trigger: 'T', correction: 'C' }[lifecycle.name] ?? 'X';
  const id = `${prefix}-${String(made).padStart(24, '0')}`;
  await commit(state, { at: MONDAY, writes: writes(id, status), events: [] });
  return id;
}

async function outcomeOf(handler: string, { route, body, headers }: Expected, id: string, by: Letter) {
  const call = calls.get(handler);
  if (call === undefined) throw new TypeError(`${handler} was not loaded`);
  const answer = answerOf(
    await call(
      gatewayEvent({
        route,
        params: { id },
        person: people[by][0],
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    ),
  );
  return answer.statusCode < 300
    ? 'done'
    : ProblemDocument.parse(JSON.parse(answer.body)).type.replace('urn:mingchou:problem:', '');
}

function expectedOf(expected: Expected, status: string, by: Letter, blind: string): string {
  if (blind.includes(by)) return 'not-found';
  if (!expected.may.includes(by)) return expected.may === 'T' ? 'not-on-team' : 'role-forbidden';
  return expected.from.split(' ').includes(status) ? (expected.answered ?? 'done') : 'wrong-state';
}

function tableOf<Status extends string>(kind: Kind<Status>): void {
  const { lifecycle, handler, commands, bySystem, blind } = kind;
  const statuses = Object.keys(lifecycle.statuses).filter((one): one is Status => one in lifecycle.statuses);

  it('names every command of the lifecycle', () => {
    expect([...Object.keys(commands), ...bySystem].toSorted()).toEqual(
      Object.keys(lifecycle.steps).toSorted(),
    );
  });

  it.each(Object.entries(commands))('%s: in every state, by everybody', async (command, expected) => {
    const found: string[] = [];
    const wanted: string[] = [];
    for (const status of statuses) {
      let id = await stored(kind, status);
      for (const by of letters) {
        const want = expectedOf(expected, status, by, blind);
        const outcome = await outcomeOf(expected.handler ?? handler, expected, id, by);
        wanted.push(`${command} ${status} ${by}: ${want}`);
        found.push(`${command} ${status} ${by}: ${outcome}`);
        if (outcome === 'done') id = await stored(kind, status);
      }
    }
    expect(found).toEqual(wanted);
  });
}

const deadline = (
  kind: CountedKind,
  of: { readonly kind: 'inspection' | 'draw' | 'trigger' | 'correction'; readonly id: string },
) =>
  createdDeadline(
    startDeadline(countedByDefault(stateCouncilCalendar()), {
      id: deadlineId(kind, of.id),
      kind,
      of,
      correlation: of.id,
      startedAt: MONDAY,
    }),
  );

/** An inspection in a state, with all that the steps up to it left. */
function inspectionIn(id: string, status: InspectionStatus): Inspection {
  const rank = Object.keys(inspectionLifecycle.statuses).indexOf(status);
  const team = assignedInspection.team.map((one) => (rank > 0 ? { ...one, acceptedAt: MONDAY } : one));
  return {
    ...assignedInspection,
    id,
    status,
    team,
    ...(rank > 0 ? { acceptedAt: MONDAY } : {}),
    ...(rank > 1 ? { begunAt: MONDAY } : {}),
    ...(rank > 2 ? { endedAt: MONDAY, publishBy: { date: day('2026-03-30'), provisional: false } } : {}),
    ...(rank > 3 ? { recordedAt: MONDAY, record: cleanRecord } : {}),
    ...(rank > 4 ? { publishedAt: MONDAY } : {}),
  };
}

describe('articles 5, 7(4), 7(5), 7(6), 10, 14: an inspection', () => {
  const path = (last: string) => `POST /inspections/{id}/${last}`;
  tableOf<InspectionStatus>({
    lifecycle: inspectionLifecycle,
    handler: 'inspections',
    bySystem: ['join', 'succeed', 'close'],
    blind: 'BOI',
    commands: {
      accept: { may: 'T', from: 'assigned', route: path('accept') },
      recuse: {
        may: 'T',
        from: 'assigned accepted',
        route: path('recuse'),
        body: { kind: 'kinship', reason: '近亲属在该企业任职' },
      },
      replace: {
        may: 'HL',
        from: 'assigned accepted',
        // Nobody makes room who can act.
        answered: 'member-can-act',
        route: path('replace'),
        body: { inspector: 'GX-001', reason: '外出' },
      },
      assign: {
        may: 'HL',
        from: 'assigned accepted',
        route: path('assign'),
        body: { unit: OWN, inspectors: ['GX-003', 'GX-004'], reason: '熟悉业务' },
      },
      begin: { may: 'T', from: 'accepted', route: path('begin') },
      invite: {
        may: 'TH',
        from: 'assigned accepted begun ended',
        route: path('experts'),
        body: { name: '专家甲', organisation: '检测所', role: '检测' },
      },
      end: { may: 'T', from: 'begun', route: path('end') },
      record: {
        may: 'T',
        from: 'ended recorded',
        route: path('record'),
        body: cleanRecord,
        // Whoever enters it again says which one they have seen.
        headers: { 'if-match': '"1"' },
      },
      publish: { may: 'T', from: 'recorded', route: path('publish') },
      archive: {
        may: 'TH',
        from: 'closed',
        // Of this one nothing was kept but the record.
        answered: 'archive-incomplete',
        route: path('archive'),
        handler: 'archive',
      },
    },
    made: (id, status) => [
      ...createdInspection(inspectionIn(id, status)),
      ...(['accept', 'finish', 'publish'] as const).map((kind) => deadline(kind, { kind: 'inspection', id })),
    ],
  });
});

describe('articles 5, 7(1), 7(2): a draw', () => {
  const path = (last: string) => `POST /draws/{id}/${last}`;
  tableOf<DrawStatus>({
    lifecycle: drawLifecycle,
    handler: 'cases',
    bySystem: [
      'gather',
      'commit',
      'receive-beacon',
      'reveal',
      'staff',
      'dispatch',
      'close',
      // Of the units, each for its own part: see the journeys of joint visits.
      'choose-teams',
    ],
    blind: '',
    commands: {
      approve: { may: 'L', from: 'proposed', route: path('approve') },
      freeze: { may: 'L', from: 'approved gathering', route: path('freeze') },
      match: { may: 'L', from: 'drawn', route: path('match') },
      'enter-beacon': {
        may: 'LBS',
        from: 'committed',
        // This draw's beacon is a sealed one.
        answered: 'beacon-not-entered',
        route: path('beacon'),
        body: { value: '01 02' },
      },
      void: {
        may: 'L',
        from: 'proposed approved gathering committed drawn',
        route: path('void'),
        body: { reason: '条件有误' },
      },
      replace: { may: 'L', from: 'voided', route: path('redraw') },
    },
    made: (id, status) => [
      createdDraw(drawIn(id, status)),
      ...(['approve', 'reveal'] as const).map((kind) => deadline(kind, { kind: 'draw', id })),
    ],
  });
});

describe('article 2: a trigger', () => {
  const path = (last: string) => `POST /triggers/{id}/${last}`;
  tableOf<TriggerStatus>({
    lifecycle: triggerLifecycle,
    handler: 'cases',
    bySystem: ['fire-by-rule', 'merge-by-rule', 'hold', 'take-in'],
    blind: '',
    commands: {
      fire: {
        may: 'L',
        from: 'triaging',
        // No such policy was adopted.
        answered: 'body-invalid',
        route: path('fire'),
        body: { policy: 'complaint-fuel' },
      },
      merge: {
        may: 'L',
        from: 'triaging',
        route: path('merge'),
        body: { into: FIRED, reason: '同一事件' },
      },
      dismiss: { may: 'L', from: 'triaging', route: path('dismiss'), body: { reason: '不属管辖' } },
    },
    made: (id, status) => [
      createdTrigger(triggerIn(id, status)),
      deadline('triage', { kind: 'trigger', id }),
    ],
  });
});

describe('article 16: a correction', () => {
  const grant = 'POST /corrections/{id}/grant';
  tableOf<CorrectionStatus>({
    lifecycle: correctionLifecycle,
    handler: 'corrections',
    bySystem: [],
    // A member of the team sees those only that they asked for themselves.
    blind: 'TBOI',
    commands: {
      correct: {
        may: 'HL',
        from: 'received',
        route: grant,
        body: {
          kind: 'correct',
          version: 1,
          reason: '录入有误',
          changes: { subjectName: '示例加油站有限公司' },
        },
      },
      withdraw: {
        may: 'HL',
        from: 'received',
        route: grant,
        body: { kind: 'withdraw', version: 1, legalReason: '依法不予公示' },
      },
      refuse: {
        may: 'HL',
        from: 'received',
        route: 'POST /corrections/{id}/refuse',
        body: { reason: '公示无误' },
      },
    },
    made: (id, status) => {
      const inspection = inspectionIn(id.replace('C-', 'I-'), 'published');
      const correction: Correction = {
        id,
        version: 1,
        status,
        inspection: inspection.id,
        correlation: inspection.correlation,
        subject: { id: inspection.subject.id, name: inspection.subject.name },
        units: [OWN],
        of: 1,
        requester: { kind: 'staff', staffNo: 'SOMEBODY' },
        wrong: '企业名称有误',
        right: '示例加油站有限公司',
        receivedAt: MONDAY,
      };
      return [
        ...createdInspection(inspection),
        createdPublication(publicationOf(inspection)),
        createdCorrection(correction),
        deadline('correct', { kind: 'correction', id }),
      ];
    },
  });
});
