import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

const TransactInput = z.object({ TransactItems: z.array(z.unknown()) });
const Keys = z.object({ Keys: z.array(z.unknown()) }).catchall(z.unknown());
const BatchInput = z.object({ RequestItems: z.record(z.string(), z.union([Keys, z.array(z.unknown())])) });

/** What the real engine does under load and DynamoDB Local never does: cancels a transaction because another one holds its items. */
export function conflictTimes(client: DynamoDBDocumentClient, times: number) {
  let left = times;
  client.middlewareStack.add(
    (next) => async (args) => {
      const transaction = TransactInput.safeParse(args.input);
      if (transaction.success && left > 0) {
        left -= 1;
        throw new TransactionCanceledException({
          message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
          $metadata: {},
          CancellationReasons: transaction.data.TransactItems.map((_, at) => ({
            Code: at === 0 ? 'TransactionConflict' : 'None',
          })),
        });
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'fault', override: true },
  );
  return { remove: () => client.middlewareStack.remove('fault'), left: () => left };
}

/** What the real engine does when it is throttled: takes a part of a batch and hands the rest back. */
export function handBackOnce(client: DynamoDBDocumentClient, count: number) {
  let handedBack = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const batch = BatchInput.safeParse(args.input);
      const [table, asked] = Object.entries(batch.data?.RequestItems ?? {})[0] ?? [];
      if (table === undefined || asked === undefined || handedBack > 0) {
        return next(args);
      }
      const all = Array.isArray(asked) ? asked : asked.Keys;
      const rest = all.slice(-count);
      handedBack = rest.length;
      const part = all.slice(0, -count);
      const pass = { [table]: Array.isArray(asked) ? part : { ...asked, Keys: part } };
      const back = { [table]: Array.isArray(asked) ? rest : { ...asked, Keys: rest } };
      const answer = await next({ ...args, input: { ...args.input, RequestItems: pass } });
      Object.assign(
        answer.output,
        Array.isArray(asked) ? { UnprocessedItems: back } : { UnprocessedKeys: back },
      );
      return answer;
    },
    { step: 'initialize', priority: 'high', name: 'fault', override: true },
  );
  return { remove: () => client.middlewareStack.remove('fault'), handedBack: () => handedBack };
}

const CohortQuery = z.object({ IndexName: z.literal('cohort') });

/** The engine as it is: only how many queries of the cohort index it was asked for, and how many at most at once. */
export function watchCohort(client: DynamoDBDocumentClient) {
  const open = new Set<Promise<unknown>>();
  let asked = 0;
  let most = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      const answer = next(args);
      if (CohortQuery.safeParse(args.input).success) {
        asked += 1;
        open.add(answer);
        most = Math.max(most, open.size);
        answer.then(
          () => open.delete(answer),
          () => open.delete(answer),
        );
      }
      return answer;
    },
    { step: 'initialize', priority: 'high', name: 'watch', override: true },
  );
  return {
    remove: () => client.middlewareStack.remove('watch'),
    asked: () => asked,
    most: () => most,
    settled: () => Promise.allSettled(open),
  };
}

/** An engine that is lost in the middle of a reading: it answers so many queries of the cohort index and no more. */
export function loseCohortAfter(client: DynamoDBDocumentClient, count: number) {
  let left = count;
  client.middlewareStack.add(
    (next) => (args) => {
      if (CohortQuery.safeParse(args.input).success) {
        left -= 1;
        if (left < 0) {
          throw new Error('the engine is gone');
        }
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'fault', override: true },
  );
  return { remove: () => client.middlewareStack.remove('fault') };
}

/** A process that dies: so many of its calls reach the engine, and no more. */
export function dieAfter(client: DynamoDBDocumentClient, calls: number) {
  let left = calls;
  client.middlewareStack.add(
    (next) => (args) => {
      left -= 1;
      if (left < 0) {
        throw new Error('the process is gone');
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'fault', override: true },
  );
  return { remove: () => client.middlewareStack.remove('fault'), died: () => left < 0 };
}
