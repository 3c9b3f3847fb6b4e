import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { addCapacity, addScanCounts, type ScanRun } from '#domain/risk/scan.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit, settled } from '#store/commit.ts';
import { loadPart, loadRun, updatedPart, updatedRun } from '#store/scans.ts';
import { whatToWeigh } from '#store/weighing.ts';
import type { Position, Surroundings } from './batch.ts';

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
