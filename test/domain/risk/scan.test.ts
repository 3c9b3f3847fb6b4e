import { describe, expect, it } from 'vitest';
import { addCapacity, addScanCounts, NOTHING_SCANNED, scanId } from '#domain/risk/scan.ts';
import { day } from '../../support/samples.ts';

const some = { evaluated: 10, raised: 1, changed: 2, cleared: 3, checks: 4, failed: 5 };

describe('what the parts of a scan came to', () => {
  it('is added up, each count for itself', () => {
    expect(addScanCounts(some, { ...some, evaluated: 100, failed: 0 })).toEqual({
      evaluated: 110,
      raised: 2,
      changed: 4,
      cleared: 6,
      checks: 8,
      failed: 5,
    });
    expect(addScanCounts(NOTHING_SCANNED, some)).toEqual(some);
  });

  it('took capacity units for reading and for writing, and time', () => {
    const one = { read: 1.5, write: 4, milliseconds: 300 };
    const other = { read: 0.5, write: 10, milliseconds: 45 };
    expect(addCapacity(one, other)).toEqual({ read: 2, write: 14, milliseconds: 345 });
  });
});

describe('a scan', () => {
  it('is one a day', () => {
    expect(scanId(day('2026-03-02'))).toBe('scan-2026-03-02');
  });
});
