import * as z from 'zod';
import { addDays, CalendarDate, daysBetween, Instant } from '#domain/time/time.ts';
import { certifiedThrough, StaffNo, WITHOUT_END, type Inspector } from './inspector.ts';

/** What an inspector has to hold that runs out (article 5). */
export const Credential = z.enum(['certificate', 'training']);
export type Credential = z.infer<typeof Credential>;

export const credentialLabels: Readonly<Record<Credential, readonly [zh: string, en: string]>> = {
  certificate: ['执法证', 'certificate'],
  training: ['培训', 'training'],
};

/** 60, 30 and 7 days before the last valid day, and the day after it. */
export const Rung = z.enum(['60', '30', '7', 'lapsed']);
export type Rung = z.infer<typeof Rung>;

/** From the last valid day, in days, in the order in which they come. */
const LADDER: readonly { readonly rung: Rung; readonly from: number }[] = [
  { rung: '60', from: -60 },
  { rung: '30', from: -30 },
  { rung: '7', from: -7 },
  { rung: 'lapsed', from: 1 },
];

/** The last rung that was spoken of one last valid day. A renewed credential has another day, and begins again. */
export const Warned = z.object({ of: Credential, through: CalendarDate, rung: Rung });
export type Warned = z.infer<typeof Warned>;

/** A training (执法能力培训) that an inspector took part in, and how long it counts. */
export const Training = z.object({
  title: z.string(),
  on: CalendarDate,
  validThrough: CalendarDate,
  recordedBy: z.string(),
  recordedAt: Instant,
});
export type Training = z.infer<typeof Training>;

/**
 * What is known of an inspector besides the library's row, which an import replaces: the warnings that were given, and the
 * trainings. Its version counts what happened to the inspector.
 */
export const Standing = z.object({
  id: StaffNo,
  version: z.int().positive(),
  warned: z.array(Warned),
  trainings: z.array(Training),
});
export type Standing = z.infer<typeof Standing>;

/** Credentials and trainings that are remembered; decades of them. */
const KEPT = 100;

/** The standing after something happened; `known` is undefined before anything did. */
export function nextStanding(
  known: Standing | undefined,
  staffNo: string,
  happened: { readonly warned?: readonly Warned[]; readonly training?: Training },
): Standing {
  const { warned = [], training } = happened;
  const stands = (one: Warned): boolean =>
    !warned.some(({ of, through }) => of === one.of && through === one.through);
  return {
    id: staffNo,
    version: (known?.version ?? 0) + 1,
    warned: [...(known?.warned ?? []).filter(stands), ...warned].slice(-KEPT),
    trainings: [...(known?.trainings ?? []), ...(training === undefined ? [] : [training])].slice(-KEPT),
  };
}

/** A warning to be given. */
export interface Warning extends Warned {
  /** Days to the last valid day, negative once past. */
  readonly daysLeft: number;
}

/**
 * The warnings that are due on a day and were not given: for each credential the rung that has come last, so that a sweep
 * that did not run for a month speaks once. Nothing for whoever is not active.
 */
export function warningsOn(inspector: Inspector, warned: readonly Warned[], today: CalendarDate): Warning[] {
  return endsOf(inspector).flatMap(({ of, through }) => {
    const place = LADDER.findLastIndex(({ from }) => addDays(through, from) <= today);
    const rung = LADDER[place]?.rung;
    return rung === undefined || place <= spoken(warned, of, through)
      ? []
      : [{ of, through, rung, daysLeft: daysBetween(today, through) }];
  });
}

/** The first day on which there is a warning that was not given; undefined when there will be none. */
export function nextWarningDay(inspector: Inspector, warned: readonly Warned[]): CalendarDate | undefined {
  const days = endsOf(inspector).flatMap(({ of, through }) => {
    const next = LADDER[spoken(warned, of, through) + 1];
    return next === undefined ? [] : [addDays(through, next.from)];
  });
  return days.toSorted()[0];
}

/** The place on the ladder of the last rung that was spoken; -1 before the first. */
function spoken(warned: readonly Warned[], of: Credential, through: CalendarDate): number {
  const last = warned.find((one) => one.of === of && one.through === through);
  return LADDER.findIndex(({ rung }) => rung === last?.rung);
}

/** The last valid day of each credential that has an end. Somebody who was never trained has no training that could lapse. */
function endsOf(inspector: Inspector): { readonly of: Credential; readonly through: CalendarDate }[] {
  if (inspector.status !== 'active') {
    return [];
  }
  const { trainedThrough } = inspector;
  const ends = [
    { of: 'certificate' as const, through: certifiedThrough(inspector) },
    ...(trainedThrough === undefined ? [] : [{ of: 'training' as const, through: trainedThrough }]),
  ];
  return ends.filter(({ through }) => through !== WITHOUT_END);
}
