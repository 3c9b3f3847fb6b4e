import { describe, expect, test } from 'vitest';
import {
  certificateOn,
  certifiedThrough,
  eligibility,
  Inspector,
  StaffNo,
} from '#domain/inspector/inspector.ts';
import { CalendarDate } from '#domain/time/time.ts';

const inspector = Inspector.parse({
  staffNo: 'GX-001',
  name: '示例',
  unit: '节能监察中心',
  certificates: [
    { number: '16030001', validThrough: '2026-03-31' },
    { number: '16030002', validThrough: '2026-06-30' },
  ],
  qualifications: ['计量'],
  trainedThrough: '2026-12-31',
  status: 'active',
  expert: false,
  leave: [{ from: '2026-05-06', through: '2026-05-08' }],
});
const day = (text: string) => CalendarDate.parse(text);
const need = { unit: '节能监察中心', through: day('2026-04-30') };

describe('eligibility', () => {
  test('one certificate that reaches the last day is enough', () => {
    expect(certifiedThrough(inspector)).toBe('2026-06-30');
    expect(eligibility(inspector, need)).toEqual({ eligible: true });
    expect(eligibility(inspector, { ...need, through: day('2026-06-30') })).toEqual({ eligible: true });
    expect(eligibility(inspector, { ...need, through: day('2026-07-01') })).toEqual({
      eligible: false,
      reasons: ['certificate-lapsed'],
    });
  });

  test('training must reach the last day, and there must have been one', () => {
    const { trainedThrough: _, ...untrained } = inspector;
    expect(eligibility(untrained, need)).toEqual({ eligible: false, reasons: ['untrained'] });
    expect(eligibility({ ...inspector, trainedThrough: day('2026-04-29') }, need)).toEqual({
      eligible: false,
      reasons: ['untrained'],
    });
    expect(eligibility({ ...inspector, trainedThrough: day('2026-04-30') }, need)).toEqual({
      eligible: true,
    });
  });

  test.each([
    ['2026-05-05', undefined, true],
    ['2026-05-06', undefined, false],
    ['2026-05-08', undefined, false],
    ['2026-05-09', undefined, true],
    ['2026-05-20', '2026-05-08', false],
    ['2026-05-20', '2026-05-09', true],
  ])('leave from 6 to 8 May, inspection through %s from %s: eligible %s', (through, from, eligible) => {
    const window = from === undefined ? {} : { from: day(from) };
    expect(eligibility(inspector, { ...need, through: day(through), ...window }).eligible).toBe(eligible);
  });

  test('asks for the unit and for the qualification of the item', () => {
    expect(eligibility(inspector, { ...need, qualification: '计量' })).toEqual({ eligible: true });
    expect(eligibility(inspector, { ...need, qualification: '特种设备' })).toEqual({
      eligible: false,
      reasons: ['unqualified'],
    });
    expect(eligibility(inspector, { ...need, unit: '别的单位' })).toEqual({
      eligible: false,
      reasons: ['wrong-unit'],
    });
  });

  test('names every reason at once, in a fixed order', () => {
    const { trainedThrough: _, ...untrained } = inspector;
    expect(
      eligibility(
        { ...untrained, status: 'inactive' },
        { unit: '别的单位', from: day('2026-05-01'), through: day('2027-01-01'), qualification: '广告' },
      ),
    ).toEqual({
      eligible: false,
      reasons: ['inactive', 'wrong-unit', 'certificate-lapsed', 'untrained', 'unqualified', 'on-leave'],
    });
  });
});

describe('an inspector', () => {
  test('shows the certificate that is valid longest, and none that has lapsed', () => {
    expect(certificateOn(inspector, day('2026-03-01'))).toBe('16030002');
    expect(certificateOn(inspector, day('2026-06-30'))).toBe('16030002');
    expect(() => certificateOn(inspector, day('2026-07-01'))).toThrow(RangeError);
  });

  test('is not known by a national id number', () => {
    expect(StaffNo.safeParse('11010519491231002X').success).toBe(false);
    expect(['GX-001', '偃工-01', '2023.17'].every((no) => StaffNo.safeParse(no).success)).toBe(true);
  });

  test('has one or two certificates, and leave that ends after it begins', () => {
    expect(Inspector.safeParse({ ...inspector, certificates: [] }).success).toBe(false);
    expect(
      Inspector.safeParse({ ...inspector, leave: [{ from: '2026-05-06', through: '2026-05-05' }] }).success,
    ).toBe(false);
  });
});
