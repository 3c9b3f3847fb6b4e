import { describe, expect, it } from 'vitest';
import { isToPropose, periodOf } from '#domain/item/statutory.ts';
import { day } from '../../support/samples.ts';

describe('article 4: the period of a statutory frequency', () => {
  it.each([
    [12, '2026-01-01', '2026-01-01', '2026-12-31'],
    [12, '2026-12-31', '2026-01-01', '2026-12-31'],
    [24, '2026-07-15', '2026-01-01', '2027-12-31'],
    [24, '2027-07-15', '2026-01-01', '2027-12-31'],
    [6, '2026-07-01', '2026-07-01', '2026-12-31'],
    [3, '2026-02-28', '2026-01-01', '2026-03-31'],
    [1, '2028-02-10', '2028-02-01', '2028-02-29'],
    [36, '2026-11-24', '2025-01-01', '2027-12-31'],
  ])('of every %i months around %s is %s to %s', (everyMonths, today, from, through) => {
    expect(periodOf({ everyMonths }, day(today))).toEqual({ from, through });
  });

  it('has one draw, also when the frequency changes', () => {
    const period = (from: string) => ({ from: day(from), through: day('2026-12-31') });
    const last = { id: 'YS-001', version: 1, from: day('2026-01-01'), draw: 'D-1' };
    expect(isToPropose(undefined, period('2026-01-01'))).toBe(true);
    expect(isToPropose(last, period('2026-01-01'))).toBe(false);
    expect(isToPropose(last, period('2025-01-01'))).toBe(false);
    expect(isToPropose(last, period('2026-07-01'))).toBe(true);
  });
});
