import { replaceInspector } from '#domain/draw/replacement.ts';
import { inspectorAlias, unitAlias } from '#domain/inspector/alias.ts';
import { eligibility, type Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { holdsFor } from './form.ts';
import type { Inspection } from './inspection.ts';
import { memberOf, type InspectionMember } from './member.ts';

/** What decides who comes when somebody leaves. */
export interface Succession {
  readonly inspection: Inspection;
  readonly leaving: InspectionMember;
  /** The draw whose seed ranks the unit's people: anyone who has its proof can tell who is next. */
  readonly draw: { readonly id: string; readonly seed: string; readonly teamSize: number };
  /** All of the unit, as the library has them. */
  readonly inspectors: readonly Inspector[];
  /** The unit's items on the form. */
  readonly items: readonly Item[];
  readonly recused: ReadonlySet<string>;
  /** Those who checked the subject last time: they come only when nobody else can. */
  readonly previous: readonly string[];
  readonly window: { readonly from: CalendarDate; readonly through: CalendarDate };
}

/**
 * The next in line by pair ticket among the unit's people who may act until the visit has to be finished, are not recused,
 * and were not on this team before; qualified, unless somebody who stays is. Undefined when nobody is left.
 */
export function successorOf(on: Succession): InspectionMember | undefined {
  const { inspection, leaving, draw, inspectors, items, window } = on;
  const { unit } = leaving;
  const objectId = inspection.subject.id;
  const team = inspection.team.filter((member) => member.unit === unit);
  const seated = new Set(team.map(({ inspector }) => inspector));
  const candidates = inspectors.filter(
    (inspector) => seated.has(inspector.staffNo) || eligibility(inspector, { unit, ...window }).eligible,
  );
  const pairs = (staffNos: Iterable<string>) =>
    [...staffNos].map((staffNo) => ({ objectId, inspectorId: inspectorAlias(staffNo) }));
  const outcome = replaceInspector(
    draw.seed,
    {
      unitId: unitAlias(unit),
      teamSize: draw.teamSize,
      objects: [objectId],
      inspectors: candidates.map((inspector) => ({
        id: inspectorAlias(inspector.staffNo),
        qualified: holdsFor([inspector], items),
      })),
      barred: pairs([
        ...on.recused,
        ...inspection.left.map(({ inspector }) => inspector),
        // Somebody who moved here since sits on the team for their old unit.
        ...inspection.team.filter((member) => member.unit !== unit).map(({ inspector }) => inspector),
      ]),
      previous: pairs(on.previous),
    },
    { objectId, unitId: unitAlias(unit), inspectors: [...seated].map(inspectorAlias) },
    inspectorAlias(leaving.inspector),
  );
  const next =
    outcome.kind === 'replaced'
      ? candidates.find(({ staffNo }) => inspectorAlias(staffNo) === outcome.inspectorId)
      : undefined;
  return next && memberOf(next, window.through, draw.id);
}
