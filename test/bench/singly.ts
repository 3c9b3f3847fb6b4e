import {
  PutCommand,
  UpdateCommand,
  type PutCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StateTable } from '#store/store.ts';

const Transaction = z.object({
  TransactItems: z.array(
    z.object({
      Put: z.custom<PutCommandInput>().optional(),
      Update: z.custom<UpdateCommandInput>().optional(),
    }),
  ),
});
const Consumed = z.object({ ConsumedCapacity: z.object({ CapacityUnits: z.number() }) });

/**
 * Lets a table do each item of a transaction by itself and answer with twice the units of all: the local engine tells the
 * units of one item only, and the service takes two for each that a write outside of a transaction takes. `one` is a client
 * of the same database; nobody else may write to it meanwhile.
 */
export function singly(measured: StateTable, one: StateTable): void {
  measured.client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
      let units = 0;
      for (const { Put, Update } of Transaction.parse(args.input).TransactItems) {
        if (Put !== undefined)
          units += unitsOf(
            await one.client.send(new PutCommand({ ...Put, ReturnConsumedCapacity: 'TOTAL' })),
          );
        if (Update !== undefined)
          units += unitsOf(
            await one.client.send(new UpdateCommand({ ...Update, ReturnConsumedCapacity: 'TOTAL' })),
          );
      }
      return { response: {}, output: { $metadata: {}, ConsumedCapacity: [{ CapacityUnits: 2 * units }] } };
    },
    { step: 'initialize', name: 'singly' },
  );
}

function unitsOf(answer: unknown): number {
  return Consumed.parse(answer).ConsumedCapacity.CapacityUnits;
}
