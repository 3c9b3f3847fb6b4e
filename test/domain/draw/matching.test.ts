import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fillBalanced } from '#domain/draw/balance.ts';
import { canonicalUnit, matchInspectors, type UnitStaffing } from '#domain/draw/matching.ts';
import { pairTicketOf, ticketOf } from '#domain/draw/ticket.ts';

import { allowedTeams, largestLoad, SEED, smallestMaximum, smallUnits } from './matching-cases.ts';
import { reasonOf, subsetsOf } from './vectors.ts';

const unit = (change: Partial<UnitStaffing> = {}): UnitStaffing => ({
  unitId: 'u1',
  teamSize: 2,
  objects: ['O1', 'O2'],
  inspectors: ['p1', 'p2', 'p3', 'p4'].map((id) => ({ id, qualified: true })),
  barred: [],
  previous: [],
  ...change,
});
const bar = (objectId: string, ...ids: string[]) => ids.map((inspectorId) => ({ objectId, inspectorId }));
const teamsOf = (...units: UnitStaffing[]) => {
  const outcome = matchInspectors(SEED, units);
  return outcome.kind === 'matched' ? outcome.teams : [];
};

describe('the matching against brute force', () => {
  it('finds allowed teams with the smallest maximum whenever there are any, and else names exactly the objects that have none', () => {
    const seen = { matched: 0, unstaffable: 0 };
    fc.assert(
      fc.property(smallUnits, (given) => {
        const outcome = matchInspectors(SEED, [given]);
        seen[outcome.kind] += 1;
        const hopeless = given.objects.filter((objectId) => allowedTeams(given, objectId).length === 0);
        const teams = outcome.kind === 'matched' ? outcome.teams : [];
        const named = outcome.kind === 'unstaffable' ? outcome.objects.map(({ objectId }) => objectId) : [];
        expect(named).toEqual(hopeless);
        expect(teams.map(({ objectId }) => objectId).toSorted()).toEqual(
          hopeless.length > 0 ? [] : given.objects,
        );
        for (const { objectId, inspectors } of teams) {
          expect(allowedTeams(given, objectId)).toContainEqual(inspectors.toSorted());
        }
        expect(largestLoad(teams)).toBe(hopeless.length > 0 ? 0 : smallestMaximum(given));
      }),
      { seed: 6, numRuns: 5000 },
    );
    expect(seen.matched).toBeGreaterThan(1500);
    expect(seen.unstaffable).toBeGreaterThan(500);
  });

  it('balances sparse demands with gates where the first choice must be handed on', () => {
    const demands = fc.array(
      fc.record({
        open: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
        gated: fc.subarray([0, 1, 2, 3, 4]),
        gate: fc.nat(1),
      }),
      { minLength: 3, maxLength: 6 },
    );
    fc.assert(
      fc.property(demands, (given) => {
        const built = given.map(({ open, gated, gate }) => {
          const others = gated.filter((index) => !open.includes(index));
          const seats = Math.min(2, open.length + Math.min(gate, others.length));
          return {
            seats,
            gate,
            candidates: [
              ...others.map((index) => ({ index, gated: true })),
              ...open.map((index) => ({ index, gated: false })),
            ],
          };
        });
        const filled = fillBalanced(built, 5);
        for (const [index, members] of filled.entries()) {
          const demand = built[index];
          const kinds = members.map(
            (member) => demand?.candidates.find((candidate) => candidate.index === member)?.gated,
          );
          expect(new Set(members).size).toBe(demand?.seats);
          expect(kinds).not.toContain(undefined);
          expect(kinds.filter((gatedKind) => gatedKind === true).length).toBeLessThanOrEqual(
            demand?.gate ?? 0,
          );
        }
        expect(maximumOf(filled)).toBe(bestMaximum(built));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});

const maximumOf = (filled: readonly (readonly number[])[]) =>
  Math.max(...[0, 1, 2, 3, 4].map((person) => filled.flat().filter((member) => member === person).length));

function bestMaximum(demands: Parameters<typeof fillBalanced>[0]): number {
  let best = Number.POSITIVE_INFINITY;
  const search = (at: number, filled: number[][]): void => {
    if (maximumOf(filled) >= best) {
      return;
    }
    const demand = demands[at];
    if (demand === undefined) {
      best = maximumOf(filled);
      return;
    }
    for (const set of subsetsOf(demand.candidates)) {
      if (set.length === demand.seats && set.filter(({ gated }) => gated).length <= demand.gate) {
        search(at + 1, [...filled, set.map(({ index }) => index)]);
      }
    }
  };
  search(0, []);
  return best;
}

const refused = (...units: UnitStaffing[]) => reasonOf(() => matchInspectors(SEED, units));

describe('the matching', () => {
  it('takes objects in ticket order and lists members by pair ticket', () => {
    const objects = Array.from({ length: 12 }, (_, index) => `O${index}`);
    const teams = teamsOf(unit({ objects }));
    expect(teams.map(({ objectId }) => objectId)).toEqual(
      objects.toSorted((a, b) => (ticketOf(SEED, a) < ticketOf(SEED, b) ? -1 : 1)),
    );
    for (const { objectId, inspectors } of teams) {
      const tickets = inspectors.map((id) => pairTicketOf(SEED, objectId, id));
      expect(tickets).toEqual(tickets.toSorted());
    }
  });

  it('sends the smallest pair tickets to a single object, the qualification kept', () => {
    const ids = ['p1', 'p2', 'p3', 'p4', 'p5'];
    const byTicket = ids.toSorted((a, b) =>
      pairTicketOf(SEED, 'O1', a) < pairTicketOf(SEED, 'O1', b) ? -1 : 1,
    );
    const people = (qualified: readonly string[]) =>
      ids.map((id) => ({ id, qualified: qualified.includes(id) }));
    expect(teamsOf(unit({ objects: ['O1'], inspectors: people(ids) }))[0]?.inspectors).toEqual(
      byTicket.slice(0, 2),
    );
    const last = byTicket.slice(4);
    expect(teamsOf(unit({ objects: ['O1'], inspectors: people(last) }))[0]?.inspectors).toEqual([
      ...byTicket.slice(0, 1),
      ...last,
    ]);
  });

  it('gives the same teams whatever the order of objects, people, pairs and units', () => {
    fc.assert(
      fc.property(smallUnits, (given) => {
        const other = {
          ...unit(),
          unitId: 'u2',
          inspectors: ['q1', 'q2'].map((id) => ({ id, qualified: true })),
        };
        const turned = {
          ...given,
          objects: given.objects.toReversed(),
          inspectors: given.inspectors.toReversed(),
          barred: [...given.barred.toReversed(), ...given.barred],
          previous: given.previous.toReversed(),
        };
        expect(canonicalUnit(turned)).toEqual(canonicalUnit(given));
        expect(matchInspectors(SEED, [turned])).toEqual(matchInspectors(SEED, [given]));
        const alone = matchInspectors(SEED, [given]);
        expect(teamsOf(other, given)).toEqual(
          alone.kind === 'matched' ? [...teamsOf(other), ...teamsOf(given)] : [],
        );
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('assigns nothing at all when one object of one unit can not be staffed, and says why', () => {
    const first = unit({
      inspectors: unit().inspectors.map(({ id, qualified }) => ({ id: `x${id}`, qualified })),
    });
    const second = unit({ unitId: 'u2', barred: bar('O2', 'p1', 'p2', 'p3') });
    expect(matchInspectors(SEED, [first, second])).toEqual({
      kind: 'unstaffable',
      objects: [
        {
          objectId: 'O2',
          unitId: 'u2',
          reason: 'too-few-inspectors',
          needed: 2,
          eligible: 1,
          barred: 3,
          detail:
            "The object O2 can't be staffed by unit u2: a team needs 2, and 1 of the unit's 4 inspectors may go (3 recused).",
        },
      ],
    });
    const learners = unit({ inspectors: ['p1', 'p2'].map((id) => ({ id, qualified: false })) });
    const outcome = matchInspectors(SEED, [learners]);
    expect(outcome.kind === 'unstaffable' && outcome.objects.map(({ reason }) => reason)).toEqual([
      'no-qualified-inspector',
      'no-qualified-inspector',
    ]);
  });

  it('does not send the previous team when others are there, and as few of it as possible otherwise', () => {
    expect(
      teamsOf(unit({ objects: ['O1'], previous: bar('O1', 'p1', 'p2') }))[0]?.inspectors.toSorted(),
    ).toEqual(['p3', 'p4']);
    const onlyOneOther = teamsOf(unit({ objects: ['O1'], previous: bar('O1', 'p1', 'p2', 'p3') }))[0]
      ?.inspectors;
    expect(onlyOneOther).toContain('p4');
    const people = unit().inspectors.map(({ id }) => ({ id, qualified: id === 'p1' }));
    const needed = teamsOf(unit({ objects: ['O1'], inspectors: people, previous: bar('O1', 'p1', 'p2') }))[0]
      ?.inspectors;
    expect(needed).toContain('p1');
    expect(needed).not.toContain('p2');
  });

  it('refuses teams below two, and names that are there twice', () => {
    expect(refused(unit({ teamSize: 1 }))).toBe('team-below-two');
    expect(refused(unit({ teamSize: 2.5 }))).toBe('team-below-two');
    expect(refused(unit({ objects: ['O1', 'O1'] }))).toBe('object-twice');
    expect(refused(unit({ inspectors: [...unit().inspectors, { id: 'p1', qualified: false }] }))).toBe(
      'inspector-twice',
    );
    expect(refused(unit(), unit({ inspectors: [{ id: 'q', qualified: true }] }))).toBe('unit-twice');
    expect(refused(unit(), unit({ unitId: 'u2' }))).toBe('inspector-two-units');
  });

  it('drops pairs that concern nobody of the input', () => {
    const stray = [...bar('O9', 'p1'), ...bar('O1', 'p9'), ...bar('O1', 'p1'), ...bar('O1', 'p1')];
    expect(canonicalUnit(unit({ barred: stray })).barred).toEqual(bar('O1', 'p1'));
  });
});
