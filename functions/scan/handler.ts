import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, settled } from '#store/commit.ts';
import { partsWithWork, runOf, startedScan } from '#store/scans.ts';
import { openState } from '#store/store.ts';
import { whatToWeigh } from '#store/weighing.ts';

const store = once(() => openState(environmentOf('scan').STATE_TABLE));

export const handler = scheduleFunction('scan', (at, telemetry) => settled(() => start(at, telemetry)));

/**
 * Starts the scan of the day (article 4: 风险预警、动态监测): one run however often it is started. Its parts go on by
 * themselves, each in the function `assess`; where nothing is due, it is over at once.
 */
async function start(at: Instant, telemetry: Telemetry): Promise<void> {
  const day = dateInShanghai(at);
  const known = await runOf(store(), day);
  if (known !== undefined) {
    telemetry.info('started before', { run: known.id });
    return;
  }
  const numbers = await partsWithWork(store(), day);
  const weighing = numbers.length > 0 ? undefined : await whatToWeigh(store(), day, []);
  const { run, parts, writes } = startedScan(at, numbers, weighing);
  await commit(store(), { at, writes, events: eventsOf(run, parts) });
}

function eventsOf(run: ScanRun, parts: readonly ScanPart[]): MingchouEvent[] {
  const facts = {
    time: run.startedAt,
    about: { kind: 'scan', id: run.id, version: run.version },
    correlation: run.id,
    causation: run.id,
    actor: { kind: 'function', id: 'scan' },
  } as const;
  const started = newEvent('scan.started', { ...facts, data: { day: run.day, parts: run.parts.length } });
  switch (run.status) {
    case 'running':
      return [
        started,
        ...parts.map(({ part, version }) =>
          newEvent('scan.continued', {
            ...facts,
            causation: `${run.id}/${part}`,
            data: { part, checkpoint: version },
          }),
        ),
      ];
    case 'weighing':
      return [started, newEvent('scan.weighing', { ...facts, data: { territories: run.toWeigh.length } })];
    case 'finished': {
      const { day, counts, cohorts } = run;
      return [started, newEvent('scan.finished', { ...facts, data: { day, counts, cohorts } })];
    }
  }
}
