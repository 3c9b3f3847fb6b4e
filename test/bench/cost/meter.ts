import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';

/** Request units that went through a meter since it was last read. */
export interface Units {
  readonly read: number;
  readonly write: number;
  readonly indexWrite: number;
  readonly ledgerWrite: number;
}

export interface Meter {
  /** Where to send what would be sent to the engine. */
  readonly endpoint: string;
  /** The units since the last take. */
  readonly take: () => Units;
  readonly stop: () => Promise<void>;
}

const Parts = z.record(z.string(), z.object({ CapacityUnits: z.number() }));
const Consumed = z.object({
  TableName: z.string(),
  CapacityUnits: z.number(),
  GlobalSecondaryIndexes: Parts.optional(),
});
type Consumed = z.infer<typeof Consumed>;
const Answer = z.object({
  ConsumedCapacity: z.union([Consumed.transform((one) => [one]), z.array(Consumed)]).default(() => []),
});
const Body = z.record(z.string(), z.unknown());
const Transaction = z.object({
  TransactItems: z.array(z.object({ Put: Body.optional(), Update: Body.optional() })),
});
const READS = new Set(['GetItem', 'BatchGetItem', 'Query']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'BatchWriteItem']);

/**
 * Stands between a stack and its engine and adds up what each request uses. The engine tells the units of only one item of a
 * transaction; so each write is done once more in a second database with the same tables, where every item of a transaction
 * is written by itself and counts twice, as the service does it. A write that is refused is not counted.
 * @param shadow access key id of the second database
 */
export async function startMeter(engine: string, shadow: string): Promise<Meter> {
  let units = { read: 0, write: 0, indexWrite: 0, ledgerWrite: 0 };
  // One after another: an item takes by its size before and after, so the order matters.
  let shadowing: Promise<unknown> = Promise.resolve();

  const countWrites = (consumed: readonly Consumed[], factor: number): void => {
    for (const { TableName, CapacityUnits, GlobalSecondaryIndexes = {} } of consumed) {
      const ofIndexes = Object.values(GlobalSecondaryIndexes).reduce(
        (sum, one) => sum + one.CapacityUnits,
        0,
      );
      if (TableName.includes('Ledger')) units.ledgerWrite += CapacityUnits * factor;
      else {
        units.write += CapacityUnits * factor;
        units.indexWrite += ofIndexes * factor;
      }
    }
  };

  const writeInShadow = async (
    headers: Headers,
    action: string,
    body: Record<string, unknown>,
    factor: number,
  ): Promise<void> => {
    const own = new Headers(headers);
    own.set('authorization', credentialOf(headers).replace(/Credential=[^/]+/, `Credential=${shadow}`));
    const { status, text } = await sent(engine, own, action, { ...body, ReturnConsumedCapacity: 'INDEXES' });
    if (status !== 200) throw new Error(`the second database refused ${action}: ${text}`);
    countWrites(Answer.parse(JSON.parse(text)).ConsumedCapacity, factor);
  };

  const writeAll = async (headers: Headers, action: string, body: Record<string, unknown>): Promise<void> => {
    if (action !== 'TransactWriteItems') return writeInShadow(headers, action, body, 1);
    for (const { Put, Update } of Transaction.parse(body).TransactItems) {
      if (Put !== undefined) await writeInShadow(headers, 'PutItem', Put, 2);
      else if (Update !== undefined) await writeInShadow(headers, 'UpdateItem', Update, 2);
      else throw new Error('a transaction does something that is not metered');
    }
  };

  const answer = async (request: IncomingMessage): Promise<{ status: number; text: string }> => {
    const headers = headersOf(request);
    const target = headers.get('x-amz-target') ?? '';
    const [service, action = ''] = target.split('.');
    const text = await textOf(request);
    if (service !== 'DynamoDB_20120810') return sentAsIs(engine, headers, text);
    const body = Body.parse(JSON.parse(text));
    if (READS.has(action)) {
      const read = await sent(engine, headers, action, { ...body, ReturnConsumedCapacity: 'TOTAL' });
      if (read.status === 200) {
        const { ConsumedCapacity } = Answer.parse(JSON.parse(read.text));
        const told = ConsumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
        units.read += told + missedUnits(action, body, read.text, told);
      }
      return read;
    }
    const done = await sentAsIs(engine, headers, text);
    if (done.status !== 200) return done;
    if (WRITES.has(action) || action === 'TransactWriteItems') {
      const written = shadowing.then(async () => writeAll(headers, action, body));
      shadowing = written;
      await written;
    }
    return done;
  };

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, text }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(text);
      },
      (error: unknown) => {
        response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify({ __type: 'MeterFailed', message: String(error) }));
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = units;
      units = { read: 0, write: 0, indexWrite: 0, ledgerWrite: 0 };
      return taken;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const Asked = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({ Keys: z.array(z.unknown()), ConsistentRead: z.boolean().default(false) }),
  ),
});
const Got = z.object({ Responses: z.record(z.string(), z.array(z.unknown())) });

/** What the service takes for keys that were asked for and hold nothing: the engine takes nothing for them. */
function missedUnits(action: string, body: unknown, answer: string, told: number): number {
  if (action === 'GetItem') {
    const { ConsistentRead } = z.object({ ConsistentRead: z.boolean().default(false) }).parse(body);
    return told === 0 ? unitsOfNothing(ConsistentRead) : 0;
  }
  if (action !== 'BatchGetItem') return 0;
  const { Responses } = Got.parse(JSON.parse(answer));
  return Object.entries(Asked.parse(body).RequestItems).reduce(
    (sum, [table, { Keys, ConsistentRead }]) =>
      sum + (Keys.length - (Responses[table]?.length ?? 0)) * unitsOfNothing(ConsistentRead),
    0,
  );
}

function unitsOfNothing(consistent: boolean): number {
  return consistent ? 1 : 0.5;
}

async function sent(
  engine: string,
  headers: Headers,
  action: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const own = new Headers(headers);
  own.set('x-amz-target', `DynamoDB_20120810.${action}`);
  return sentAsIs(engine, own, JSON.stringify(body));
}

async function sentAsIs(
  engine: string,
  headers: Headers,
  text: string,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(engine, { method: 'POST', headers, body: text });
  return { status: answer.status, text: await answer.text() };
}

/** What the engine looks at; it checks no signature. */
function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'x-amz-target', 'x-amz-date', 'content-type']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

function credentialOf(headers: Headers): string {
  return headers.get('authorization') ?? '';
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
