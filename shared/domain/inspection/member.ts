import * as z from 'zod';
import { RecusalKind } from '#domain/inspector/recusal.ts';
import { certificateOn, type Inspector } from '#domain/inspector/inspector.ts';
import { Instant, type CalendarDate } from '#domain/time/time.ts';

/** One inspector of the team, with what is shown to the visited party (article 10: 出示执法证件). */
export const InspectionMember = z.object({
  inspector: z.string(),
  name: z.string(),
  unit: z.string(),
  certificate: z.string(),
  /** The draw whose seed brought the person here, and ranks those who come after; absent for somebody assigned directly. */
  draw: z.string().optional(),
  acceptedAt: Instant.optional(),
});
export type InspectionMember = z.infer<typeof InspectionMember>;

/** Why somebody is no longer on the team. */
export const LeavingReason = z.enum(['recused', 'ineligible', 'unresponsive', 'reassigned']);
export type LeavingReason = z.infer<typeof LeavingReason>;

/** Somebody who was on the team before the visit began: who came instead of whom stays readable. */
export const FormerMember = z.object({
  inspector: z.string(),
  name: z.string(),
  unit: z.string(),
  why: LeavingReason,
  /** Of a recusal. */
  kind: RecusalKind.optional(),
  reason: z.string(),
  /** Who decided it: the person for a recusal, the unit or the lead section otherwise. */
  by: z.string(),
  at: Instant,
});
export type FormerMember = z.infer<typeof FormerMember>;

/** A seat that nobody in line was left for: the visit can't begin before the unit fills it. */
export const OpenSeat = z.object({ unit: z.string(), formerly: z.string(), since: Instant });
export type OpenSeat = z.infer<typeof OpenSeat>;

/** An inspector as a member of a team. @throws RangeError when no certificate is valid through the day */
export function memberOf(inspector: Inspector, through: CalendarDate, draw?: string): InspectionMember {
  const { staffNo, name, unit } = inspector;
  return {
    inspector: staffNo,
    name,
    unit,
    certificate: certificateOn(inspector, through),
    ...(draw === undefined ? {} : { draw }),
  };
}
