import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type BatchGetCommandInput,
  type GetCommandInput,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StateTable } from '#store/store.ts';

/** What was sent to a table while nothing else was on its way, and what was sent beside it. */
type Wave = ((store: StateTable) => Promise<unknown>)[];

/** What goes through a table's client from now on, so that it can be sent again to another database. */
export interface Recording {
  /** The calls since the last take, those that were sent at the same time together. */
  readonly take: () => Wave[];
}

export function record(store: StateTable): Recording {
  let waves: Wave[] = [];
  let inFlight = 0;
  store.client.middlewareStack.add(
    (next, context) => async (args) => {
      const call = callOf(String(context.commandName), args.input);
      if (inFlight === 0) waves.push([]);
      waves.at(-1)?.push(call);
      inFlight += 1;
      try {
        return await next(args);
      } finally {
        inFlight -= 1;
      }
    },
    { step: 'initialize', name: 'recording', priority: 'high' },
  );
  return {
    take: () => {
      const taken = waves;
      waves = [];
      return taken;
    },
  };
}

/** Sends recorded calls again, in their order, and does nothing with the answers. */
export async function replay(store: StateTable, waves: readonly Wave[]): Promise<void> {
  for (const wave of waves) await Promise.all(wave.map((call) => call(store)));
}

function callOf(command: string, input: unknown): (store: StateTable) => Promise<unknown> {
  switch (command) {
    case 'QueryCommand': {
      const query = z.custom<QueryCommandInput>().parse(input);
      return ({ client }) => client.send(new QueryCommand(query));
    }
    case 'GetItemCommand': {
      const get = z.custom<GetCommandInput>().parse(input);
      return ({ client }) => client.send(new GetCommand(get));
    }
    case 'BatchGetItemCommand': {
      const get = z.custom<BatchGetCommandInput>().parse(input);
      return ({ client }) => client.send(new BatchGetCommand(get));
    }
    case 'TransactWriteItemsCommand': {
      const write = z.custom<TransactWriteCommandInput>().parse(input);
      return ({ client }) => client.send(new TransactWriteCommand(write));
    }
    default:
      throw new Error(`${command} can't be sent again`);
  }
}
