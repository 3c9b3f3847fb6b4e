import type { EventOf } from '#contracts/events.ts';
import { aftermathTemplates } from './aftermath-templates.ts';
import { movedDeadlines } from './calendar-wording.ts';
import { asked, withdrawn } from './correction-wording.ts';
import { credentialOf, ownCredential } from './directory-wording.ts';
import { deadlineTemplates } from './deadline-templates.ts';
import { scanned } from './risk-wording.ts';
import {
  assignedDirectly,
  cameInstead,
  joined,
  madeRoom,
  movedOn,
  ownUnit,
  recused,
  replaced,
  seatTaken,
} from './staffing-wording.ts';
import { day, facts, HASH, moment, shop, UNIT, type Template } from './template.ts';
import {
  assigned,
  awaited,
  beaconUnavailable,
  entered,
  fellBack,
  held,
  mergedLate,
  proposed,
  reminded,
  unstaffed,
  voided,
} from './wording.ts';

const PLAN = '明抽〔2026〕12号';
const inspection = facts({ kind: 'inspection', id: 'I-5f0c9a', version: 4 });
const draw = facts({ kind: 'draw', id: 'D-2b71e0', version: 3 });
const trigger = facts({ kind: 'trigger', id: 'T-8c44d1', version: 2 });

const assignment: EventOf<'inspection.assigned'> = {
  ...inspection,
  type: 'inspection.assigned',
  data: {
    draw: 'D-2b71e0',
    ...shop,
    team: [{ inspector: 'HP1001', unit: UNIT }],
    acceptBy: day('2026-09-03'),
  },
};
const joining: EventOf<'inspection.joined'> = {
  ...inspection,
  type: 'inspection.joined',
  data: {
    draw: 'D-2b71e0',
    planNumber: PLAN,
    how: 'drawn',
    ...shop,
    items: ['YS-001', 'YS-014'],
    units: [UNIT],
    team: [{ inspector: 'HP1001', unit: UNIT, joined: true }],
    acceptBy: day('2026-09-03'),
  },
};
const recusal: EventOf<'inspection.recused'> = {
  ...inspection,
  type: 'inspection.recused',
  data: { inspector: 'HP1001', unit: UNIT, kind: 'kinship', reason: '近亲属任职', ...shop, seatOpen: false },
};
const replacement: EventOf<'inspection.replaced'> = {
  ...inspection,
  type: 'inspection.replaced',
  data: {
    inspector: 'HP1001',
    successor: 'HP1004',
    unit: UNIT,
    why: 'unresponsive',
    reason: '两个工作日内未接受',
    ...shop,
    acceptBy: day('2026-09-07'),
  },
};
const directly: EventOf<'inspection.assigned-directly'> = {
  ...inspection,
  type: 'inspection.assigned-directly',
  data: {
    unit: UNIT,
    team: ['HP1001', 'HP1004'],
    newcomers: ['HP1004'],
    leavers: ['HP1002'],
    reason: '原检查人员外出培训',
    ...shop,
    acceptBy: day('2026-09-03'),
  },
};
const reminder: EventOf<'deadline.reminded'> = {
  ...facts({ kind: 'deadline', id: 'L-77aa01', version: 3 }),
  type: 'deadline.reminded',
  data: {
    deadline: 'publish',
    of: { kind: 'inspection', id: inspection.about.id },
    due: day('2026-09-29'),
    remaining: 3,
    level: 0,
    reaches: ['actor'],
    units: [UNIT],
  },
};
const committed: EventOf<'draw.committed'> = {
  ...draw,
  type: 'draw.committed',
  data: {
    commitmentHash: HASH,
    poolRoot: HASH,
    poolSize: 412,
    quota: 21,
    beacon: 'announced',
    readyAt: moment('2026-09-01T13:15:00.000Z'),
  },
};
const warned: EventOf<'inspector.warned'> = {
  ...facts({ kind: 'inspector', id: 'HP1001', version: 2 }),
  type: 'inspector.warned',
  data: {
    name: '张三',
    unit: UNIT,
    of: 'training',
    through: day('2026-10-31'),
    rung: '60',
    daysLeft: 60,
  },
};
const lapsed: EventOf<'inspector.warned'> = {
  ...warned,
  data: { ...warned.data, rung: 'lapsed', daysLeft: -1 },
};
const correction: EventOf<'correction.received'> = {
  ...facts({ kind: 'correction', id: 'C-90b3d2', version: 1 }),
  type: 'correction.received',
  data: {
    inspection: inspection.about.id,
    ...shop,
    units: [UNIT],
    from: 'public',
    answerBy: day('2026-09-08'),
  },
};
const about = `${shop.subjectName}（${inspection.about.id}）`;

