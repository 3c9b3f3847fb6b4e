import type { Draw } from '#domain/draw/lifecycle.ts';
import type { UnitStaffing } from '#domain/draw/matching.ts';
import type { Proof } from '#domain/draw/proof.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { certificateOn, eligibility, type Inspector } from '#domain/inspector/inspector.ts';
import { itemApplies, type Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { TeamOfObject } from '#store/draws.ts';

export interface UnitInspectors {
  readonly unit: string;
  readonly inspectors: readonly Inspector[];
}

interface Staffing {
  readonly draw: Draw;
  readonly items: readonly Item[];
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly units: readonly UnitInspectors[];
  /** First and last day on which an inspector may have to act. */
  readonly from: CalendarDate;
  readonly through: CalendarDate;
}

/** A person or unit in a public proof: the same one everywhere, without name or staff number. */
const inspectorAlias = (staffNo: string): string => deriveId('P', staffNo);
const unitAlias = (unit: string): string => deriveId('U', unit);

/**
 * What each unit puts into the matching: the selected objects that one of its items applies to, and its inspectors who
 * are active, certified and trained through the last day, and not on leave on any of them (article 5). An inspector is qualified who holds every qualification
 * that the unit's items ask for.
 */
export function staffing({ draw, items, subjects, units, from, through }: Staffing): UnitStaffing[] {
  return units.map(({ unit, inspectors }) => {
    const own = items.filter((item) => item.unit === unit);
    const needed = own.flatMap((item) => (item.qualification === undefined ? [] : [item.qualification]));
    return {
      unitId: unitAlias(unit),
      teamSize: draw.teamSize,
      objects: [...subjects.values()]
        .filter((subject) => own.some((item) => itemApplies(item, subject)))
        .map((subject) => subject.id),
      inspectors: inspectors
        .filter((inspector) => eligibility(inspector, { unit, from, through }).eligible)
        .map((inspector) => ({
          id: inspectorAlias(inspector.staffNo),
          qualified: needed.every((qualification) => inspector.qualifications.includes(qualification)),
        })),
      barred: [],
      previous: [],
    };
  });
}

/** The teams of a matched proof with the people behind the aliases, all units of one object together (article 3). */
export function teamsWithNames(
  proof: Proof,
  units: readonly UnitInspectors[],
  through: CalendarDate,
): TeamOfObject[] {
  const people = new Map(
    units.flatMap(({ inspectors }) =>
      inspectors.map((inspector) => [inspectorAlias(inspector.staffNo), inspector] as const),
    ),
  );
  const byObject = new Map<string, TeamOfObject['members']>();
  for (const team of proof.matching?.teams ?? []) {
    const members = team.inspectors.map((alias) => membership(people.get(alias), alias, through));
    byObject.set(team.objectId, [...(byObject.get(team.objectId) ?? []), ...members]);
  }
  return [...byObject].map(([objectId, members]) => ({ objectId, members }));
}

function membership(inspector: Inspector | undefined, alias: string, through: CalendarDate) {
  if (inspector === undefined) {
    throw new Error(`the matching names ${alias}, who was not put into it`);
  }
  const { staffNo, name, unit } = inspector;
  return { staffNo, name, unit, certificate: certificateOn(inspector, through) };
}
