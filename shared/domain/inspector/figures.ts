import * as z from 'zod';
import { CalendarDate } from '#domain/time/time.ts';
import { certifiedThrough, type Inspector } from './inspector.ts';

/** What of an inspector the public figures are counted from: no name, no number. */
export const DirectoryPlace = z.object({
  unit: z.string(),
  active: z.boolean(),
  /** The last day on which a certificate is valid. */
  certifiedThrough: CalendarDate,
  /** Absent for somebody never trained. */
  trainedThrough: CalendarDate.optional(),
});
export type DirectoryPlace = z.infer<typeof DirectoryPlace>;

export function placeInDirectory(inspector: Inspector): DirectoryPlace {
  const { unit, status, trainedThrough } = inspector;
  return {
    unit,
    active: status === 'active',
    certifiedThrough: certifiedThrough(inspector),
    ...(trainedThrough === undefined ? {} : { trainedThrough }),
  };
}

const Count = z.int().nonnegative();

/** The directory of a unit in figures (article 5): inspectors in service, and of them who is certified, trained, and both. */
export const UnitFigures = z.strictObject({
  unit: z.string(),
  inspectors: Count,
  certified: Count,
  trained: Count,
  /** Certified and trained: lapsed and untrained people are never drawn. */
  ready: Count,
});
export type UnitFigures = z.infer<typeof UnitFigures>;

/** The figures of each unit on a day, in the order of the units' names; who is not in service is not counted. */
export function directoryFigures(places: readonly DirectoryPlace[], today: CalendarDate): UnitFigures[] {
  const units = Map.groupBy(
    places.filter(({ active }) => active),
    ({ unit }) => unit,
  );
  return [...units]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([unit, members]) => {
      const certified = members.filter((member) => member.certifiedThrough >= today);
      return {
        unit,
        inspectors: members.length,
        certified: certified.length,
        trained: members.filter((member) => isTrained(member, today)).length,
        ready: certified.filter((member) => isTrained(member, today)).length,
      };
    });
}

function isTrained({ trainedThrough }: DirectoryPlace, today: CalendarDate): boolean {
  return trainedThrough !== undefined && trainedThrough >= today;
}
