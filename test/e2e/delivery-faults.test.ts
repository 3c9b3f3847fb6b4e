import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Delivery } from '#domain/delivery/delivery.ts';
import { later } from '#domain/time/time.ts';
import { killedAt, undisturbed, type Journey } from '../support/faults.ts';
import { complain } from '../support/journey.ts';
import { httpReceiver, mailReceiver } from '../support/receivers.ts';
import type { Snapshot } from '../support/snapshot.ts';
import { ADMINISTRATOR, assemblyWith, UNSCANNED, type World } from '../support/world.ts';

const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

interface Receivers {
  readonly mail: Awaited<ReturnType<typeof mailReceiver>>;
  readonly robot: Awaited<ReturnType<typeof httpReceiver>>;
  readonly hook: Awaited<ReturnType<typeof httpReceiver>>;
}
const receivers = async (): Promise<Receivers> => ({
  mail: await mailReceiver(),
  robot: await httpReceiver(() => ({ status: 200, text: '{"errcode":0}' })),
  hook: await httpReceiver(() => ({ status: 204, text: '' })),
});

/** Three channels are set up, a draw sends two people out, and two hours go by. */
function told({ mail, robot, hook }: Receivers): Journey {
  return async (world: World) => {
    const own = { kind: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'm@example.org' };
    for (const [id, settings] of [
      ['mail', own],
      ['wecom', { kind: 'wecom', url: robot.url }],
      ['hook', { kind: 'webhook', url: hook.url, secret: SECRET }],
    ] as const) {
      const audience = { roles: ['inspector'] };
      const { status } = await world
        .as(ADMINISTRATOR)
        .put(`/channels/${id}`, { name: id, audience, settings });
      expect(status).toBe(200);
    }
    await complain(world, 'complaint-1');
    await world.runner.settle();
    await world.runner.advance(later(world.runner.now(), 2 * 3_600_000));
  };
}

/** The deliveries that a run left. */
function deliveriesIn({ state }: Snapshot): Delivery[] {
  return [...state]
    .filter(([key]) => /^DELIVERY#\S+ STATE$/.test(key))
    .map(([, text]) => z.preprocess((json) => JSON.parse(String(json)), Delivery).parse(text));
}

describe('messages outside the inbox, whenever their sender dies', () => {
  let settings: { assembly: string; restaurants: number; watched: RegExp };

  beforeAll(async () => {
    const assembly = await assemblyWith({
      'cron(30 0-9 * * ? *)': 'cron(30 0 * * ? *)',
      'cron(0/30 0-9 * * ? *)': 'cron(0 0 * * ? *)',
      ...UNSCANNED,
    });
    settings = { assembly, restaurants: 2, watched: /outgoingFunction|deliveryFunction/ };
  }, 240_000);

  test('are never sent twice where nobody could tell, and are in doubt where nobody can', async () => {
    const undisturbedReceivers = await receivers();
    const reference = await undisturbed(told(undisturbedReceivers), settings);
    const expected = deliveriesIn(reference.left).map(({ id }) => id);
    expect(deliveriesIn(reference.left).map(({ status }) => status)).toEqual(expected.map(() => 'delivered'));
    expect(undisturbedReceivers.mail.letters.length).toBe(expected.length / 3);
    const longest = Math.max(...reference.calls.map(({ call }) => call));
    const seen = new Set<string>();
    for (let point = 0; point <= longest; point += 1) {
      const { mail, robot, hook } = await receivers();
      const { left } = await killedAt([point], told({ mail, robot, hook }), settings);
      const found = deliveriesIn(left);
      expect([point, found.map(({ id }) => id)]).toEqual([point, expected]);
      const by = (channel: string, status: string) =>
        found.filter((one) => one.channel === channel && one.status === status);
      for (const { status } of found) seen.add(status);
      // Nothing is left over: everything has arrived, or says that nobody knows.
      expect(found.filter(({ status }) => status !== 'delivered' && status !== 'doubtful')).toEqual([]);
      expect(by('hook', 'doubtful')).toEqual([]);
      const letters = mail.letters.map(({ messageId }) => messageId);
      expect([point, new Set(letters).size]).toEqual([point, letters.length]);
      expect(by('mail', 'delivered').filter(({ id }) => !letters.includes(`<${id}@example.org>`))).toEqual(
        [],
      );
      expect(new Set(robot.received.map(({ body }) => body)).size).toBe(robot.received.length);
      expect(robot.received.length).toBeGreaterThanOrEqual(by('wecom', 'delivered').length);
      const hooks = new Set(hook.received.map(({ headers }) => headers['webhook-id']));
      const arrived = by('hook', 'delivered').map(({ id }) => id);
      expect([hooks.size, arrived.filter((id) => !hooks.has(id))]).toEqual([arrived.length, []]);
      expect(left.deadLetters).toBe(0);
    }
    // The test has met the moment that matters.
    expect([...seen].toSorted()).toEqual(['delivered', 'doubtful']);
    expect(longest).toBeGreaterThan(8);
  }, 1_500_000);
});
