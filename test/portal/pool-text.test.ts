import { describe, expect, it } from 'vitest';
import { PoolText } from '#functions/portal/verify/pool-text.ts';

const LINES = '1A,A\n1AB,B\n9,C\nZZ,D\n';

/** The pool read in pieces of so many bytes. */
function read(size: number): PoolText {
  const pool = new PoolText();
  const bytes = new TextEncoder().encode(LINES);
  for (let at = 0; at < bytes.byteLength; at += size) {
    pool.push(bytes.subarray(at, at + size));
  }
  return pool;
}

describe('a pool that the browser has read', () => {
  it.each([1, 3, 4, 100])('finds every object by its whole code, read %i bytes at a time', (size) => {
    const pool = read(size);
    expect(['1A', '1AB', '9', 'ZZ'].map((id) => pool.find(id))).toEqual([
      { line: 1, entry: { id: '1A', stratum: 'A' } },
      { line: 2, entry: { id: '1AB', stratum: 'B' } },
      { line: 3, entry: { id: '9', stratum: 'C' } },
      { line: 4, entry: { id: 'ZZ', stratum: 'D' } },
    ]);
  });

  it('finds nothing by a part of a code, a class or nothing', () => {
    const pool = read(100);
    expect(['1', 'A', 'AB', 'B', '', 'D', 'Z'].map((id) => pool.find(id))).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });
});
