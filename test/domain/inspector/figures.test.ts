import { describe, expect, it } from 'vitest';
import { directoryFigures, placeInDirectory } from '#domain/inspector/figures.ts';
import type { Inspector } from '#domain/inspector/inspector.ts';
import { day, sampleInspector } from '../../support/samples.ts';

const TODAY = day('2026-03-02');
const certificate = (through: string) => [{ number: 'Z-1', validThrough: day(through) }];
const placeOf = (staffNo: string, unit: string, more: Partial<Inspector>) =>
  placeInDirectory(sampleInspector(staffNo, unit, more));

describe('article 5: the figures of the directory', () => {
  it('count for each unit who is in service, certified and trained, on the last day too, and nobody by name', () => {
    const places = [
      placeOf('1', '乙队', { certificates: certificate('2026-03-02'), trainedThrough: TODAY }),
      placeOf('2', '乙队', { certificates: certificate('2026-03-01'), trainedThrough: TODAY }),
      placeOf('3', '乙队', { certificates: certificate('2026-12-31'), trainedThrough: day('2026-03-01') }),
      placeOf('4', '乙队', { status: 'inactive' }),
      placeOf('5', '丙队', { certificates: certificate('9999-09-09'), trainedThrough: day('2027-01-01') }),
    ];
    expect(directoryFigures(places, TODAY)).toEqual([
      { unit: '丙队', inspectors: 1, certified: 1, trained: 1, ready: 1 },
      { unit: '乙队', inspectors: 3, certified: 2, trained: 2, ready: 1 },
    ]);
    expect(Object.keys(placeOf('6', '丙队', {})).toSorted()).not.toContain('name');
  });
});
