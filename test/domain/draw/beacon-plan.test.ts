import { describe, expect, it } from 'vitest';
import { BeaconPlan, nextAnnouncement } from '#domain/draw/beacon-plan.ts';
import { at } from '../../support/samples.ts';

describe('the next announcement of a public source', () => {
  // Tuesday, Thursday and Sunday at 21:15 in Shanghai, as a lottery of the country is drawn.
  const source = { weekdays: [2, 4, 7], time: '21:15' };

  it.each([
    // Monday 2 March 2026, 09:30.
    ['2026-03-02T01:30:00.000Z', '2026-03-03T13:15:00.000Z'],
    // Tuesday 20:14: the same evening, an hour and a minute later.
    ['2026-03-03T12:14:00.000Z', '2026-03-03T13:15:00.000Z'],
    ['2026-03-03T12:15:00.000Z', '2026-03-03T13:15:00.000Z'],
    // Tuesday 20:16: less than an hour is left, so it is Thursday's.
    ['2026-03-03T12:16:00.000Z', '2026-03-05T13:15:00.000Z'],
    // Thursday 23:30 in Shanghai: Sunday.
    ['2026-03-05T15:30:00.000Z', '2026-03-08T13:15:00.000Z'],
    // Saturday 23:59: the margin ends on Sunday, whose announcement is still ahead.
    ['2026-03-07T15:59:00.000Z', '2026-03-08T13:15:00.000Z'],
  ])('after %s is %s', (now, next) => {
    expect(nextAnnouncement(source, at(now))).toBe(next);
  });
});

describe('a beacon plan', () => {
  const drand = { kind: 'drand' };
  const announced = { kind: 'announced', source: '双色球', weekdays: [2], time: '21:15' };

  it('names a preferred kind, and one to fall back on where that is allowed', () => {
    expect(BeaconPlan.parse({ preferred: drand })).toEqual({ preferred: drand });
    expect(BeaconPlan.parse({ preferred: announced, fallback: drand }).fallback).toEqual(drand);
  });

  it.each([
    [{}],
    [{ preferred: { kind: 'dice' } }],
    [{ preferred: { ...announced, weekdays: [] } }],
    [{ preferred: { ...announced, weekdays: [0] } }],
    [{ preferred: { ...announced, time: '24:00' } }],
    [{ preferred: { ...announced, source: ' ' } }],
    [{ preferred: drand, fallbacks: drand }],
  ])('%j is refused', (plan) => {
    expect(BeaconPlan.safeParse(plan).success).toBe(false);
  });
});
