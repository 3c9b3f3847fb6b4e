import { describe, expect, it } from 'vitest';
import {
  decide,
  Inspection,
  type InspectionCommand,
  type InspectionCommandKind,
  type InspectionStatus,
} from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import { refusalOf } from '../../support/refusals.ts';
import {
  assignedInspection,
  at,
  cleanRecord,
  day,
  sampleDirectory,
  sampleInspector,
} from '../../support/samples.ts';

const LATER = at('2026-03-03T02:00:00.000Z');
const UNIT = '商务综合执法大队';
const member = (inspector: string, unit = UNIT): InspectionMember => ({
  inspector,
  name: `检查员${inspector}`,
  unit,
  certificate: `9999${inspector}`,
});
const successor = member('GX-003');

/** One command of each kind that nothing but the state speaks against. */
function command(kind: InspectionCommandKind, by = 'GX-001'): InspectionCommand {
  const given = { by, at: LATER };
  switch (kind) {
    case 'accept':
    case 'begin':
      return { kind, ...given, directory: sampleDirectory };
    case 'recuse':
      return { kind, ...given, recusal: 'kinship', reason: '近亲属', successor };
    case 'replace':
      // Nobody of the library: whoever was on the team can't act any more.
      return {
        kind,
        ...given,
        inspector: 'GX-001',
        reason: '调离',
        directory: [],
        acceptBy: day('2026-03-04'),
        successor,
      };
    case 'assign':
      return {
        kind,
        ...given,
        unit: UNIT,
        members: [member('GX-003'), member('GX-004')],
        reason: '熟悉业务',
      };
    case 'succeed':
      return {
        kind,
        ...given,
        acceptBy: day('2026-03-02'),
        successors: [{ inspector: 'GX-001', successor: member('GX-003') }],
      };
    case 'join':
      return {
        kind,
        ...given,
        draw: { id: 'D-2', planNumber: '明抽〔2026〕4号', how: 'drawn' },
        items: [{ code: 'YS-009', matter: '计量', legalBasis: '计量法', unit: UNIT }],
        members: [],
      };
    case 'record':
      return { kind, ...given, record: cleanRecord, evidence: [] };
    case 'invite':
      return { kind, ...given, expert: { name: '专家甲', organisation: '检测所', role: '检测' } };
    case 'archive':
      return { kind, ...given, number: `${UNIT}-SSJ·2026-0001` };
    case 'end':
    case 'publish':
    case 'close':
      return { kind, ...given };
  }
}
const inState = (status: InspectionStatus): Inspection => ({
  ...assignedInspection,
  status,
  version: 7,
  ...(status === 'assigned'
    ? {}
    : { team: assignedInspection.team.map((one) => ({ ...one, acceptedAt: LATER })), acceptedAt: LATER }),
});

const statuses = [
  'assigned',
  'accepted',
  'begun',
  'ended',
  'recorded',
  'published',
  'closed',
  'archived',
] as const;
/** Written out again on purpose: the lifecycle of the regulation, not the table of the code. */
const taken = [
  ['accept', 'assigned', 'assigned'],
  ['recuse', 'assigned', 'assigned'],
  ['recuse', 'accepted', 'assigned'],
  ['replace', 'assigned', 'assigned'],
  ['replace', 'accepted', 'assigned'],
  ['succeed', 'assigned', 'assigned'],
  ['assign', 'assigned', 'assigned'],
  ['assign', 'accepted', 'assigned'],
  ['join', 'assigned', 'assigned'],
  ['join', 'accepted', 'accepted'],
  ['begin', 'accepted', 'begun'],
  ['end', 'begun', 'ended'],
  ['record', 'ended', 'recorded'],
  ['record', 'recorded', 'recorded'],
  ['publish', 'recorded', 'published'],
  ['close', 'published', 'closed'],
  ['archive', 'closed', 'archived'],
  ['invite', 'assigned', 'assigned'],
  ['invite', 'accepted', 'accepted'],
  ['invite', 'begun', 'begun'],
  ['invite', 'ended', 'ended'],
] as const;
const kinds = [...new Set(taken.map(([kind]) => kind))];
const from = (kind: InspectionCommandKind) =>
  taken.flatMap(([taker, status]) => (taker === kind ? [status] : []));
const refused = kinds.flatMap((kind) =>
  statuses
    .filter((status) => from(kind).every((allowed) => allowed !== status))
    .map((status) => [kind, status, from(kind).join(' or ')] as const),
);
const ofTheTeam = ['accept', 'recuse', 'begin', 'end', 'record', 'publish'] as const;

