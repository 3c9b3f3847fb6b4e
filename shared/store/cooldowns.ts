import { CohortFiring, cohortFiringId, coolDownEnd, type Cohort } from '#domain/risk/cohort.ts';
import type { CohortRule } from '#domain/risk/rule.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { COOLING_PARTITION, coolingKey, dueThrough, stateKey } from './keys.ts';
import { saved, updated } from './records.ts';
import { loadMany, queryAll, type StateTable } from './store.ts';

/** When a rule fired last for each of the cohorts, by the firing's id; cohorts for which it never did are absent. */
export async function lastFirings(
  store: StateTable,
  rule: string,
  cohorts: readonly Cohort[],
): Promise<ReadonlyMap<string, CohortFiring>> {
  const keys = cohorts.map((cohort) => stateKey('COOLDOWN', cohortFiringId(rule, cohort)));
  const found = await loadMany(store, CohortFiring, keys);
  return new Map(found.map((firing) => [firing.id, firing]));
}

/** The firings whose cool-down is over by the day: their cohorts may fire again with nothing else changed. */
export function cooledDown(store: StateTable, day: CalendarDate): Promise<CohortFiring[]> {
  return queryAll(store, CohortFiring, {
    index: 'due',
    partition: COOLING_PARTITION,
    through: dueThrough(day),
  });
}

/** The next firing of a rule for a cohort. Committing it fails when another run was faster. */
export function fired(firing: CohortFiring, rule: CohortRule): StateWrite {
  const restsUntil = coolDownEnd(firing, rule);
  const next = { ...firing, restsUntil };
  const index = coolingKey(restsUntil, firing.id);
  return saved('COOLDOWN', next, index);
}

/** Moves a firing to the day on which its cool-down ends as the rule now is; nothing when it stands there. */
export function coolsDown(firing: CohortFiring, rule: CohortRule): StateWrite[] {
  return firing.restsUntil === coolDownEnd(firing, rule)
    ? []
    : [fired({ ...firing, version: firing.version + 1 }, rule)];
}

/** Takes a firing off the index of those that cool down: its cohort was looked at, and left alone. */
export function rested(firing: CohortFiring): StateWrite {
  const { restsUntil: _, ...rest } = firing;
  return updated('COOLDOWN', { ...rest, version: firing.version + 1 });
}
