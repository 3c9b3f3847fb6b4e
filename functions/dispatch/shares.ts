import type { Arrival } from './joining.ts';

/** To how many objects of a list a unit goes. */
export interface UnitShare {
  readonly unit: string;
  readonly objects: number;
}

/** How much of a list has been handed out, and to whom. */
export interface HandedOut {
  readonly done: number;
  readonly units: UnitShare[];
}

/** The shares of the units after these arrivals, in the order in which the units come up: each counts an object once, however many of its items are checked there. */
export function sharesOf(
  arrivals: readonly Pick<Arrival, 'items'>[],
  before: readonly UnitShare[],
): UnitShare[] {
  const shares = new Map(before.map(({ unit, objects }) => [unit, objects]));
  for (const { items } of arrivals) {
    for (const unit of new Set(items.map((item) => item.unit))) {
      shares.set(unit, (shares.get(unit) ?? 0) + 1);
    }
  }
  return [...shares].map(([unit, objects]) => ({ unit, objects }));
}
