import { describe, expect, it } from 'vitest';

import type { UnitStaffing } from '#domain/draw/matching.ts';
import { replaceInspector } from '#domain/draw/replacement.ts';
import { pairTicketOf } from '#domain/draw/ticket.ts';

import { SEED } from './matching-cases.ts';
import { fixedSeeds, reasonOf } from './vectors.ts';

const ids = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const byTicket = ids.toSorted((a, b) => (pairTicketOf(SEED, 'O1', a) < pairTicketOf(SEED, 'O1', b) ? -1 : 1));
const [t1 = '', t2 = '', t3 = '', t4 = '', t5 = ''] = byTicket;
const pair = (inspectorId: string) => ({ objectId: 'O1', inspectorId });
const unit = (qualified: readonly string[] = ids, change: Partial<UnitStaffing> = {}): UnitStaffing => ({
  unitId: 'u1',
  teamSize: 2,
  objects: ['O1'],
  inspectors: ids.map((id) => ({ id, qualified: qualified.includes(id) })),
  barred: [],
  previous: [],
  ...change,
});
const team = (...inspectors: string[]) => ({ objectId: 'O1', unitId: 'u1', inspectors });

describe('a replacement', () => {
  it('takes the smallest pair ticket of those who are free', () => {
    expect(replaceInspector(SEED, unit(), team(t1, t2), t1)).toEqual({
      kind: 'replaced',
      inspectorId: t3,
      team: team(t2, t3),
    });
    expect(replaceInspector(SEED, unit(), team(t3, t4), t4)).toMatchObject({
      inspectorId: t1,
      team: team(t1, t3),
    });
  });

  it('passes over whoever is barred for the object', () => {
    const barred = [pair(t3), pair(t4)];
    expect(replaceInspector(SEED, unit(ids, { barred }), team(t1, t2), t2)).toMatchObject({
      inspectorId: t5,
    });
  });

  it('takes a qualified one when the rest of the team is not', () => {
    expect(replaceInspector(SEED, unit([t1, t5]), team(t1, t2), t1)).toMatchObject({ inspectorId: t5 });
    expect(replaceInspector(SEED, unit([t1, t5]), team(t1, t2), t2)).toMatchObject({ inspectorId: t3 });
  });

  it('takes a member of the previous team only when nobody else may go', () => {
    expect(replaceInspector(SEED, unit(ids, { previous: [pair(t3)] }), team(t1, t2), t2)).toMatchObject({
      inspectorId: t4,
    });
    const qualifiedBefore = unit([t1, t5], { previous: [pair(t5)] });
    expect(replaceInspector(SEED, qualifiedBefore, team(t1, t2), t1)).toMatchObject({ inspectorId: t5 });
  });

  it('says when nobody is left, and whether it is for the qualification', () => {
    const pairOnly = unit(ids, { inspectors: [t1, t2].map((id) => ({ id, qualified: true })) });
    expect(replaceInspector(SEED, pairOnly, team(t1, t2), t1)).toMatchObject({
      reason: 'no-other-inspector',
    });
    expect(replaceInspector(SEED, unit([t1]), team(t1, t2), t1)).toMatchObject({
      reason: 'no-qualified-inspector',
    });
  });

  it('is refused for somebody who is not on the team, another unit, another object', () => {
    const reason = (given: UnitStaffing, who: string) =>
      reasonOf(() => replaceInspector(SEED, given, team(t1, t2), who));
    expect(reason(unit(), t3)).toBe('not-on-team');
    expect(reason(unit(ids, { unitId: 'u2' }), t1)).toBe('other-unit');
    expect(reason(unit(ids, { objects: ['O2'] }), t1)).toBe('object-unknown');
    expect(reason(unit(ids, { teamSize: 1 }), t1)).toBe('team-below-two');
  });

  it('after replacement goes through the unit in the order of pair tickets, whoever leaves', () => {
    for (const seed of fixedSeeds('in line', 200)) {
      const order = ids.toSorted((a, b) =>
        pairTicketOf(seed, 'O1', a) < pairTicketOf(seed, 'O1', b) ? -1 : 1,
      );
      const came: string[] = [];
      const barred: ReturnType<typeof pair>[] = [];
      let now = team(...order.slice(0, 2));
      for (let turn = 0; turn < 4; turn += 1) {
        // In turns the first of the team leaves and the second: who has gone does not come back.
        const leaving = now.inspectors[turn % 2] ?? '';
        barred.push(pair(leaving));
        const outcome = replaceInspector(seed, unit(ids, { barred }), now, leaving);
        came.push(outcome.kind === 'replaced' ? outcome.inspectorId : outcome.reason);
        now = outcome.kind === 'replaced' ? outcome.team : now;
      }
      expect(came).toEqual(order.slice(2));
    }
  });
});
