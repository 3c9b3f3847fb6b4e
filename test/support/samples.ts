import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { Deadline } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/draw.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { Policy } from '#domain/policy/policy.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';

export const at = (text: string): Instant => Instant.parse(text);
export const day = (text: string): CalendarDate => CalendarDate.parse(text);

/** Monday 2 March 2026, 09:30 in Shanghai. */
export const MONDAY = at('2026-03-02T01:30:00.000Z');

/** An event about a trigger; `cause` makes it another one. */
export function sampleEvent(trigger: string, cause: string, version = 1): MingchouEvent {
  return newEvent('trigger.received', {
    time: MONDAY,
    about: { kind: 'trigger', id: trigger, version },
    correlation: trigger,
    causation: cause,
    actor: { kind: 'source', id: 'hotline-12345' },
    data: { source: 'hotline-12345', category: 'complaint', title: '加油站计量不准' },
  });
}

/** An inspection of two items by a team of two, as dispatched. */
export const assignedInspection: Inspection = Inspection.parse({
  id: 'I-000000000000000000000001',
  version: 1,
  status: 'assigned',
  correlation: 'T-000000000000000000000001',
  draws: [{ id: 'D-000000000000000000000001', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
  subject: { id: '91410381MA00000001', name: '示例加油站', territory: '410381', creditClass: 'C' },
  items: [
    { code: 'YS-001', matter: '成品油零售经营', legalBasis: '成品油市场管理办法', unit: '商务综合执法大队' },
    { code: 'YS-002', matter: '加油机计量', legalBasis: '计量法', unit: '节能监察中心' },
  ],
  team: [
    { inspector: 'GX-001', name: '张三', unit: '商务综合执法大队', certificate: '16030001' },
    { inspector: 'GX-002', name: '李四', unit: '节能监察中心', certificate: '16030002' },
  ],
  assignedAt: MONDAY,
});

/** A draw as it stands when it is proposed. */
export const sampleDraw = (change: object = {}): Draw =>
  Draw.parse({
    id: 'D-1',
    version: 1,
    status: 'proposed',
    correlation: 'D-1',
    plan: { id: 'P-1', number: '明抽〔2026〕1号' },
    title: '加油站抽查',
    items: ['YS-001'],
    criteria: {},
    rule: { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1000, D: 10_000 } },
    named: [],
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'sealed' } },
    proposedAt: MONDAY,
    ...change,
  });

/** Whoever may go: certified, trained and present for years. */
export const sampleInspector = (
  staffNo: string,
  unit: string,
  change: Partial<Inspector> = {},
): Inspector => ({
  ...Inspector.parse({
    staffNo,
    name: `检查员${staffNo}`,
    unit,
    certificates: [{ number: `9999${staffNo}`, validThrough: '2030-12-31' }],
    qualifications: [],
    trainedThrough: '2030-12-31',
    status: 'active',
    expert: false,
    leave: [],
  }),
  ...change,
});

/** The people of `assignedInspection`'s team, as the library has them. */
export const sampleDirectory: readonly Inspector[] = [
  sampleInspector('GX-001', '商务综合执法大队'),
  sampleInspector('GX-002', '节能监察中心'),
];

/** A record that finds nothing, for the two items of `assignedInspection`. */
export const cleanRecord: InspectionRecord = InspectionRecord.parse({
  results: [1],
  methods: ['on-site'],
  findings: [
    { item: 'YS-001', checked: true, finding: '无', handling: '无' },
    { item: 'YS-002', checked: true, finding: '无', handling: '无' },
  ],
  signature: { signed: true, by: '王五', capacity: 'legal-representative' },
  followUps: ['none'],
});

export const openDeadline: Deadline = Deadline.parse({
  id: 'L-000000000000000000000001',
  version: 1,
  kind: 'publish',
  of: { kind: 'inspection', id: assignedInspection.id },
  correlation: assignedInspection.correlation,
  startedAt: MONDAY,
  due: '2026-03-30',
  provisional: false,
  status: 'open',
  nextRung: '2026-03-16',
});

export const fuelPolicy: Policy = Policy.parse({
  id: 'complaint-fuel',
  version: 1,
  name: '加油站投诉抽查',
  effectiveFrom: '2026-01-01',
  when: 'trigger.category == "complaint"',
  draw: {
    items: ['YS-001'],
    criteria: { territory: 'from-trigger', industry: ['F526'] },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'automatic',
    teamSize: 2,
  },
});
