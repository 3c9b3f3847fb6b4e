import { describe, expect, it } from 'vitest';
import {
  decide,
  Inspection,
  type InspectionCommand,
  type InspectionCommandKind,
  type InspectionStatus,
} from '#domain/inspection/inspection.ts';
import { refusalOf } from '../../support/refusals.ts';
import { assignedInspection, at, cleanRecord } from '../../support/samples.ts';

const LATER = at('2026-03-03T02:00:00.000Z');
const command = (kind: InspectionCommandKind, by = 'GX-001'): InspectionCommand =>
  kind === 'record' ? { kind, by, at: LATER, record: cleanRecord } : { kind, by, at: LATER };
const inState = (status: InspectionStatus): Inspection => ({ ...assignedInspection, status, version: 7 });

const statuses = ['assigned', 'accepted', 'begun', 'ended', 'recorded', 'published'] as const;
/** Written out again on purpose: the lifecycle of the regulation, not the table of the code. */
const taken = [
  ['accept', 'assigned', 'assigned'],
  ['begin', 'accepted', 'begun'],
  ['end', 'begun', 'ended'],
  ['record', 'ended', 'recorded'],
  ['publish', 'recorded', 'published'],
] as const;
const refused = taken.flatMap(([kind, from]) =>
  statuses.filter((status) => status !== from).map((status) => [kind, status, from] as const),
);

describe('an inspection', () => {
  it.each(taken)('article 7(5): takes %s from %s and is then %s', (kind, from, then) => {
    const next = decide(inState(from), command(kind));
    expect([next.status, next.version]).toEqual([then, 8]);
  });

  it.each(refused)(
    'article 7(5): refuses %s while it is %s, naming that state and %s',
    (kind, status, from) => {
      const refusal = refusalOf(() => decide(inState(status), command(kind)));
      expect(refusal.reason).toBe('wrong-state');
      expect(refusal.message).toContain(`is ${status}; ${kind} is possible from ${from} only`);
    },
  );

  it.each(taken.flatMap(([kind]) => statuses.map((status) => [kind, status] as const)))(
    'article 7(6): refuses %s while it is %s from anybody who is not on the team',
    (kind, status) => {
      const refusal = refusalOf(() => decide(inState(status), command(kind, 'GX-009')));
      expect(refusal.reason).toBe('not-on-team');
    },
  );

  it('article 10: is accepted only when each of the team has accepted for themselves', () => {
    const one = decide(assignedInspection, command('accept', 'GX-002'));
    expect([one.status, one.version, one.acceptedAt]).toEqual(['assigned', 2, undefined]);
    expect(one.team.map((member) => member.acceptedAt)).toEqual([undefined, LATER]);
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
      team: assignedInspection.team.map((member) => ({ ...member, acceptedAt: LATER })),
      acceptedAt: LATER,
      begunAt: LATER,
      endedAt: LATER,
      recordedAt: LATER,
      publishedAt: LATER,
      record: cleanRecord,
    });
  });

  it('leaves the inspection that it was given as it was', () => {
    const before = structuredClone(assignedInspection);
    decide(assignedInspection, command('accept'));
    expect(assignedInspection).toEqual(before);
  });

  it('article 10: is not recorded with a record that breaks the rules of its form', () => {
    const record = { ...cleanRecord, findings: cleanRecord.findings.slice(0, 1) };
    const refusal = refusalOf(() =>
      decide(inState('ended'), { kind: 'record', by: 'GX-001', at: LATER, record }),
    );
    expect(refusal.reason).toBe('record-invalid');
  });

  it('article 10: of fewer than two inspectors does not exist', () => {
    const alone = { ...assignedInspection, team: assignedInspection.team.slice(0, 1) };
    expect(Inspection.safeParse(alone).success).toBe(false);
  });
});
