import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '#domain/time/time.ts';
import { DeadLetterQueues } from '../../infra/local/delivery/dead-letter-queues.ts';
import type { DeadLetter, Runner } from '../../infra/local/runner.ts';
import { at, calls, putItems, start } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';

const letterOf = (queue: string, reason: string): DeadLetter => ({
  queue,
  function: 'F',
  kind: 'event',
  at: at('2026-03-02T01:30:00.000Z'),
  reason,
  attempts: 3,
  body: { reason },
  payload: {},
});

describe('the dead-letter queues of this machine', () => {
  let now: Instant = at('2026-03-02T02:00:00.000Z');
  const folder = mkdtempSync(path.join(tmpdir(), 'letters-'));
  const open = () =>
    new DeadLetterQueues(
      { letters: path.join(folder, 'letters.jsonl'), gone: path.join(folder, 'gone.jsonl') },
      () => now,
    );

  test('hand a letter to one at a time, until it is given back or its time is over by the virtual clock', () => {
    const queues = new DeadLetterQueues({ letters: undefined, gone: undefined }, () => now);
    queues.add(letterOf('A', 'one'));
    queues.add(letterOf('A', 'two'));
    queues.add(letterOf('B', 'three'));
    const taken = queues.receive('A', 10, 60);
    expect(taken.map(({ letter, times }) => [letter.reason, times])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
    expect(queues.receive('A', 10, 60)).toEqual([]);
    expect(queues.counts('A')).toEqual({ visible: 0, held: 2 });
    expect(queues.hide(taken[0]?.receipt ?? '', 0)).toBe(true);
    expect(queues.receive('A', 1, 60).map(({ letter, times }) => [letter.reason, times])).toEqual([
      ['one', 2],
    ]);
    now = at('2026-03-02T02:00:59.999Z');
    expect(queues.receive('A', 10, 60)).toEqual([]);
    now = at('2026-03-02T02:01:00.000Z');
    expect(queues.receive('A', 10, 60).length).toBe(2);
  });

  test('take a receipt for good no more once somebody else has the letter', () => {
    const queues = new DeadLetterQueues({ letters: undefined, gone: undefined }, () => now);
    queues.add(letterOf('A', 'one'));
    const [first] = queues.receive('A', 1, 0);
    const [second] = queues.receive('A', 1, 60);
    queues.remove(first?.receipt ?? '');
    expect(queues.hide(first?.receipt ?? '', 0)).toBe(false);
    expect(queues.waiting().length).toBe(1);
    queues.remove(second?.receipt ?? '');
    queues.remove(second?.receipt ?? '');
    queues.remove('never-given');
    expect(queues.waiting()).toEqual([]);
  });

  test('keep letters and deletions over a restart, each letter under its id', () => {
    const before = open();
    before.add(letterOf('A', 'one'));
    before.add(letterOf('A', 'two'));
    const [one, two] = before.receive('A', 2, 3600);
    before.remove(one?.receipt ?? '');
    const after = open();
    expect(after.waiting().map(({ reason }) => reason)).toEqual(['two']);
    // Who held what is forgotten.
    const [again] = after.receive('A', 10, 60);
    expect([again?.id, again?.times]).toEqual([two?.id, 1]);
    after.add(letterOf('A', 'three'));
    expect(
      open()
        .waiting()
        .map(({ reason }) => reason),
    ).toEqual(['two', 'three']);
  });
});

describe('a function that calls SQS and Lambda', () => {
  let runner: Runner;
  let assembly: string;
  let queueUrl: string;
  const ids = { api: '', consumer: '', tick: '' };

  /** Lets the API's function look after the queue, and invoke the consumer and nothing else. */
  function grant(stack: Stack): void {
    const child = (id: string) => stack.node.findChild(id);
    const [api, consumer, queue] = [child('Api'), child('Consumer'), child('Failures')];
    if (!(api instanceof Lambda) || !(consumer instanceof Lambda) || !(queue instanceof Queue)) {
      throw new Error('the fixture has other constructs');
    }
    api.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        resources: [queue.queueArn],
      }),
    );
    consumer.grantInvoke(api);
  }

  beforeAll(async () => {
    assembly = await synthesizeFixture({ change: grant });
    runner = await start(assembly);
    const idOf = (start_: string) => runner.functions.find((id) => id.startsWith(start_)) ?? '';
    Object.assign(ids, { api: idOf('Api'), consumer: idOf('Consumer'), tick: idOf('Tick') });
    await putItems(runner, [{ id: 'bad', kind: 'poison' }]);
    await runner.settle();
    const queue = runner.deadLetters()[0]?.queue ?? '';
    queueUrl = `https://sqs.cn-north-1.amazonaws.com.cn/000000000000/${queue}`;
  });
  afterAll(async () => {
    await runner.stop();
  });

  /** A client as a function has it: by the endpoint that names the function, in its first life. */
  const settings = (functionId: string, service: string) => ({
    endpoint: `${runner.url}/_local/aws/${functionId}/1/${service}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    maxAttempts: 1,
  });
  const sqs = (functionId: string) =>
    new SQSClient({ ...settings(functionId, 'sqs'), useQueueUrlAsEndpoint: false });
  const lambda = (functionId: string) => new LambdaClient(settings(functionId, 'lambda'));

  test('gets the letter as SQS would hold it, and its deletion is for good', async () => {
    const received = await sqs(ids.api).send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    expect(received.Messages?.length).toBe(1);
    const [message] = received.Messages ?? [];
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted' },
      responsePayload: { errorMessage: 'poison bad' },
    });
    expect(message?.Attributes?.['SentTimestamp']).toBe('1772415000000');
    const counts = async () =>
      (
        await sqs(ids.api).send(
          new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
        )
      ).Attributes;
    expect(await counts()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    const receipt = { QueueUrl: queueUrl, ReceiptHandle: message?.ReceiptHandle };
    await sqs(ids.api).send(new DeleteMessageCommand(receipt));
    expect(await counts()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
    expect(runner.deadLetters()).toEqual([]);
  });

  test('is refused what its role does not allow, and what there is not', async () => {
    const ask = { QueueUrl: queueUrl, ReceiptHandle: 'r', VisibilityTimeout: 0 };
    await expect(sqs(ids.api).send(new ChangeMessageVisibilityCommand(ask))).rejects.toThrow(
      /does not allow sqs:ChangeMessageVisibility on arn:aws-cn:sqs:/,
    );
    await expect(sqs(ids.consumer).send(new ReceiveMessageCommand({ QueueUrl: queueUrl }))).rejects.toThrow(
      /does not allow sqs:ReceiveMessage/,
    );
    await expect(
      sqs(ids.api).send(new ReceiveMessageCommand({ QueueUrl: `${queueUrl}-other` })),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(
      lambda(ids.api).send(new InvokeCommand({ FunctionName: ids.tick, Payload: Buffer.from('{}') })),
    ).rejects.toThrow(/does not allow lambda:InvokeFunction on arn:aws-cn:lambda:/);
    await expect(
      lambda(ids.api).send(new InvokeCommand({ FunctionName: 'nobody', Payload: Buffer.from('{}') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('invokes another one, waiting for its answer or not', async () => {
    const payload = (id: string, kind: string) =>
      Buffer.from(JSON.stringify({ 'detail-type': 'ItemPut', detail: { id, kind } }));
    const waited = await lambda(ids.api).send(
      new InvokeCommand({ FunctionName: ids.consumer, Payload: payload('asked', 'plain') }),
    );
    expect([waited.StatusCode, waited.FunctionError]).toEqual([200, undefined]);
    expect(await calls(runner, 'consumer')).toContain('asked');
    const failed = await lambda(ids.api).send(
      new InvokeCommand({ FunctionName: ids.consumer, Payload: payload('ill', 'poison') }),
    );
    expect([failed.FunctionError, JSON.parse(new TextDecoder().decode(failed.Payload))]).toMatchObject([
      'Unhandled',
      { errorMessage: 'poison ill' },
    ]);
    const told = await lambda(ids.api).send(
      new InvokeCommand({
        FunctionName: ids.consumer,
        InvocationType: 'Event',
        Payload: payload('worse', 'poison'),
      }),
    );
    expect(told.StatusCode).toBe(202);
    await runner.settle();
    // What fails again comes back as another letter.
    expect(runner.deadLetters()).toMatchObject([
      { kind: 'direct', reason: 'Error: poison worse', attempts: 2 },
    ]);
  });
});
