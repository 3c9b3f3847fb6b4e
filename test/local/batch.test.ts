import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../infra/local/functions/function-host.ts';
import { type BatchPolicy, processBatch } from '../../infra/local/streams/batch.ts';

interface Trace {
  calls: string[];
  lost: string[];
}

/** Runs records 1…n through a function that is described by what it answers to a list of records. */
async function run(
  count: number,
  policy: Partial<BatchPolicy>,
  answer: (ids: string[], nth: number) => Outcome,
): Promise<Trace> {
  const trace: Trace = { calls: [], lost: [] };
  const records = Array.from({ length: count }, (_, index) => ({ sequence: String(index + 1), event: {} }));
  await processBatch(
    records,
    { retries: 1, bisect: false, reportsItemFailures: false, ...policy },
    {
      invoke: async (part, attempt) => {
        const ids = part.map((record) => record.sequence);
        trace.calls.push(`${ids.join('')}@${attempt}`);
        return Promise.resolve(answer(ids, trace.calls.length));
      },
      giveUp: (part, attempts, reason) => {
        trace.lost.push(`${part.map((record) => record.sequence).join('')} after ${attempts}: ${reason}`);
      },
      pause: async () => Promise.resolve(),
    },
  );
  return trace;
}
const fine: Outcome = { ok: true, payload: null };
const broken: Outcome = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };
const report = (...ids: string[]): Outcome => ({
  ok: true,
  payload: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

describe('a batch of stream records', () => {
  test('that fails is tried again as often as the mapping says, then given up', async () => {
    expect(await run(2, { retries: 2 }, () => broken)).toEqual({
      calls: ['12@1', '12@2', '12@3'],
      lost: ['12 after 3: Error: no'],
    });
  });

  test('is cut in two until the bad record stands alone, in order, without spending a retry on the cuts', async () => {
    expect(await run(4, { bisect: true }, (ids) => (ids.includes('3') ? broken : fine))).toEqual({
      calls: ['1234@1', '12@1', '34@1', '3@1', '3@2', '4@1'],
      lost: ['3 after 2: Error: no'],
    });
  });

  test('goes on from the first record that was reported, with all its retries', async () => {
    expect(
      await run(4, { reportsItemFailures: true }, (ids, nth) =>
        nth === 1 ? report('4', '3') : ids[0] === '3' && nth === 2 ? report('3') : fine,
      ),
    ).toEqual({ calls: ['1234@1', '34@1', '34@2'], lost: [] });
  });

  test('is given up from the reported record on when that record never succeeds', async () => {
    expect(await run(3, { reportsItemFailures: true, retries: 1 }, () => report('2'))).toEqual({
      calls: ['123@1', '23@1', '23@2'],
      lost: ['23 after 2: the function reported the record as failed'],
    });
  });

  test('fails as a whole when the report names a record that it does not hold', async () => {
    const trace = await run(2, { reportsItemFailures: true, retries: 0 }, () => report('9'));
    expect(trace.lost).toEqual(['12 after 1: batchItemFailures names a record that is not in the batch']);
  });

  test('is done when the report is empty', async () => {
    expect(await run(2, { reportsItemFailures: true }, () => report())).toEqual({
      calls: ['12@1'],
      lost: [],
    });
  });

  test('ignores a report when the mapping does not ask for one', async () => {
    expect(await run(2, {}, () => report('1'))).toEqual({ calls: ['12@1'], lost: [] });
  });
});
