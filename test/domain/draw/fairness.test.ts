import { describe, expect, it } from 'vitest';

import { matchInspectors } from '#domain/draw/matching.ts';
import { select } from '#domain/draw/select.ts';

import { pairsOf, scaledChiSquare, tally } from './tallies.ts';
import { fixedSeeds } from './vectors.ts';

/** The bounds in this file are those of chance; the seeds are fixed. */
const seeds = (count: number) => fixedSeeds('fairness', count);

describe('over 4,000 seeds the selection of 5 from 20', () => {
  const pool = Array.from({ length: 20 }, (_, index) => ({ id: `91410381${index}`, stratum: 'A' }));
  const draws = seeds(4000).map((seed) => select(seed, { A: 5 }, pool).map(({ id }) => id));

  it('takes every object equally often: χ² with 19 degrees of freedom, 99.9 % below 43.8', () => {
    const counts = tally(draws);
    expect(counts.size).toBe(20);
    expect(scaledChiSquare(counts, 1000, 0.25)).toBeLessThan(43.8);
  });

  it('takes every pair equally often, and its order is open too', () => {
    const pairs = tally(draws.map(pairsOf));
    const expected = (4000 * 20) / 380;
    expect(pairs.size).toBe(190);
    // 189 degrees of freedom: 99.9 % below 254; a single pair within 4.5 standard deviations (13.4).
    expect(scaledChiSquare(pairs, expected, 20 / 380)).toBeLessThan(254);
    expect(Math.max(...Array.from(pairs.values(), (count) => Math.abs(count - expected)))).toBeLessThan(
      4.5 * 14.2,
    );
    const firsts = tally(draws.map((ids) => ids.slice(0, 1)));
    expect(scaledChiSquare(firsts, 200, 0)).toBeLessThan(43.8);
  });
});

describe('over 2,000 seeds the matching of interchangeable inspectors', () => {
  const inspectors = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id) => ({ id, qualified: id < 'e' }));
  const given = {
    unitId: 'u1',
    teamSize: 2,
    objects: ['O1', 'O2', 'O3'],
    inspectors,
    // O1 is closed to two of each kind, so that balance is sometimes reached by handing on.
    barred: ['a', 'b', 'e', 'f', 'g'].map((inspectorId) => ({ objectId: 'O1', inspectorId })),
    previous: [],
  };
  const drawn = seeds(2000).flatMap((seed) => {
    const outcome = matchInspectors(seed, [given]);
    return outcome.kind === 'matched' ? outcome.teams : [];
  });
  const counts = tally(drawn.map(({ inspectors: team }) => team));
  const perObject = tally(
    drawn.map(({ objectId, inspectors: team }) => team.map((id) => `${objectId} ${id}`)),
  );
  const of = (...keys: string[]) => keys.map((key) => perObject.get(key) ?? 0);

  it('staffs every object every time', () => {
    expect(drawn.length).toBe(6000);
    expect(Array.from(counts.values()).reduce((a, b) => a + b, 0)).toBe(12_000);
  });

  // Each list holds inspectors who differ in nothing but their names.
  it.each([
    [of('O1 c', 'O1 d')],
    [of('O1 h', 'O1 i')],
    [of('O2 a', 'O2 b')],
    [of('O2 c', 'O2 d')],
    [of('O2 e', 'O2 f', 'O2 g')],
    [of('O2 h', 'O2 i')],
    [of('O3 a', 'O3 b')],
    [of('O3 e', 'O3 f', 'O3 g')],
    [of('O2 a', 'O2 b', 'O3 a', 'O3 b')],
  ])('sends %j of them to an object, within 4 standard deviations of each other', (sent) => {
    const mean = sent.reduce((a, b) => a + b, 0) / sent.length;
    expect(mean).toBeGreaterThan(50);
    for (const count of sent) {
      expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean));
    }
  });
});

describe('over 3,000 seeds two interchangeable inspectors of whom only one can hand on an object', () => {
  it('are spared equally often: the order of their ids decides nothing', () => {
    const objects = ['O1', 'O2', 'O3', 'O4', 'O5'];
    const given = {
      unitId: 'u1',
      teamSize: 2,
      objects,
      inspectors: ['a', 'b', 'c'].map((id) => ({ id, qualified: true })),
      // c may go to three of five. When those come first, a and b are ahead by two, and c can take over from one of them.
      barred: ['O4', 'O5'].map((objectId) => ({ objectId, inspectorId: 'c' })),
      previous: [],
    };
    const spared = seeds(3000).flatMap((seed) => {
      const outcome = matchInspectors(seed, [given]);
      const seats = tally(
        outcome.kind === 'matched' ? outcome.teams.map(({ inspectors }) => inspectors) : [],
      );
      const [a = 0, b = 0] = [seats.get('a'), seats.get('b')];
      return a === b ? [] : [a < b ? 'a' : 'b'];
    });
    const a = spared.filter((id) => id === 'a').length;
    expect(spared.length).toBeGreaterThan(1000);
    // Within 3.3 standard deviations of one half.
    expect(Math.abs(2 * a - spared.length)).toBeLessThan(3.3 * Math.sqrt(spared.length));
  });
});