export const templates: readonly Template[] = [
  {
    name: 'inspection.assigned',
    by: assigned,
    samples: [assigned(assignment), assigned({ ...assignment, data: { ...assignment.data, direct: true } })],
  },
  {
    name: 'inspection.joined',
    by: joined,
    samples: [joined(joining, true), joined(joining, false)],
  },
  {
    name: 'inspection.recused',
    by: recused,
    samples: [recused(recusal), recused({ ...recusal, data: { ...recusal.data, seatOpen: true } })],
  },
  { name: 'inspection.replaced', by: cameInstead, samples: [cameInstead(replacement)] },
  { name: 'inspection.replaced', by: madeRoom, samples: [madeRoom(replacement)] },
  { name: 'inspection.replaced', by: replaced, samples: [replaced(replacement)] },
  { name: 'inspection.assigned-directly', by: assignedDirectly, samples: [assignedDirectly(directly)] },
  { name: 'inspection.assigned-directly', by: movedOn, samples: [movedOn(directly)] },
  { name: 'inspection.assigned-directly', by: seatTaken, samples: [seatTaken(directly)] },
  {
    name: 'draw.staffing-requested',
    by: ownUnit,
    samples: [
      ownUnit(
        {
          ...draw,
          type: 'draw.staffing-requested',
          data: { title: '餐饮投诉触发抽查', units: [{ unit: UNIT, objects: 8 }] },
        },
        UNIT,
        8,
      ),
    ],
  },
  {
    name: 'deadline.reminded',
    by: reminded,
    samples: [3, 0, -1].map((remaining) =>
      reminded({ ...reminder, data: { ...reminder.data, remaining } }, about),
    ),
  },
  {
    name: 'calendar.recounted',
    by: movedDeadlines,
    samples: [
      movedDeadlines(2027, [
        {
          about,
          kind: 'publish',
          from: day('2027-02-08'),
          to: day('2027-02-22'),
          provisional: false,
          remaining: 12,
        },
      ]),
    ],
  },
  {
    name: 'trigger.held',
    by: held,
    samples: [
      held({ ...trigger, type: 'trigger.held', data: { title: '某餐馆后厨不洁', reason: '没有适用的规则' } }),
    ],
  },
  {
    name: 'trigger.merged',
    by: mergedLate,
    samples: [
      mergedLate({
        ...trigger,
        type: 'trigger.merged',
        data: { into: 'T-8c44d0', title: '某餐馆后厨不洁', late: shop.subjectId },
      }),
    ],
  },
  { name: 'inspector.warned', by: ownCredential, samples: [ownCredential(warned), ownCredential(lapsed)] },
  { name: 'inspector.warned', by: credentialOf, samples: [credentialOf(warned), credentialOf(lapsed)] },
  {
    name: 'scan.finished',
    by: scanned,
    samples: [
      scanned({
        ...facts({ kind: 'scan', id: '2026-09-01', version: 4 }),
        type: 'scan.finished',
        data: {
          day: day('2026-09-01'),
          counts: { evaluated: 812, raised: 5, changed: 2, cleared: 1, checks: 1, failed: 0 },
          cohorts: { looked: 9, fired: 1, coolingDown: 2, failed: 0 },
        },
      }),
    ],
  },
  {
    name: 'draw.proposed',
    by: proposed,
    samples: [
      proposed({
        ...draw,
        type: 'draw.proposed',
        data: { approval: 'lead-section', title: '餐饮投诉触发抽查', plan: PLAN, items: ['YS-001'] },
      }),
    ],
  },
  {
    name: 'draw.beacon-unavailable',
    by: beaconUnavailable,
    samples: [
      beaconUnavailable({ ...draw, type: 'draw.beacon-unavailable', data: { reason: '各中继均无法访问' } }),
    ],
  },
  {
    name: 'draw.committed',
    by: fellBack,
    samples: [
      fellBack({ ...committed, data: { ...committed.data, beaconWanted: 'drand' } }),
      fellBack({ ...committed, data: { ...committed.data, beacon: 'sealed', beaconWanted: 'drand' } }),
    ],
  },
  { name: 'draw.committed', by: awaited, samples: [awaited(committed)] },
  {
    name: 'draw.beacon-entered',
    by: entered,
    samples: [1, 2].map((entries) =>
      entered({ ...draw, type: 'draw.beacon-entered', data: { entries, agreed: false } }),
    ),
  },
  {
    name: 'draw.unstaffed',
    by: unstaffed,
    samples: [unstaffed({ ...draw, type: 'draw.unstaffed', data: { reason: `${UNIT} 可派人员不足两人` } })],
  },
  {
    name: 'draw.voided',
    by: voided,
    samples: [voided({ ...draw, type: 'draw.voided', data: { reason: '检查范围有误' } })],
  },
  {
    name: 'correction.received',
    by: asked,
    samples: [asked(correction), asked({ ...correction, data: { ...correction.data, from: 'staff' } })],
  },
  {
    name: 'inspection.withdrawn',
    by: withdrawn,
    samples: [
      withdrawn({
        ...inspection,
        type: 'inspection.withdrawn',
        data: {
          correction: correction.about.id,
          version: 2,
          publicationHash: HASH,
          previousHash: HASH,
          legalReason: '《政府信息公开条例》第十五条',
          ...shop,
        },
      }),
    ],
  },
  ...deadlineTemplates,
  ...aftermathTemplates,
];
