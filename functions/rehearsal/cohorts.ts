import { cohortsOf, type Cohort } from '#domain/risk/cohort.ts';
import type { CohortFinding, RehearsalFailure } from '#domain/risk/rehearsal.ts';
import { messageOf } from '#rules/compiled.ts';
import { cohortMeets } from '#rules/cohort-condition.ts';
import { cellsOf } from '#store/cells.ts';
import type { StateTable } from '#store/store.ts';
import { knownTerritories } from '#store/territories.ts';
import type { RehearsalOf, Step, Surroundings } from './step.ts';

/** Territories of one step: a county has some thousand cells at most. */
const TERRITORIES = 50;

/** How many territories there are to look at. */
export async function countTerritories(store: StateTable): Promise<number> {
  return (await knownTerritories(store)).length;
}

/** Looks at the cohorts of the territories that come next, as they are counted now. */
export async function stepOnCohorts(
  { store, limit }: Surroundings,
  run: RehearsalOf<'cohort'>,
): Promise<Step> {
  const { of } = run;
  const all = await knownTerritories(store);
  const left = all.filter((territory) => of.position === undefined || territory > of.position);
  const some = left.slice(0, Math.min(TERRITORIES, limit));
  const counts = { ...of.counts };
  let { position } = of;
  const findings: CohortFinding[] = [];
  let failure: RehearsalFailure | undefined;
  for (const territory of some) {
    const cohorts = cohortsOf(await cellsOf(store, territory), of.policy).filter(
      ({ subjects }) => subjects > 0,
    );
    for (const cohort of cohorts) {
      const outcome = outcomeOf(of.policy.when, cohort);
      if ('failed' in outcome) {
        counts.failed += 1;
        failure ??= { of: `${cohort.territory} ${cohort.industry}`, why: outcome.failed };
      } else if (outcome.holds) {
        counts.fired += 1;
        findings.push(cohort);
      }
    }
    counts.looked += cohorts.length;
    position = territory;
  }
  return {
    of: { ...of, counts, ...(position === undefined ? {} : { position }) },
    looked: some.length,
    findings,
    failure,
    more: some.length < left.length,
  };
}

function outcomeOf(condition: string, cohort: Cohort): { holds: boolean } | { failed: string } {
  try {
    return { holds: cohortMeets(condition, cohort) };
  } catch (error) {
    return { failed: messageOf(error) };
  }
}
