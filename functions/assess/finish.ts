import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { addCapacity, addScanCounts, type ScanRun } from '#domain/risk/scan.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit, settled } from '#store/commit.ts';
import { cooledDown } from '#store/cooldowns.ts';
import { duePasses, loadPart, loadRun, updatedPart, updatedRun } from '#store/scans.ts';
import type { StateTable } from '#store/store.ts';
import { knownTerritories } from '#store/territories.ts';
import type { Position, Surroundings } from './batch.ts';

/** Days whose rules one weighing answers for: their records are taken off in its last transaction. */
const PASSES_A_RUN = 30;

/** Closes a part; the last one hands the run over to the weighing of cohorts. */
export function finishPart(
  { state }: Surroundings,
  { run: { id, day }, part: { part: number } }: Position,
  event: EventOf<'scan.continued'>,
): Promise<Handled> {
  return settled(async () => {
    const [run, part] = await Promise.all([loadRun(state.store, id), loadPart(state.store, id, number)]);
    if (part.status === 'finished') return 'done-before';
    const capacity = addCapacity(part.capacity, state.take());
    const open = run.open.filter((other) => other !== number);
    const territories = [...new Set([...run.territories, ...part.territories])].toSorted();
    const isLast = open.length === 0;
    const next: ScanRun = {
      ...run,
      version: run.version + 1,
      open,
      counts: addScanCounts(run.counts, part.counts),
      capacity: addCapacity(run.capacity, capacity),
      territories,
      ...(isLast
        ? { status: 'weighing' as const, ...(await whatToWeigh(state.store, day, territories)) }
        : {}),
    };
    await commit(state.store, {
      at: event.time,
      writes: [
        updatedPart({ ...part, version: part.version + 1, status: 'finished', capacity }),
        updatedRun(next),
      ],
      events: isLast
        ? [
            newEvent('scan.weighing', {
              ...consequenceOf(event, 'assess', 'scan', next),
              // Whichever part was the last.
              causation: id,
              data: { territories: next.toWeigh.length },
            }),
          ]
        : [],
    });
    return 'done';
  });
}

/** Where a count changed, a cool-down is over, or, when a rule about cohorts has changed, all of them. */
async function whatToWeigh(
  store: StateTable,
  day: ScanRun['day'],
  touched: readonly string[],
): Promise<Required<Pick<ScanRun, 'toWeigh' | 'passes'>>> {
  const [cooled, passes] = await Promise.all([cooledDown(store, day), duePasses(store, 'cohort', day)]);
  const all = passes.length === 0 ? [] : await knownTerritories(store);
  const rested = cooled.map(({ territory }) => territory.slice(0, 6));
  return {
    toWeigh: [...new Set([...touched, ...rested, ...all])].toSorted(),
    passes: passes.slice(0, PASSES_A_RUN).map(({ id, digest }) => ({ id, digest })),
  };
}
