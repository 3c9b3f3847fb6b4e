import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { busEvent, context } from './invoke.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { busFunction } from '#lambda/bus.ts';
import { variables } from '#contracts/environment.ts';
import { QUICKNET } from '#domain/draw/drand-chain.ts';
import { environmentOf } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import { streamFunction, type OutboxEntry } from '#lambda/stream.ts';
import { eventKey } from '#store/keys.ts';
import { sampleEvent } from '../support/samples.ts';

const event = sampleEvent('T-1', 'cause');

describe('a function of the bus', () => {
  it('hands the event to the handler of its type', async () => {
    const handled: MingchouEvent[] = [];
    const lambda = busFunction('triage', {
      'trigger.received': (given) => {
        handled.push(given);
        return Promise.resolve('done');
      },
    });
    await lambda(busEvent(event), context);
    expect(handled).toEqual([event]);
  });

  it('takes done before for success', async () => {
    const lambda = busFunction('triage', { 'trigger.received': () => Promise.resolve('done-before') });
    await expect(lambda(busEvent(event), context)).resolves.toBeUndefined();
  });

  it('throws on what its handler throws, so that Lambda tries again', async () => {
    const lambda = busFunction('triage', { 'trigger.received': () => Promise.reject(new Error('later')) });
    await expect(lambda(busEvent(event), context)).rejects.toThrow('later');
  });

  it('fails on a type that it does not handle, naming both', async () => {
    await expect(busFunction('match', {})(busEvent(event), context)).rejects.toThrow(
      'match is wired to trigger.received, which it does not handle',
    );
  });

  it('fails on an event that is not of the catalogue’s shape', async () => {
    const lambda = busFunction('triage', { 'trigger.received': () => Promise.resolve('done') });
    await expect(lambda(busEvent({ ...event, type: 'trigger.lost' }), context)).rejects.toThrow('type');
  });
});

describe('a function on a schedule', () => {
  const scheduled = {
    version: '0',
    id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2026-03-02T00:30:00Z',
    region: 'cn-north-1',
    resources: ['arn:aws-cn:events:cn-north-1:123456789012:rule/sweep'],
    detail: {},
  };

  it('runs at the time of its event, however late it starts', async () => {
    const times: string[] = [];
    const lambda = scheduleFunction('deadlines', (at) => {
      times.push(at);
      return Promise.resolve();
    });
    await lambda(scheduled, context);
    expect(times).toEqual(['2026-03-02T00:30:00.000Z']);
  });

  it.each([
    ['another detail type', { ...scheduled, 'detail-type': 'Other' }],
    ['no time', { ...scheduled, time: 'soon' }],
  ])('does not run on an event with %s', async (_, given) => {
    const lambda = scheduleFunction('deadlines', () => Promise.resolve());
    await expect(lambda(given, context)).rejects.toThrow(Error);
  });
});

describe('a function on the stream', () => {
  const record = (given: MingchouEvent, number: string) => ({
    eventID: `e-${number}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'cn-north-1',
    dynamodb: {
      ApproximateCreationDateTime: 1_772_415_000,
      Keys: marshall(eventKey(given.about, given.id)),
      NewImage: marshall({ ...eventKey(given.about, given.id), event: given }),
      SequenceNumber: number,
      SizeBytes: 500,
      StreamViewType: 'NEW_IMAGE',
    },
    eventSourceARN: 'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/State/stream/2026',
  });
  const batch = { Records: [record(event, '111'), record(sampleEvent('T-2', 'cause'), '222')] };

  it('hands the batch on in its order and says nothing failed', async () => {
    const seen: OutboxEntry[] = [];
    const lambda = streamFunction('relay', (entries) => {
      seen.push(...entries);
      return Promise.resolve(undefined);
    });
    expect(await lambda(batch, context)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      { event, sequenceNumber: '111' },
      { event: sampleEvent('T-2', 'cause'), sequenceNumber: '222' },
    ]);
  });

  it('answers with the sequence number of the first that did not go through', async () => {
    const lambda = streamFunction('relay', (entries) => Promise.resolve(entries[1]));
    expect(await lambda(batch, context)).toEqual({ batchItemFailures: [{ itemIdentifier: '222' }] });
  });

  it('fails as a whole when its handler throws or a record is no event of ours', async () => {
    await expect(
      streamFunction('relay', () => Promise.reject(new Error('later')))(batch, context),
    ).rejects.toThrow('later');
    const broken = {
      Records: [{ dynamodb: { SequenceNumber: '1', NewImage: marshall({ event: { type: 'x' } }) } }],
    };
    await expect(streamFunction('relay', () => Promise.resolve(undefined))(broken, context)).rejects.toThrow(
      'type',
    );
  });
});

describe('the environment of a function', () => {
  it('is parsed to exactly its own variables, and names what is missing or wrong', () => {
    Object.assign(process.env, { STATE_TABLE: 'State', ADMINISTRATORS: 'a,b', GATHER_LIMIT: '100' });
    expect(environmentOf('inspections')).toEqual({ STATE_TABLE: 'State', ADMINISTRATORS: ['a', 'b'] });
    Object.assign(process.env, { PLAN_NUMBER_TEMPLATE: '明抽{serial}' });
    expect(() => environmentOf('draw')).toThrow('PLAN_NUMBER_TEMPLATE');
    Object.assign(process.env, {
      PLAN_NUMBER_TEMPLATE: '明抽{year}{serial}',
      DRAND_RELAYS: 'https://relay.example.org,http://127.0.0.1:4510/_local/drand',
      DRAND_CHAIN: JSON.stringify(QUICKNET),
    });
    expect(environmentOf('draw')).toMatchObject({
      GATHER_LIMIT: 100,
      DRAND_RELAYS: ['https://relay.example.org', 'http://127.0.0.1:4510/_local/drand'],
      DRAND_CHAIN: { beaconId: 'quicknet', periodSeconds: 3 },
    });
    expect(() => variables.DRAND_RELAYS.parse('')).toThrow('Invalid URL');
    for (const wrong of ['http://relay.example.org', 'https://relay.example.org?', 'http://localhost.org']) {
      expect(() => variables.DRAND_RELAYS.parse(wrong)).toThrow('must be an https URL');
    }
    expect(() => variables.DRAND_CHAIN.parse('{')).toThrow('is not JSON');
    const forged = JSON.stringify({ ...QUICKNET, genesis: QUICKNET.genesis - 3 });
    expect(() => variables.DRAND_CHAIN.parse(forged)).toThrow('is not the hash of this chain');
    delete process.env['LEDGER_TABLE'];
    expect(() => environmentOf('ledger')).toThrow('LEDGER_TABLE');
  });
});
