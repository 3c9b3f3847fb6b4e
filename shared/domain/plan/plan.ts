import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** The plan that a draw belongs to (article 7(1)): made by a rule or by hand, under a document number (文号). */
export const Plan = z.object({
  id: z.string(),
  version: z.int().positive(),
  /** Document number, e.g. `明抽〔2026〕3号`; without gaps within a year. */
  number: z.string(),
  year: z.int(),
  serial: z.int().positive(),
  title: z.string(),
  madeAt: Instant,
  madeBy: z.string(),
});
export type Plan = z.infer<typeof Plan>;

/** The document number of the year's serial-th plan, by the template's `{year}` and `{serial}`. */
export function planNumber(template: string, year: number, serial: number): string {
  return template.replaceAll('{year}', String(year)).replaceAll('{serial}', String(serial));
}
