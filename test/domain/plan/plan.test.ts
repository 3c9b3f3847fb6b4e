import { describe, expect, it } from 'vitest';
import { planNumber } from '#domain/plan/plan.ts';

describe('the document number of a plan', () => {
  it.each([
    ['明抽〔{year}〕{serial}号', 2026, 3, '明抽〔2026〕3号'],
    ['{serial}/{year} {serial}', 2027, 120, '120/2027 120'],
    ['$& {year}-{serial}', 2026, 1, '$& 2026-1'],
  ])('article 7(1): %s is filled with year and serial', (template, year, serial, expected) => {
    expect(planNumber(template, year, serial)).toBe(expected);
  });
});
