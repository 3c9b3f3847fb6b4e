import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inspector } from '#domain/inspector/inspector.ts';
import { orderedLeave } from '#domain/inspector/leave.ts';
import { nextStanding, nextWarningDay, warningsOn, type Warned } from '#domain/inspector/warning.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';
import { refusalOf } from '../../support/refusals.ts';
import { day, MONDAY, sampleInspector } from '../../support/samples.ts';

const holding = (certificate: string, training?: string, more: Partial<Inspector> = {}): Inspector => {
  const { trainedThrough: _, ...untrained } = sampleInspector('GX-001', '节能监察中心');
  return {
    ...untrained,
    certificates: [{ number: '16030001', validThrough: day(certificate) }],
    ...(training === undefined ? {} : { trainedThrough: day(training) }),
    ...more,
  };
};
const said = (rung: Warned['rung'], through = '2026-05-31'): Warned => ({
  of: 'certificate',
  through: day(through),
  rung,
});
const rungs = (inspector: Inspector, warned: readonly Warned[], today: string) =>
  warningsOn(inspector, warned, day(today)).map(({ of, rung, daysLeft }) => [of, rung, daysLeft]);

describe('article 5: a certificate that runs out on 2026-05-31', () => {
  const inspector = holding('2026-05-31');

  it('is warned of 60, 30 and 7 days before and on the day after, each once', () => {
    expect(rungs(inspector, [], '2026-03-31')).toEqual([]);
    expect(rungs(inspector, [], '2026-04-01')).toEqual([['certificate', '60', 60]]);
    expect(rungs(inspector, [said('60')], '2026-04-30')).toEqual([]);
    expect(rungs(inspector, [said('60')], '2026-05-01')).toEqual([['certificate', '30', 30]]);
    expect(rungs(inspector, [said('30')], '2026-05-24')).toEqual([['certificate', '7', 7]]);
    expect(rungs(inspector, [said('7')], '2026-05-31')).toEqual([]);
    expect(rungs(inspector, [said('7')], '2026-06-01')).toEqual([['certificate', 'lapsed', -1]]);
    expect(rungs(inspector, [said('lapsed')], '2027-01-01')).toEqual([]);
  });

  it('is spoken of once, as things stand, after days that were missed', () => {
    expect(rungs(inspector, [], '2026-05-26')).toEqual([['certificate', '7', 5]]);
    expect(rungs(inspector, [said('60')], '2026-06-20')).toEqual([['certificate', 'lapsed', -20]]);
  });

  it('is looked at on the day of the next rung, and never again after it has lapsed', () => {
    expect(nextWarningDay(inspector, [])).toBe('2026-04-01');
    expect(nextWarningDay(inspector, [said('60')])).toBe('2026-05-01');
    expect(nextWarningDay(inspector, [said('30')])).toBe('2026-05-24');
    expect(nextWarningDay(inspector, [said('7')])).toBe('2026-06-01');
    expect(nextWarningDay(inspector, [said('lapsed')])).toBe(undefined);
  });

  it('begins again when it is renewed', () => {
    const renewed = holding('2027-05-31');
    expect(nextWarningDay(renewed, [said('lapsed')])).toBe('2027-04-01');
    expect(rungs(renewed, [said('lapsed')], '2027-04-01')).toEqual([['certificate', '60', 60]]);
  });
});

describe('who is warned', () => {
  it('goes by the best certificate, and by the training on its own', () => {
    const both = holding('2026-03-01', '2026-05-10', {
      certificates: [
        { number: '1', validThrough: day('2026-03-01') },
        { number: '2', validThrough: day('2026-05-31') },
      ],
    });
    expect(rungs(both, [], '2026-04-05')).toEqual([
      ['certificate', '60', 56],
      ['training', '60', 35],
    ]);
    expect(nextWarningDay(both, [said('60')])).toBe('2026-03-11');
  });

  it('is nobody who is not active, was never trained or has a certificate without end', () => {
    const inactive = holding('2026-05-31', '2026-05-31', { status: 'inactive' });
    expect([rungs(inactive, [], '2026-06-20'), nextWarningDay(inactive, [])]).toEqual([[], undefined]);
    const endless = holding('9999-09-09');
    expect([rungs(endless, [], '2026-06-20'), nextWarningDay(endless, [])]).toEqual([[], undefined]);
  });

  it('hears each rung at most once, on whatever days somebody looks', () => {
    const start = day('2026-03-01');
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(140), { maxLength: 40 }), (offsets) => {
        const inspector = holding('2026-05-31', '2026-06-10');
        let warned: readonly Warned[] = [];
        const heard: string[] = [];
        for (const today of offsets.toSorted((a, b) => a - b).map((n): CalendarDate => addDays(start, n))) {
          const due = nextWarningDay(inspector, warned);
          const warnings = warningsOn(inspector, warned, today);
          // The index that the day stands on brings whoever has to be warned, and nobody else.
          expect(due !== undefined && due <= today).toBe(warnings.length > 0);
          heard.push(...warnings.map(({ of, rung }) => `${of} ${rung}`));
          warned = nextStanding(undefined, 'GX-001', { warned: [...warned, ...warnings] }).warned.filter(
            (one, place, all) => all.findLastIndex(({ of }) => of === one.of) === place,
          );
        }
        expect(new Set(heard).size).toBe(heard.length);
      }),
      { seed: 5 },
    );
  });
});

describe('the standing of an inspector', () => {
  it('keeps the last rung of each last valid day, and every training', () => {
    const training = {
      title: '执法能力培训',
      on: day('2026-03-02'),
      validThrough: day('2028-03-01'),
      recordedBy: 'HP1000',
      recordedAt: MONDAY,
    };
    const first = nextStanding(undefined, 'GX-001', { warned: [said('60')] });
    const second = nextStanding(first, 'GX-001', { warned: [said('30')] });
    const third = nextStanding(second, 'GX-001', { training });
    const fourth = nextStanding(third, 'GX-001', { warned: [said('60', '2028-05-31')] });
    expect(fourth).toEqual({
      id: 'GX-001',
      version: 4,
      warned: [said('30'), said('60', '2028-05-31')],
      trainings: [training],
    });
  });
});

describe('leave', () => {
  const leave = (from: string, through: string) => ({ from: day(from), through: day(through) });

  it('is put in order', () => {
    const later = leave('2026-05-01', '2026-05-05');
    const sooner = leave('2026-03-02', '2026-03-06');
    expect(orderedLeave([later, sooner])).toEqual([sooner, later]);
    expect(orderedLeave([])).toEqual([]);
  });

  it('is refused when two periods share a day, naming the second', () => {
    const refusal = refusalOf(() =>
      orderedLeave([leave('2026-03-02', '2026-03-06'), leave('2026-03-06', '2026-03-09')]),
    );
    expect([refusal.reason, refusal.fields]).toEqual([
      'leave-overlaps',
      [
        {
          pointer: '/leave/1',
          detail: '与 2026-03-02 至 2026-03-06 重叠 overlaps 2026-03-02 to 2026-03-06',
        },
      ],
    ]);
  });
});
