import * as z from 'zod';
import type { Outcome } from '../functions/function-host.ts';
import type { StreamRecord } from './record.ts';

export interface BatchPolicy {
  retries: number;
  bisect: boolean;
  reportsItemFailures: boolean;
}
export interface BatchHooks {
  invoke(records: readonly StreamRecord[], attempt: number): Promise<Outcome>;
  giveUp(records: readonly StreamRecord[], attempts: number, reason: string): void;
  pause(failures: number): Promise<void>;
}

const Report = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().nullish() })).nullish(),
});

/**
 * Carries one batch through Lambda's rules for streams: records stay in order, a failed batch is split in two when
 * the mapping says so (a split does not count as a retry), a partial failure goes on from the first record that was
 * named, and what has used up its retries goes to the on-failure queue. Returns when each record is done either way.
 */
export async function processBatch(
  records: readonly StreamRecord[],
  policy: BatchPolicy,
  hooks: BatchHooks,
): Promise<void> {
  const waiting = [{ records, attempt: 1 }];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const outcome = await hooks.invoke(part.records, part.attempt);
    const failure = failureOf(outcome, part.records, policy);
    if (failure === undefined) continue;
    if (failure === 'stopped') return;
    if (failure.from > 0) {
      // Progress was made, so the rest starts with all its retries.
      waiting.unshift({ records: part.records.slice(failure.from), attempt: 1 });
    } else if (policy.bisect && failure.whole && part.records.length > 1) {
      const middle = Math.ceil(part.records.length / 2);
      waiting.unshift(
        { records: part.records.slice(0, middle), attempt: part.attempt },
        { records: part.records.slice(middle), attempt: part.attempt },
      );
    } else if (part.attempt > policy.retries) {
      hooks.giveUp(part.records, part.attempt, failure.reason);
    } else {
      await hooks.pause(part.attempt);
      waiting.unshift({ records: part.records, attempt: part.attempt + 1 });
    }
  }
}

type Failure = { from: number; whole: boolean; reason: string } | 'stopped' | undefined;

/** The index of the first record that failed. A report that names no record of the batch fails the whole of it. */
function failureOf(outcome: Outcome, records: readonly StreamRecord[], policy: BatchPolicy): Failure {
  if (!outcome.ok) {
    if (outcome.error.errorType === 'Runtime.Stopped') return 'stopped';
    return { from: 0, whole: true, reason: `${outcome.error.errorType}: ${outcome.error.errorMessage}` };
  }
  if (!policy.reportsItemFailures || outcome.payload === null) return undefined;
  const report = Report.safeParse(outcome.payload);
  if (!report.success)
    return { from: 0, whole: true, reason: 'the function answered no valid batchItemFailures' };
  const named = (report.data.batchItemFailures ?? []).map((item) =>
    records.findIndex((record) => record.sequence === item.itemIdentifier),
  );
  if (named.length === 0) return undefined;
  if (named.includes(-1))
    return { from: 0, whole: true, reason: 'batchItemFailures names a record that is not in the batch' };
  return { from: Math.min(...named), whole: false, reason: 'the function reported the record as failed' };
}
