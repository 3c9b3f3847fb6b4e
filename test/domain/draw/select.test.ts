import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { before, select, Selector } from '#domain/draw/select.ts';
import { ticketOf } from '#domain/draw/ticket.ts';

import { reasonOf } from './vectors.ts';

const seed = 'a533ab050105dc55d46f0df2ca82d5293f896f99968cbeb903f99c4828e5fcf5';

const pools = fc.uniqueArray(
  fc.record({
    id: fc.string({ unit: fc.constantFrom('0', '1', '2', '9', 'A', 'B', 'Z'), minLength: 1, maxLength: 6 }),
    stratum: fc.constantFrom('A', 'B', 'C'),
  }),
  { selector: ({ id }) => id, maxLength: 120 },
);
const quotas = fc.record({ A: fc.nat(30), B: fc.nat(5), C: fc.constantFrom(0, 1, 200) });

const of = (ticket: string, id: string) => ({ id, stratum: 'A', ticket });

describe('the selection', () => {
  it('is what sorting everything gives', () => {
    fc.assert(
      fc.property(pools, quotas, (pool, quota) => {
        const sorted = pool
          .map((entry) => ({ ...entry, ticket: ticketOf(seed, entry.id) }))
          .toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1));
        const expected = sorted.filter(
          (entry, place) =>
            sorted.slice(0, place).filter(({ stratum }) => stratum === entry.stratum).length <
            quota[entry.stratum],
        );
        expect(select(seed, quota, pool)).toEqual(expected);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('does not depend on the order in which the pool arrives', () => {
    const shuffled = pools.chain((pool) =>
      fc.tuple(fc.constant(pool), fc.shuffledSubarray(pool, { minLength: pool.length })),
    );
    fc.assert(
      fc.property(shuffled, quotas, ([pool, turned], quota) => {
        expect(select(seed, quota, turned)).toEqual(select(seed, quota, pool));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('orders by ticket, and equal tickets by id', () => {
    expect(before(of('0a', 'Z'), of('0b', 'A'))).toBe(true);
    expect(before(of('0a', 'A'), of('0a', 'B'))).toBe(true);
    expect(before(of('0a', 'B'), of('0a', 'A'))).toBe(false);
  });

  it('takes everything where the quota is above the stratum, and nothing where it is 0', () => {
    const pool = ['A', 'B', 'C', 'D'].map((id) => ({ id, stratum: id < 'C' ? 'A' : 'B' }));
    expect(
      select(seed, { A: 9, B: 0 }, pool)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['A', 'B']);
    expect(select(seed, {}, [])).toEqual([]);
  });

  it('is refused for a stratum without quota and for a seed that is none', () => {
    expect(reasonOf(() => select(seed, { A: 1 }, [{ id: 'X', stratum: 'B' }]))).toBe('quota-stratum');
    expect(reasonOf(() => select(seed, {}, [{ id: 'X', stratum: 'constructor' }]))).toBe('quota-stratum');
    expect(reasonOf(() => new Selector('', { A: 1 }))).toBe('seed');
  });

  it('never keeps more than the quota while 20,000 objects pass', () => {
    const selector = new Selector(seed, { A: 3 });
    for (let index = 0; index < 20_000; index += 1) {
      selector.add(`N${index}`, 'A');
    }
    const tickets = Array.from({ length: 20_000 }, (_, index) => ticketOf(seed, `N${index}`)).toSorted();
    expect(selector.selected().map(({ ticket }) => ticket)).toEqual(tickets.slice(0, 3));
  });
});
