import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { handlerOf } from './invoke.ts';
import { sampleEvent } from '../support/samples.ts';

const Request = z.object({
  Entries: z.array(
    z.object({
      EventBusName: z.string(),
      Source: z.string(),
      DetailType: z.string(),
      Detail: z.string(),
      Time: z.number(),
    }),
  ),
});
type Call = z.infer<typeof Request>['Entries'];

/** The ids that the bus rejects; each call that came in. */
const rejected = new Set<string>();
const calls: Call[] = [];
let answering: number = 200;

async function answer(request: IncomingMessage): Promise<unknown> {
  const { Entries } = Request.parse(JSON.parse(await text(request)));
  calls.push(Entries);
  const answers = Entries.map(({ Detail }, at) =>
    [...rejected].some((id) => Detail.includes(id))
      ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }
      : { EventId: `bus-${at}` },
  );
  return { FailedEntryCount: answers.filter((entry) => 'ErrorCode' in entry).length, Entries: answers };
}

const bus = createServer((request, response) => {
  void answer(request).then((body) => {
    response.statusCode = answering;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(answering === 200 ? body : { __type: 'AccessDeniedException' }));
  });
});
const port = await new Promise<number>((resolve) => {
  bus.listen(0, '127.0.0.1', () => {
    const address = bus.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
});
Object.assign(process.env, {
  AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${port}`,
  AWS_REGION: 'cn-north-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'none',
  EVENT_BUS: 'the-bus',
});
const relay = await handlerOf('relay');
afterAll(() => {
  bus.close();
});
beforeEach(() => {
  rejected.clear();
  calls.length = 0;
  answering = 200;
});

const events = Array.from({ length: 23 }, (_, n) => sampleEvent(`T-${n}`, 'cause'));
const batch = {
  Records: events.map((event, n) => ({
    dynamodb: { SequenceNumber: String(1000 + n), NewImage: marshall({ event }) },
  })),
};
const idOf = (at: number) => events[at]?.id ?? 'none';

describe('the relay', () => {
  it('carries a batch to the bus in its order, ten a call', async () => {
    expect(await relay(batch)).toEqual({ batchItemFailures: [] });
    expect(calls.map((call) => call.length)).toEqual([10, 10, 3]);
    expect(calls.flat().map(({ Detail }) => JSON.parse(Detail))).toEqual(events);
    expect(calls[0]?.[0]).toMatchObject({
      EventBusName: 'the-bus',
      Source: 'mingchou',
      DetailType: 'trigger.received',
      Time: 1_772_415_000,
    });
  });

  it.each([0, 9, 10, 22])(
    'names the one at place %i that the bus did not take, and sends none after that call',
    async (at) => {
      rejected.add(idOf(at));
      expect(await relay(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: String(1000 + at) }] });
      expect(calls.length).toBe(Math.floor(at / 10) + 1);
    },
  );

  it('names the first of several, so that none is skipped', async () => {
    rejected.add(idOf(7)).add(idOf(3)).add(idOf(15));
    expect(await relay(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: '1003' }] });
  });

  it('fails as a whole when the bus does not answer, so that all of it is delivered again', async () => {
    answering = 400;
    await expect(relay(batch)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
