import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveId } from '#domain/ids/derive.ts';

describe('a derived id', () => {
  it('is the prefix and 24 hex digits of SHA-256 over the JSON of its parts', () => {
    const expected = createHash('sha256').update('["T","hotline","msg_1"]').digest('hex').slice(0, 24);
    expect(deriveId('T', 'hotline', 'msg_1')).toBe(`T-${expected}`);
  });

  it('is frozen: stored records are found by it', () => {
    expect(deriveId('T', 'hotline-12345', 'msg_1')).toBe('T-934b5ec97791394971b4869d');
  });

  it('differs when parts are cut in another place or are of another kind', () => {
    const ids = [
      deriveId('E', 'a', 'bc'),
      deriveId('E', 'ab', 'c'),
      deriveId('E', 'abc'),
      deriveId('D', 'a', 'bc'),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(deriveId('E', 1)).not.toBe(deriveId('E', '1'));
  });

  it('is equal for equal causes only', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(deriveId('E', ...a) === deriveId('E', ...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { seed: 7 },
    );
  });
});
