import { describe, expect, it } from 'vitest';
import { decide } from '#domain/inspection/inspection.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import { unanswered } from '#domain/inspection/unresponsive.ts';
import { refusalOf } from '../../support/refusals.ts';
import { assignedInspection, at, day } from '../../support/samples.ts';

const DUE = day('2026-03-04');
const AFTER = at('2026-03-05T00:30:00.000Z');
const ON_THE_DAY = at('2026-03-04T15:59:59.000Z');

const newcomer = (inspector: string, unit: string): InspectionMember => ({
  inspector,
  name: inspector,
  unit,
  certificate: `9999${inspector}`,
});
const [first, second] = assignedInspection.team;
const successors = [
  { inspector: 'GX-001', successor: newcomer('GX-003', '商务综合执法大队') },
  { inspector: 'GX-002', successor: newcomer('GX-004', '节能监察中心') },
];

describe('articles 5, 7(4): those who do not answer', () => {
  it('make room together, each for the next in line of their unit, and it stays readable why', () => {
    const next = decide(assignedInspection, {
      kind: 'succeed',
      by: 'succession',
      at: AFTER,
      acceptBy: DUE,
      successors,
    });
    expect(next.team.map(({ inspector }) => inspector)).toEqual(['GX-003', 'GX-004']);
    expect(next.left.map(({ inspector, why, by, reason }) => [inspector, why, by, reason])).toEqual([
      ['GX-001', 'unresponsive', 'succession', '逾期未接受（2026-03-04） did not answer by 2026-03-04'],
      ['GX-002', 'unresponsive', 'succession', '逾期未接受（2026-03-04） did not answer by 2026-03-04'],
    ]);
    expect([next.status, next.version]).toEqual(['assigned', 2]);
  });

  it('are only those whose answer is missing', () => {
    const half = {
      ...assignedInspection,
      team: [first, second].flatMap((one) =>
        one === undefined ? [] : [one === first ? { ...one, acceptedAt: AFTER } : one],
      ),
    };
    expect(unanswered(half).map(({ inspector }) => inspector)).toEqual(['GX-002']);
    const refused = refusalOf(() =>
      decide(half, { kind: 'succeed', by: 'succession', at: AFTER, acceptBy: DUE, successors }),
    );
    expect(refused.reason).toBe('member-can-act');
  });

  it('have the whole of the last day', () => {
    const early = { kind: 'succeed', by: 'succession', at: ON_THE_DAY, acceptBy: DUE, successors } as const;
    expect(refusalOf(() => decide(assignedInspection, early)).reason).toBe('member-can-act');
  });
});
