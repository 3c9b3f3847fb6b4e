import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import {
  cohortFiringId,
  cohortsOf,
  isCoolingDown,
  type Cohort,
  type CohortFiring,
} from '#domain/risk/cohort.ts';
import type { CohortRule } from '#domain/risk/rule.ts';
import { addCapacity, type CohortCounts, type ScanRun } from '#domain/risk/scan.ts';
import { triggerOf } from '#domain/risk/trigger.ts';
import type { Handled } from '#lambda/bus.ts';
import { cohortMeets } from '#rules/cohort-condition.ts';
import { cellsOf } from '#store/cells.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { cooledDown, coolsDown, fired, lastFirings, rested } from '#store/cooldowns.ts';
import { riskRulesInForce } from '#store/risk-rules.ts';
import { loadRun, passesDone, updatedRun } from '#store/scans.ts';
import { createdTrigger } from '#store/triggers.ts';
import type { Surroundings } from './batch.ts';

/** Cohorts that fire or rest in one transaction: three items each, and the run. */
const A_TRANSACTION = 30;

/**
 * Weighs the cohorts (territory × industry) of the territories in which something changed: one that meets a rule becomes a
 * trigger, received like any other, unless the rule fired for it less than its cool-down ago. Then the run is finished.
 */
export async function weighCohorts(around: Surroundings, event: EventOf<'scan.weighing'>): Promise<Handled> {
  const { store } = around.state;
  let run = await loadRun(store, event.about.id);
  if (run.status !== 'weighing') return 'done-before';
  const { cohort: rules } = await riskRulesInForce(store, run.day);
  while (run.status === 'weighing') {
    const [territory] = run.toWeigh;
    run =
      territory === undefined
        ? await finishRun(around, event)
        : await weighTerritory(around, { territory, rules }, event);
  }
  return 'done';
}

interface Weighed {
  readonly rule: CohortRule;
  readonly cohort: Cohort;
  readonly last?: CohortFiring | undefined;
}

/** Fires what is over a threshold in one territory; gives the run as it stands after it. */
function weighTerritory(
  { state, telemetry }: Surroundings,
  { territory, rules }: { readonly territory: string; readonly rules: readonly CohortRule[] },
  event: EventOf<'scan.weighing'>,
): Promise<ScanRun> {
  const { store } = state;
  return settled(async () => {
    const run = await loadRun(store, event.about.id);
    if (!run.toWeigh.includes(territory)) return run;
    const cells = await cellsOf(store, territory);
    const over: Weighed[] = [];
    const cooling: { readonly rule: CohortRule; readonly last: CohortFiring }[] = [];
    const counts: CohortCounts = { looked: 0, fired: 0, coolingDown: 0, failed: 0 };
    for (const rule of rules) {
      const cohorts = cohortsOf(cells, rule).filter(({ subjects }) => subjects > 0);
      counts.looked += cohorts.length;
      const meeting = cohorts.filter((cohort) => {
        try {
          return cohortMeets(rule.when, cohort);
        } catch (error) {
          // One rule that can't be computed for one cohort must not keep the others from being looked at.
          counts.failed += 1;
          telemetry.error('a rule could not be computed', error, { rule: rule.id, cohort });
          return false;
        }
      });
      const firings = await lastFirings(store, rule.id, meeting);
      for (const cohort of meeting) {
        const last = firings.get(cohortFiringId(rule.id, cohort));
        // Of this very run: an earlier transaction for this territory.
        if (last?.on === run.day) continue;
        if (last !== undefined && isCoolingDown(last, rule, run.day)) cooling.push({ rule, last });
        else over.push({ rule, cohort, last });
      }
    }
    counts.coolingDown = cooling.length;
    const now = over.slice(0, A_TRANSACTION);
    const busy = [
      ...over.map(({ rule, cohort }) => cohortFiringId(rule.id, cohort)),
      ...cooling.map(({ last }) => last.id),
    ];
    const resting = [
      ...cooling.flatMap(({ rule, last }) => coolsDown(last, rule)),
      ...(await idleIn(state.store, territory, run.day, new Set(busy))).map(rested),
    ];
    const isLast = over.length <= A_TRANSACTION && resting.length <= A_TRANSACTION - now.length;
    counts.fired = now.length;
    const next: ScanRun = {
      ...run,
      version: run.version + 1,
      toWeigh: isLast ? run.toWeigh.filter((other) => other !== territory) : run.toWeigh,
      // Only what is fired is counted before the territory is done: the rest is looked at again.
      cohorts: added(run.cohorts, isLast ? counts : { ...counts, looked: 0, coolingDown: 0, failed: 0 }),
      capacity: addCapacity(run.capacity, state.take()),
    };
    const firings = now.map((weighed) => firingOf(weighed, run, event));
    await commit(store, {
      at: event.time,
      writes: [
        updatedRun(next),
        ...firings.flatMap(({ writes }) => writes),
        ...resting.slice(0, A_TRANSACTION - now.length),
      ],
      events: firings.map(({ received }) => received),
    });
    return next;
  });
}

/** Cohorts of the territory whose cool-down is over and that no rule holds for: they need not be looked at for its sake any more. */
async function idleIn(
  store: Surroundings['state']['store'],
  territory: string,
  day: ScanRun['day'],
  busy: ReadonlySet<string>,
): Promise<CohortFiring[]> {
  const cooled = await cooledDown(store, day);
  return cooled.filter((one) => one.territory.startsWith(territory) && !busy.has(one.id));
}

function firingOf(
  { rule, cohort, last }: Weighed,
  run: ScanRun,
  event: EventOf<'scan.weighing'>,
): { readonly writes: StateWrite[]; readonly received: MingchouEvent } {
  const trigger = triggerOf(rule, cohort, { run: run.id, at: event.time });
  const { territory, industry } = cohort;
  const firing: CohortFiring = {
    id: cohortFiringId(rule.id, cohort),
    version: (last?.version ?? 0) + 1,
    territory,
    industry,
    on: run.day,
    trigger: trigger.id,
  };
  return {
    writes: [fired(firing, rule), createdTrigger(trigger)],
    received: newEvent('trigger.received', {
      time: event.time,
      about: { kind: 'trigger', id: trigger.id, version: trigger.version },
      correlation: trigger.id,
      causation: `${run.id}/${firing.id}`,
      actor: { kind: 'function', id: 'assess' },
      data: { source: trigger.source, category: trigger.report.category, title: trigger.report.title },
    }),
  };
}

function finishRun({ state }: Surroundings, event: EventOf<'scan.weighing'>): Promise<ScanRun> {
  return settled(async () => {
    const run = await loadRun(state.store, event.about.id);
    if (run.status === 'finished') return run;
    const done = await passesDone(state.store, run.passes ?? []);
    const next: ScanRun = {
      ...run,
      version: run.version + 1,
      status: 'finished',
      finishedAt: event.time,
      capacity: addCapacity(run.capacity, state.take()),
    };
    const { day, counts, cohorts } = next;
    await commit(state.store, {
      at: event.time,
      writes: [updatedRun(next), ...done],
      events: [
        newEvent('scan.finished', {
          ...consequenceOf(event, 'assess', 'scan', next),
          data: { day, counts, cohorts },
        }),
      ],
    });
    return next;
  });
}

function added(a: CohortCounts, b: CohortCounts): CohortCounts {
  return {
    looked: a.looked + b.looked,
    fired: a.fired + b.fired,
    coolingDown: a.coolingDown + b.coolingDown,
    failed: a.failed + b.failed,
  };
}
