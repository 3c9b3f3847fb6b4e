import type { ObjectInspectorPair, UnitStaffing } from '#domain/draw/matching.ts';
import type { Proof } from '#domain/draw/proof.ts';
import { holdsFor, visitsByUnit, type Withheld } from '#domain/inspection/form.ts';
import { inspectorAlias, unitAlias } from '#domain/inspector/alias.ts';
import { certificateOn, eligibility, type Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { TeamOfObject } from '#store/draws.ts';

export interface UnitInspectors {
  readonly unit: string;
  readonly inspectors: readonly Inspector[];
}

/** For each object, staff numbers. */
export type PeopleByObject = ReadonlyMap<string, Iterable<string>>;

interface Staffing {
  readonly teamSize: number;
  readonly items: readonly Item[];
  /** The selected objects and those that the commitment names. */
  readonly subjects: readonly Subject[];
  readonly withheld: Withheld;
  readonly units: readonly UnitInspectors[];
  /** First and last day on which an inspector may have to act. */
  readonly window: { readonly from: CalendarDate; readonly through: CalendarDate };
  /** Those who must not check an object (回避). */
  readonly recused: PeopleByObject;
  /** Those who checked an object last time (rotation): drawn only where others are not available. */
  readonly previous: PeopleByObject;
}

/**
 * What each unit puts into the matching: the objects at which one of its items is checked, and its inspectors who are
 * active, certified and trained through the last day, and not on leave on any of them (article 5). An inspector is
 * qualified who holds every qualification that the unit's items ask for.
 */
export function staffing(on: Staffing): UnitStaffing[] {
  const visits = visitsByUnit(on.subjects, on.items, on.withheld);
  return on.units.map(({ unit, inspectors }) => ({
    unitId: unitAlias(unit),
    teamSize: on.teamSize,
    objects: (visits.get(unit) ?? []).map(({ subject }) => subject.id),
    inspectors: inspectors
      .filter((inspector) => eligibility(inspector, { unit, ...on.window }).eligible)
      .map((inspector) => ({
        id: inspectorAlias(inspector.staffNo),
        qualified: holdsFor(
          [inspector],
          on.items.filter((item) => item.unit === unit),
        ),
      })),
    barred: pairsOf(on.recused),
    previous: pairsOf(on.previous),
  }));
}

/** Pairs of everybody: the matching keeps of each unit's those that concern its objects and its inspectors. */
function pairsOf(people: PeopleByObject): ObjectInspectorPair[] {
  return [...people].flatMap(([objectId, staffNos]) =>
    [...staffNos].map((staffNo) => ({ objectId, inspectorId: inspectorAlias(staffNo) })),
  );
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
