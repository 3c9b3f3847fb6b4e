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

  it('took capacity units for reading and for writing', () => {
    expect(addCapacity({ read: 1.5, write: 4 }, { read: 0.5, write: 10 })).toEqual({ read: 2, write: 14 });
  });
});

describe('a scan', () => {
  it('is one a day', () => {
    expect(scanId(day('2026-03-02'))).toBe('scan-2026-03-02');
  });
});
