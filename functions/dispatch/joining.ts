import type { Draw } from '#domain/draw/draw.ts';
import { formItem, holdsFor, itemsAt, visitedSubject, type Withheld } from '#domain/inspection/form.ts';
import { inspectionId, type Inspection, type InspectionDraw } from '#domain/inspection/inspection.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import type { Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { Instant } from '#domain/time/time.ts';
import type { TeamOfObject } from '#store/draws.ts';

/** What a draw brings to one object. */
export interface Arrival {
  readonly draw: InspectionDraw;
  readonly subject: Subject;
  readonly items: readonly Item[];
  readonly members: readonly InspectionMember[];
}

/** The draw's items and people for one of its objects. `direct`: the units chose the people, and no seed ranks them. */
export function arrivalOf(
  draw: Draw,
  team: TeamOfObject,
  subject: Subject,
  { items, withheld, direct }: { items: readonly Item[]; withheld: Withheld; direct: boolean },
): Arrival {
  return {
    draw: {
      id: draw.id,
      planNumber: draw.plan.number,
      how: draw.named.some(({ id }) => id === subject.id) ? 'named' : 'drawn',
    },
    subject,
    items: itemsAt(subject, items, withheld),
    members: team.members.map(({ staffNo, name, unit, certificate }) => ({
      inspector: staffNo,
      name,
      unit,
      certificate,
      ...(direct ? {} : { draw: draw.id }),
    })),
  };
}

/** The inspection that a draw makes at a subject where none is open (article 7(3)). */
export function inspectionOf(
  { draw, subject, items, members }: Arrival,
  correlation: string,
  at: Instant,
): Inspection {
  return {
    id: inspectionId(draw.id, subject.id),
    version: 1,
    status: 'assigned',
    correlation,
    draws: [draw],
    subject: visitedSubject(subject),
    items: items.map(formItem),
    team: [...members],
    left: [],
    openSeats: [],
    experts: [],
    assignedAt: at,
  };
}

/**
 * Those of the draw's people who come along to an inspection that has not begun (article 3). A unit that is there already
 * keeps its team if that has no open seat and holds the qualification for the unit's new items; otherwise its newly drawn
 * people come too. `directory` has the people who are there now.
 */
export function joining(
  { items, members }: Pick<Arrival, 'items' | 'members'>,
  open: Inspection,
  directory: readonly Inspector[],
): readonly InspectionMember[] {
  const keeps = new Set(
    [...new Set(open.team.map(({ unit }) => unit))].filter((unit) => {
      const team = new Set(open.team.filter((member) => member.unit === unit).map((one) => one.inspector));
      return (
        open.openSeats.every((seat) => seat.unit !== unit) &&
        holdsFor(
          directory.filter(({ staffNo }) => team.has(staffNo)),
          items.filter((item) => item.unit === unit),
        )
      );
    }),
  );
  return members.filter(({ unit }) => !keeps.has(unit));
}
