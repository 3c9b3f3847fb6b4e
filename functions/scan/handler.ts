import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { ScanPart } from '#domain/risk/scan.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, settled } from '#store/commit.ts';
import { runOf, startedScan } from '#store/scans.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('scan').STATE_TABLE));

export const handler = scheduleFunction('scan', (at, telemetry) => settled(() => start(at, telemetry)));

/**
 * Starts the scan of the day (article 4: 风险预警、动态监测): one run however often it is started. Its parts go on by
 * themselves, each in the function `assess`.
 */
async function start(at: Instant, telemetry: Telemetry): Promise<void> {
  const known = await runOf(store(), dateInShanghai(at));
  if (known !== undefined) {
    telemetry.info('started before', { run: known.id });
    return;
  }
  const { run, parts, writes } = startedScan(at);
  const facts = {
    time: at,
    about: { kind: 'scan', id: run.id, version: run.version },
    correlation: run.id,
    actor: { kind: 'function', id: 'scan' },
  } as const;
  const continued = ({ part, version }: ScanPart): MingchouEvent =>
    newEvent('scan.continued', {
      ...facts,
      causation: `${run.id}/${part}`,
      data: { part, checkpoint: version },
    });
  await commit(store(), {
    at,
    writes,
    events: [
      newEvent('scan.started', {
        ...facts,
        causation: run.id,
        data: { day: run.day, parts: run.parts },
      }),
      ...parts.map(continued),
    ],
  });
}
