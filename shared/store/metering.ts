import * as z from 'zod';
import { addCapacity, NO_CAPACITY, type Capacity } from '#domain/risk/scan.ts';
import { openState, type StateTable } from './store.ts';

const Units = z.object({ CapacityUnits: z.number() });
const Consumed = z.object({ ConsumedCapacity: z.union([Units, z.array(Units)]).optional() });

/**
 * A state table that counts the capacity units of what is read and written through it, as the engine says them. DynamoDB
 * Local (3.3.1) says of a transaction no more than the units of one of its items.
 */
export interface MeteredState {
  readonly store: StateTable;
  /** What was used since the last call, and how long that is ago; by a clock that counts on and tells no time of day. */
  readonly take: () => Capacity;
  readonly close: () => void;
}

/** Opens the table with a client of its own, so that nobody else's work is counted. */
export function openMeteredState(stateTable: string): MeteredState {
  return metered(openState(stateTable));
}

/** Counts what goes through the client of a table from now on. */
export function metered(store: StateTable): MeteredState {
  let used = NO_CAPACITY;
  let since = performance.now();
  store.client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      used = addCapacity(used, capacityOf(String(context.commandName), result.output));
      return result;
    },
    { step: 'initialize', name: 'metering', priority: 'high' },
  );
  return {
    store,
    take: () => {
      const now = performance.now();
      const taken = { ...used, milliseconds: Math.round(now - since) };
      used = NO_CAPACITY;
      since = now;
      return taken;
    },
    close: () => {
      store.client.destroy();
    },
  };
}

function capacityOf(command: string, output: unknown): Capacity {
  const { ConsumedCapacity: consumed = [] } = Consumed.parse(output);
  const units = [consumed].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
  return /Write|Put|Update/.test(command)
    ? { ...NO_CAPACITY, write: units }
    : { ...NO_CAPACITY, read: units };
}
