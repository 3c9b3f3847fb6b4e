import type { ScanPartView, ScanView } from '#contracts/api/monitoring.ts';
import { addCapacity, addScanCounts, type ScanPart, type ScanRun } from '#domain/risk/scan.ts';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { loadLap, loadRun, newestScans, partsOf } from '#store/scans.ts';
import { json, type Answer } from '#web/answer.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { staff, store, WATCHING } from './asking.ts';

/** About a quarter of a year. */
const SHOWN = 100;

/** The newest scans, and the pass over the whole library that is under way. */
export async function listScans(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const [scans, lap] = await Promise.all([newestScans(store(), SHOWN), loadLap(store())]);
  return json(200, {
    scans: scans.map((run) => viewOf(run, request.at)),
    ...(lap === undefined || lap.finishedOn !== undefined
      ? {}
      : { pass: { startedOn: lap.startedOn, evaluated: lap.evaluated } }),
  });
}

/** One scan with its parts: while it is under way, the counts are those of the parts so far. */
export async function scanById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const run = await loadRun(store(), param(request, 'id'));
  const parts = await partsOf(store(), run);
  const open = parts.filter(({ status }) => status === 'running');
  return json(200, {
    ...viewOf(run, request.at),
    counts: open.reduce((sum, { counts }) => addScanCounts(sum, counts), run.counts),
    capacity: open.reduce((sum, { capacity }) => addCapacity(sum, capacity), run.capacity),
    parts: parts.map(partView),
  });
}

function viewOf(run: ScanRun, now: Instant): ScanView {
  const { id, day, status, startedAt, counts, capacity, cohorts, territories } = run;
  return {
    id,
    day,
    status,
    startedAt,
    // The steps carry the time of the start; how long a running one takes can only be said by the clock of whoever asks.
    ...(status === 'finished'
      ? {}
      : { runningForSeconds: Math.round((epochMilliseconds(now) - epochMilliseconds(startedAt)) / 1000) }),
    parts: { open: run.open.length, all: run.parts.length },
    counts,
    cohorts,
    capacity,
    territories: territories.length,
  };
}

function partView({ part, status, counts, after }: ScanPart): ScanPartView {
  return { part, status, evaluated: counts.evaluated, ...(after === undefined ? {} : { after }) };
}
