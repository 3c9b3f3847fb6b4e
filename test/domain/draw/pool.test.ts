import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalPool, parsePoolLine, poolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { PoolReader } from '#domain/draw/pool-reader.ts';

import { reasonOf } from './vectors.ts';

const entry = (id: string, stratum = 'A') => ({ id, stratum });

describe('a pool', () => {
  it('is in ascending order of bytes, digits before letters and prefixes first', () => {
    const pool = canonicalPool([entry('B'), entry('AA'), entry('9'), entry('A'), entry('10'), entry('A0')]);
    expect(pool.map(({ id }) => id)).toEqual(['10', '9', 'A', 'A0', 'AA', 'B']);
  });

  it('refuses an id that is there twice, even with another stratum, and names it', () => {
    expect(() => canonicalPool([entry('X1'), entry('Y'), entry('X1', 'D')])).toThrow(
      'The object X1 is in the pool twice; a pool holds an id once.',
    );
    expect(reasonOf(() => canonicalPool([entry('X1'), entry('X1')]))).toBe('pool-duplicate');
  });

  it.each(['', 'a', 'A B', 'A,B', 'Ａ', '91410381-1', 'A\n', '0'.repeat(33)])('refuses the id %j', (id) => {
    expect(reasonOf(() => canonicalPool([entry(id)]))).toBe('pool-id');
    expect(() => summarizePool([entry(id)])).toThrow(JSON.stringify(id));
  });

  it.each(['', 'A,B', 'A\n', '高', '__proto__', '-A', 'x'.repeat(33)])(
    'refuses the stratum %j',
    (stratum) => {
      expect(reasonOf(() => canonicalPool([entry('X1', stratum)]))).toBe('pool-stratum');
    },
  );

  it('accepts an id of 32 characters and strata with plain names, also those that objects inherit', () => {
    const size = summarizePool([
      entry('0'.repeat(32)),
      entry('1', 'constructor'),
      entry('2', 'grade-1'),
    ]).size;
    expect(Object.entries(size)).toEqual([
      ['A', 1],
      ['constructor', 1],
      ['grade-1', 1],
    ]);
  });

  it('can be summarized in canonical order only', () => {
    expect(reasonOf(() => summarizePool([entry('B'), entry('A')]))).toBe('pool-order');
    expect(reasonOf(() => summarizePool([entry('B'), entry('B')]))).toBe('pool-duplicate');
  });

  it('has lines that read back, and nothing else is a line', () => {
    expect(poolLine(parsePoolLine('91410381H4BXKFLJ2E,A'))).toBe('91410381H4BXKFLJ2E,A');
    for (const line of ['', 'A', 'A,', ',A', 'A,B,C', 'A, B', ' A,B', 'A,B\n', 'A,B\r', 'a,B']) {
      expect(reasonOf(() => parsePoolLine(line))).toBe('pool-line');
    }
  });
});

const read = (chunks: readonly (string | Uint8Array)[]) => {
  const ids: string[] = [];
  const reader = new PoolReader(({ id }) => ids.push(id));
  for (const chunk of chunks) {
    reader.push(chunk);
  }
  reader.end();
  return { reader, ids };
};

describe('the reader of a pool text', () => {
  const pool = canonicalPool([entry('A1'), entry('B2', 'B'), entry('C3')]);
  const text = Array.from(poolText(pool)).join('');
  it('reads the same from chunks cut anywhere, as text or as bytes', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), fc.boolean(), (a, b, asBytes) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const chunks = [text.slice(0, low), text.slice(low, high), text.slice(high)];
        const { reader, ids } = read(asBytes ? chunks.map((chunk) => Buffer.from(chunk)) : chunks);
        expect(ids).toEqual(['A1', 'B2', 'C3']);
        expect(reader.summary()).toEqual(summarizePool(pool));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it.each([
    ['A1,A', 1],
    ['A1,A\nB2,B', 2],
    ['A1,A\r\n', 1],
    ['A1,A\n\n', 2],
    ['\uFEFFA1,A\n', 1],
    [`A1,A\n${'B'.repeat(200)}`, 2],
  ])('finds the fault of format in %j at line %i', (faulty, line) => {
    expect(read([faulty]).reader.formatFault?.line).toBe(line);
    expect(read([Buffer.from(faulty)]).reader.formatFault?.line).toBe(line);
  });

  it('finds the first line out of order and a line that is there twice', () => {
    expect(read(['A,A\nC,A\nB,A\n']).reader.orderFault).toEqual({ line: 3, detail: 'B comes after C' });
    expect(read(['A,A\nA,A\n']).reader.orderFault).toEqual({ line: 2, detail: 'A is there twice' });
  });

  it('reads an empty text as an empty pool', () => {
    expect(read(['']).reader.summary()).toEqual({
      root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      size: {},
    });
  });
});
