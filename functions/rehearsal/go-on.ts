import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit } from '#store/commit.ts';
import { mustLoad, updated } from '#store/records.ts';
import { FINDINGS_KEPT, keptFindings, rehearsedLast, Rehearsal } from '#store/rehearsals.ts';
import type { StateTable } from '#store/store.ts';
import { countTerritories, stepOnCohorts } from './cohorts.ts';
import type { Step, Surroundings } from './step.ts';
import { countSubjects, stepOnSubjects } from './subjects.ts';
import { countTriggers, stepOnTriggers } from './triggers.ts';

type Started = EventOf<'rehearsal.started'>;
type Continued = EventOf<'rehearsal.continued'>;

/** Counts what there is to look at, so that everybody can see how far a rehearsal is, and hands on to the first step. */
export async function begin({ store }: Surroundings, event: Started): Promise<Handled> {
  const run = await mustLoad(store, Rehearsal, 'REHEARSAL', event.about.id);
  if (run.status !== 'started') return 'done-before';
  const next: Rehearsal = {
    ...run,
    version: run.version + 1,
    status: 'running',
    total: await totalOf(store, run),
  };
  const { kind } = await commit(store, {
    at: event.time,
    once: { consumer: 'rehearsal', key: event.id },
    writes: [updated('REHEARSAL', next)],
    events: [continued(event, next)],
  });
  return kind;
}

/**
 * Looks at what comes next, and hands on to the step after it or finishes. The position, the counts and the findings of a step
 * are one transaction: a step that died leaves nothing, and one that is run twice is counted once.
 */
export async function goOn(around: Surroundings, event: Continued): Promise<Handled> {
  const run = await mustLoad(around.store, Rehearsal, 'REHEARSAL', event.about.id);
  if (run.status !== 'running' || run.step !== event.data.step) return 'done-before';
  const step = await stepOf(around, run);
  const kept = step.findings.slice(0, FINDINGS_KEPT - run.kept);
  const failure = run.failure ?? step.failure;
  const done = run.done + step.looked;
  const next: Rehearsal = {
    ...run,
    version: run.version + 1,
    step: run.step + 1,
    of: step.of,
    done,
    // Something may have been added since it was counted.
    total: Math.max(run.total, done),
    found: run.found + step.findings.length,
    kept: run.kept + kept.length,
    ...(failure === undefined ? {} : { failure }),
    ...(step.more ? {} : { status: 'finished', total: done, finishedAt: event.time }),
  };
  const { kind } = await commit(around.store, {
    at: event.time,
    once: { consumer: 'rehearsal', key: event.id },
    writes: [
      updated('REHEARSAL', next),
      ...keptFindings(run.id, next.step, kept),
      ...(step.writes ?? []),
      ...(step.more ? [] : [rehearsedLast(next)]),
    ],
    events: [step.more ? continued(event, next) : finished(event, next)],
  });
  return kind;
}

function totalOf(store: StateTable, { of, ...run }: Rehearsal): Promise<number> {
  switch (of.about) {
    case 'trigger':
      return countTriggers(store, { ...run, of });
    case 'subject':
      return countSubjects(store, { ...run, of });
    case 'cohort':
      return countTerritories(store);
  }
}

function stepOf(around: Surroundings, { of, ...run }: Rehearsal): Promise<Step> {
  switch (of.about) {
    case 'trigger':
      return stepOnTriggers(around, { ...run, of });
    case 'subject':
      return stepOnSubjects(around, { ...run, of });
    case 'cohort':
      return stepOnCohorts(around, { ...run, of });
  }
}

function continued(event: Started | Continued, run: Rehearsal): MingchouEvent {
  return newEvent('rehearsal.continued', {
    ...consequenceOf(event, 'rehearsal', 'rehearsal', run),
    data: { policy: run.of.policy.id, step: run.step, done: run.done, total: run.total },
  });
}

function finished(event: Continued, run: Rehearsal): MingchouEvent {
  const { about, policy, counts } = run.of;
  return newEvent('rehearsal.finished', {
    ...consequenceOf(event, 'rehearsal', 'rehearsal', run),
    data: {
      policy: policy.id,
      about,
      contentHash: run.contentHash,
      looked: counts.looked,
      found: run.found,
      failed: counts.failed,
    },
  });
}
