import type { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { readCohort } from '#store/cohort.ts';
import type { StateWrite } from '#store/commit.ts';
import { duePasses, loadLap, passesDone, savedLap, type Lap } from '#store/scans.ts';
import type { StateTable } from '#store/store.ts';
import { BATCH, type Batch, type Surroundings } from './batch.ts';

/** Days whose rules one lap answers for: their records are taken off in its last transaction. */
const PASSES_A_LAP = 8;

/**
 * A slice of the whole library, for rules that say something else than before: so many subjects each morning, from where the
 * last one stopped. Nothing when no rule has changed since the last lap.
 */
export async function* libraryBatches(
  { state: { store }, passPerDay }: Surroundings,
  { day }: ScanRun,
  part: ScanPart,
): AsyncGenerator<Batch> {
  const begun = await lapOn(store, day);
  const left = passPerDay - part.counts.evaluated;
  if (begun === undefined || left <= 0) return;
  const page = Math.min(BATCH, passPerDay);
  let { version, evaluated } = begun;
  for await (const { subjects, position } of readCohort(store, {}, day, begun.position, page)) {
    const isLast = position.open.length === 0;
    version += 1;
    evaluated += subjects.length;
    const lap = { ...begun, version, position, evaluated, ...(isLast ? { finishedOn: day } : {}) };
    yield { ids: subjects.map(({ id }) => id), checkpoint: {}, writes: writesFor(store, lap) };
    if (isLast || evaluated - begun.evaluated >= left) return;
  }
  // A library without a subject has no page at all.
  yield {
    ids: [],
    checkpoint: {},
    writes: writesFor(store, { ...begun, version: version + 1, finishedOn: day }),
  };
}

/** The lap that is under way, or a new one when something asks for it. */
async function lapOn(store: StateTable, day: CalendarDate): Promise<Lap | undefined> {
  const known = await loadLap(store);
  if (known !== undefined && known.finishedOn === undefined) return known;
  const passes = await duePasses(store, 'subject', day);
  return passes.length === 0
    ? undefined
    : {
        id: 'lap',
        version: known?.version ?? 0,
        startedOn: day,
        passes: passes.slice(0, PASSES_A_LAP),
        evaluated: 0,
      };
}

function writesFor(store: StateTable, lap: Lap): () => Promise<StateWrite[]> | StateWrite[] {
  return async () => [
    savedLap(lap),
    ...(lap.finishedOn === undefined ? [] : await passesDone(store, lap.passes)),
  ];
}