describe('an inspection', () => {
  it('is taken through every command that there is', () => {
    expect(kinds.toSorted()).toEqual(Object.keys(inspectionLifecycle.steps).toSorted());
    expect(refused.length + taken.length).toBe(kinds.length * statuses.length);
  });

  it.each(taken)('article 7(5): takes %s from %s and is then %s', (kind, status, then) => {
    const next = decide(inState(status), command(kind));
    expect([next.status, next.version]).toEqual([then, 8]);
    expect(Inspection.parse(next)).toEqual(next);
  });

  it.each(refused)(
    'article 7(5): refuses %s while it is %s, naming that state and %s',
    (kind, status, allowed) => {
      const refusal = refusalOf(() => decide(inState(status), command(kind)));
      expect(refusal.reason).toBe('wrong-state');
      expect(refusal.message).toContain(`is ${status}; ${kind} is possible from ${allowed} only`);
    },
  );

  it.each(ofTheTeam.flatMap((kind) => statuses.map((status) => [kind, status] as const)))(
    'article 7(6): refuses %s while it is %s from anybody who is not on the team',
    (kind, status) => {
      const refusal = refusalOf(() => decide(inState(status), command(kind, 'GX-009')));
      expect(refusal.reason).toBe('not-on-team');
    },
  );

  it('article 10: is accepted only when each of the team has accepted for themselves', () => {
    const one = decide(assignedInspection, command('accept', 'GX-002'));
    expect([one.status, one.version, one.acceptedAt]).toEqual(['assigned', 2, undefined]);
    expect(one.team.map(({ acceptedAt }) => acceptedAt)).toEqual([undefined, LATER]);
    const both = decide(one, command('accept', 'GX-001'));
    expect([both.status, both.version, both.acceptedAt]).toEqual(['accepted', 3, LATER]);
  });

  it('is not accepted twice by one person in the place of the other', () => {
    const one = decide(assignedInspection, command('accept'));
    expect(refusalOf(() => decide(one, command('accept'))).reason).toBe('already-accepted');
  });

  it('article 7(6): goes from assignment to publication, each step with its time and nothing else changed', () => {
    const accepted = decide(
      decide(assignedInspection, command('accept', 'GX-001')),
      command('accept', 'GX-002'),
    );
    const done = (['begin', 'end', 'record', 'publish'] as const).reduce(
      (inspection, kind) => decide(inspection, command(kind)),
      accepted,
    );
    expect(done).toEqual({
      ...assignedInspection,
      version: 7,
      status: 'published',
      team: assignedInspection.team.map((one) => ({ ...one, acceptedAt: LATER })),
      acceptedAt: LATER,
      begunAt: LATER,
      endedAt: LATER,
      recordedAt: LATER,
      publishedAt: LATER,
      recordedBy: 'GX-001',
      record: { ...cleanRecord, inspectedOn: '2026-03-03' },
    });
  });

  it.each(taken)('leaves the inspection that %s was given from %s as it was', (kind, status) => {
    const before = inState(status);
    const copy = structuredClone(before);
    decide(before, command(kind));
    expect(before).toEqual(copy);
  });

  it('article 10: is not recorded with a record that breaks the rules of its form', () => {
    const record = { ...cleanRecord, findings: cleanRecord.findings.slice(0, 1) };
    const refusal = refusalOf(() =>
      decide(inState('ended'), { kind: 'record', by: 'GX-001', at: LATER, record, evidence: [] }),
    );
    expect(refusal.reason).toBe('record-invalid');
  });

  it('article 10: of fewer than two inspectors does not exist', () => {
    const alone = { ...assignedInspection, team: assignedInspection.team.slice(0, 1) };
    expect(Inspection.safeParse(alone).success).toBe(false);
    const waiting = { ...alone, openSeats: [{ unit: UNIT, formerly: 'GX-002', since: LATER }] };
    expect(Inspection.safeParse(waiting).success).toBe(true);
    expect(Inspection.safeParse({ ...waiting, status: 'begun' }).success).toBe(false);
  });
});

describe('who can not act on the day', () => {
  const lapsed = sampleInspector('GX-002', '节能监察中心', {
    certificates: [{ number: '1', validThrough: day('2026-03-02') }],
    trainedThrough: undefined,
  });
  const people = [sampleInspector('GX-001', UNIT), lapsed];

  it('article 10: does not accept, and the reasons are named', () => {
    const refusal = refusalOf(() =>
      decide(assignedInspection, { kind: 'accept', by: 'GX-002', at: LATER, directory: people }),
    );
    expect([refusal.reason, refusal.fields]).toEqual([
      'inspector-ineligible',
      [
        {
          pointer: '/team/GX-002',
          detail: '李四（GX-002）：执法证在检查期内失效 certificate-lapsed、培训未完成或已过期 untrained',
        },
      ],
    ]);
  });

  it('does not keep the others from accepting', () => {
    const next = decide(assignedInspection, { kind: 'accept', by: 'GX-001', at: LATER, directory: people });
    expect(next.team[0]?.acceptedAt).toBe(LATER);
  });

  it('article 10: keeps the whole team from beginning, each person by name', () => {
    const onLeave = sampleInspector('GX-001', UNIT, {
      leave: [{ from: day('2026-03-03'), through: day('2026-03-03') }],
    });
    const refusal = refusalOf(() =>
      decide(inState('accepted'), { kind: 'begin', by: 'GX-001', at: LATER, directory: [onLeave] }),
    );
    expect([refusal.reason, refusal.fields.map(({ detail }) => detail)]).toEqual([
      'inspector-ineligible',
      ['张三（GX-001）：检查期内休假 on-leave', '李四（GX-002）：不在执法人员库 not in the directory'],
    ]);
  });
});
