import type { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import { dueSubjects } from '#store/scans.ts';
import { BATCH, type Batch, type Surroundings } from './batch.ts';

/** The subjects of a shard that are due on the day of the run, from the checkpoint on. */
export async function* dueBatches(
  { state, step }: Surroundings,
  { day }: ScanRun,
  part: ScanPart,
): AsyncGenerator<Batch> {
  const limit = Math.min(BATCH, step);
  let { after } = part;
  for (;;) {
    const due = await dueSubjects(state.store, part.part, { day, after, limit });
    const last = due.at(-1);
    if (last === undefined) return;
    after = last.dueSk;
    yield { ids: due.map(({ id }) => id), checkpoint: { after }, writes: () => [] };
  }
}
