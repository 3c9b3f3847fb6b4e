import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newEvent } from '#contracts/events.ts';
import type { Channel } from '#domain/channel/channel.ts';
import type { Delivery, DeliveryStatus } from '#domain/delivery/delivery.ts';
import { DeliveryStatus as Statuses } from '#domain/delivery/delivery.ts';
import type { Message } from '#domain/message/message.ts';
import { Person } from '#domain/person/person.ts';
import type { Preferences } from '#domain/delivery/preferences.ts';
import { savedChannel } from '#store/channels.ts';
import { commit } from '#store/commit.ts';
import { deliveriesOf, savedDelivery } from '#store/deliveries.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { createdMessage } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import { savedPreferences } from '#store/preferences.ts';
import type { StateTable } from '#store/store.ts';
import { busEvent, handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { channel, message } from '../support/parcels.ts';
import { httpReceiver, mailReceiver, type HttpAnswer } from '../support/receivers.ts';
import { at } from '../support/samples.ts';

let state: StateTable;
let outgoing: (event: unknown) => Promise<unknown>;
let sweep: (event: unknown) => Promise<unknown>;
const clock = (text: string) => at(new Date(`${text}:00.000+08:00`).toISOString());
const OK: HttpAnswer = { status: 200, text: '{"errcode":0}' };

/** A new database for each test: what is due in one must not be sent in another. The handlers read its name when they first need it, so they are loaded anew. */
beforeEach(async () => {
  ({ state } = await openDatabase());
  vi.resetModules();
  outgoing = await handlerOf('outgoing');
  sweep = await handlerOf('delivery');
  const person = (facts: object) => Person.parse({ role: 'inspector', unit: '大队', ...facts });
  await putPages(state, [
    ...libraryItems('people', [
      person({ staffNo: 'HP1001', name: '张三', email: 'zhang.san@example.org' }),
      person({ staffNo: 'HP1002', name: '李四' }),
    ]),
  ]);
});

async function setUp(...channels: readonly Channel[]): Promise<void> {
  await commit(state, { at: at('2026-09-01T00:00:00.000Z'), writes: channels.map(savedChannel), events: [] });
}
async function prefer(preferences: Preferences): Promise<void> {
  const writes = [savedPreferences(preferences)];
  await commit(state, { at: at('2026-09-01T00:00:00.000Z'), writes, events: [] });
}

/** Puts a message into the inbox and gives the event that tells of it. */
async function posted(one: Message): Promise<unknown> {
  const event = newEvent('message.posted', {
    time: one.at,
    about: { kind: 'message', id: one.id, version: 1 },
    correlation: one.correlation,
    causation: one.cause,
    actor: { kind: 'function', id: 'notify' },
    data: { to: one.to, urgency: one.urgency, subject: one.zh.subject, text: one.zh.text },
  });
  await commit(state, { at: one.at, writes: [createdMessage(one)], events: [] });
  return busEvent(event);
}
const post = async (one: Message) => outgoing(await posted(one));

/** Every delivery that there is, by its status. */
async function all(): Promise<Delivery[]> {
  const pages = await Promise.all(Statuses.options.map((status) => deliveriesOf(state, status, 100)));
  return pages.flatMap(({ items }) => items);
}
const statuses = async (): Promise<DeliveryStatus[]> => (await all()).map(({ status }) => status);
const told = async (id: string) => (await historyOf(state, 'delivery', id)).map(({ type }) => type);

describe('an immediate message', () => {
  it('goes out at once on every channel that addresses its recipient, once however often its event comes', async () => {
    const robot = await httpReceiver(() => OK);
    const mail = await mailReceiver();
    await setUp(
      channel({ kind: 'wecom', url: robot.url }),
      channel({ kind: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'm@example.org' }),
    );
    const event = await posted(message(1, { at: clock('2026-09-01T09:00') }));
    await outgoing(event);
    await outgoing(event);
    await sweep(scheduledEvent(clock('2026-09-01T09:10')));
    expect([robot.received.length, mail.letters.map(({ subject }) => subject)]).toEqual([
      1,
      ['新检查任务 1'],
    ]);
    expect(await statuses()).toEqual(['delivered', 'delivered']);
    for (const { id, attempts } of await all()) {
      expect([attempts, await told(id)]).toEqual([1, ['delivery.delivered']]);
    }
  });

  it('is sent once by two copies at the same moment', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    const event = await posted(message(1, { at: clock('2026-09-01T09:00') }));
    await Promise.all([outgoing(event), outgoing(event), outgoing(event)]);
    expect(robot.received.length).toBe(1);
  });

  it('of a night waits for the next working morning, over a holiday too', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await post(message(1, { at: clock('2026-09-30T20:00') }));
    for (const quiet of ['2026-10-01T09:00', '2026-10-07T09:00', '2026-10-08T08:20']) {
      await sweep(scheduledEvent(clock(quiet)));
    }
    expect(robot.received).toEqual([]);
    await sweep(scheduledEvent(clock('2026-10-08T08:30')));
    expect(robot.received.length).toBe(1);
  });

  it('waits for the end of its recipient’s quiet hours, also of those that were chosen since', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await prefer({ id: 'HP1001', version: 1, language: 'zh', quiet: { from: '12:00', to: '14:00' } });
    await post(message(1, { at: clock('2026-09-01T12:30') }));
    await prefer({ id: 'HP1001', version: 2, language: 'zh', quiet: { from: '12:00', to: '15:00' } });
    await sweep(scheduledEvent(clock('2026-09-01T14:00')));
    expect([robot.received.length, await statuses()]).toEqual([0, ['queued']]);
    await sweep(scheduledEvent(clock('2026-09-01T15:00')));
    expect(robot.received[0]?.body).not.toContain('Accept');
    expect(robot.received.length).toBe(1);
  });

  it('goes nowhere without a channel, without one that was chosen, and to nobody who is not in the library', async () => {
    await post(message(1, { at: clock('2026-09-01T09:00') }));
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await prefer({ id: 'HP1001', version: 1, language: 'zh', immediate: [] });
    await post(message(2, { at: clock('2026-09-01T09:00') }));
    await post(message(3, { to: 'HP9999', at: clock('2026-09-01T09:00') }));
    expect([await all(), robot.received]).toEqual([[], []]);
  });
});

describe('the messages of a morning', () => {
  const digest = (n: number, when: string) => message(n, { urgency: 'digest', at: clock(when) });

  it('go out as one that lists all of it, and what comes after as the next one', async () => {
    const mail = await mailReceiver();
    await setUp(
      channel({ kind: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'm@example.org' }),
    );
    for (const [n, when] of [
      [1, '2026-09-30T09:00'],
      [2, '2026-10-03T12:00'],
      [3, '2026-10-08T08:30'],
    ] as const) {
      await post(digest(n, when));
    }
    await sweep(scheduledEvent(clock('2026-10-08T08:30')));
    expect(mail.letters).toEqual([]);
    await sweep(scheduledEvent(clock('2026-10-08T08:40')));
    await post(digest(4, '2026-10-08T08:40'));
    await sweep(scheduledEvent(clock('2026-10-08T08:50')));
    expect(mail.letters.map(({ subject }) => subject)).toEqual([
      '2026-10-08 消息汇总：3 条 3 message(s) of 2026-10-08',
    ]);
    const text = mail.letters[0]?.text ?? '';
    expect([1, 2, 3].map((n) => text.includes(`${n}. 新检查任务 ${n}`))).toEqual([true, true, true]);
    await sweep(scheduledEvent(clock('2026-10-09T08:40')));
    expect(mail.letters.map(({ subject }) => subject)).toEqual([
      '2026-10-08 消息汇总：3 条 3 message(s) of 2026-10-08',
      '2026-10-09 消息汇总：1 条 1 message(s) of 2026-10-09',
    ]);
  });

  it('hold each message once however often its event comes, also when all come at the same moment', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    const events = await Promise.all([1, 2, 3, 4, 5].map((n) => posted(digest(n, '2026-09-01T10:00'))));
    await Promise.all([...events, ...events].map((event) => outgoing(event)));
    const [one, ...others] = await all();
    expect(others).toEqual([]);
    expect(one?.messages.map(({ id }) => id).toSorted()).toEqual(['M-1', 'M-2', 'M-3', 'M-4', 'M-5']);
  });

  it('that are posted late, once theirs has gone out, belong to the next one', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await post(digest(1, '2026-09-01T10:00'));
    await sweep(scheduledEvent(clock('2026-09-02T08:40')));
    await post(digest(2, '2026-09-02T08:30'));
    expect((await all()).map(({ status, planned }) => [status, planned])).toEqual([
      ['queued', clock('2026-09-03T08:40')],
      ['delivered', clock('2026-09-02T08:40')],
    ]);
  });
});

describe('what a channel does not take', () => {
  it('is tried again after a pause, until it does', async () => {
    const robot = await httpReceiver((_, count) => (count < 3 ? { status: 500, text: 'busy' } : OK));
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await post(message(1, { at: clock('2026-09-01T09:00') }));
    expect(await all()).toMatchObject([
      { status: 'waiting', attempts: 1, last: { kind: 'failed', answer: '500 busy' } },
    ]);
    await sweep(scheduledEvent(clock('2026-09-01T09:00')));
    expect(robot.received.length).toBe(1);
    await sweep(scheduledEvent(clock('2026-09-01T09:10')));
    await sweep(scheduledEvent(clock('2026-09-01T09:20')));
    expect([robot.received.length, await statuses()]).toEqual([3, ['delivered']]);
  });

  it('for good is dead at once, with its answer, and told of without it', async () => {
    const mail = await mailReceiver({
      onRcptTo: (_, __, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    await setUp(
      channel({ kind: 'mail', host: '127.0.0.1', port: mail.port, tls: 'none', from: 'm@example.org' }),
    );
    await post(message(1, { at: clock('2026-09-01T09:00') }));
    const [dead] = await all();
    expect(dead).toMatchObject({ status: 'dead', last: { kind: 'refused', answer: '550 no such user' } });
    const [event] = await historyOf(state, 'delivery', dead?.id ?? '');
    expect([event?.type, event?.data]).toEqual([
      'delivery.dead',
      { channel: 'mail', to: 'HP1001', attempts: 1, messages: 1 },
    ]);
  });

  it('because it answers nonsense is given up after eight attempts', async () => {
    const robot = await httpReceiver(() => ({ status: 200, text: '<html>' }));
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await post(message(1, { at: clock('2026-09-01T08:30') }));
    for (let minutes = 0; minutes <= 9 * 60; minutes += 30) {
      await sweep(
        scheduledEvent(at(new Date(Date.parse(clock('2026-09-01T08:40')) + minutes * 60_000).toISOString())),
      );
    }
    expect([robot.received.length, await statuses()]).toEqual([8, ['dead']]);
  });

  it('because it was switched off, or its recipient left, is dead and says why', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    await post(message(1, { at: clock('2026-09-01T20:00') }));
    await setUp(channel({ kind: 'wecom', url: robot.url }, { version: 2, enabled: false }));
    await sweep(scheduledEvent(clock('2026-09-02T08:30')));
    expect(await all()).toMatchObject([
      { status: 'dead', attempts: 0, last: { answer: '渠道 wecom 已停用 The channel is switched off.' } },
    ]);
    expect(robot.received).toEqual([]);
  });

  it('within its rate is left for later, whoever asks', async () => {
    const robot = await httpReceiver(() => OK);
    await setUp(channel({ kind: 'wecom', url: robot.url }));
    for (let n = 1; n <= 25; n += 1) await post(message(n, { at: clock('2026-09-01T20:00') }));
    const minute = scheduledEvent(clock('2026-09-02T08:30'));
    await Promise.all([sweep(minute), sweep(minute)]);
    expect(robot.received.length).toBe(20);
    await sweep(scheduledEvent(clock('2026-09-02T08:40')));
    expect(robot.received.length).toBe(25);
    expect(new Set(robot.received.map(({ body }) => body)).size).toBe(25);
  });

  it('of a slow channel keeps no other waiting', async () => {
    const [bad, good] = await Promise.all([
      httpReceiver(() => ({ status: 500, text: '' })),
      httpReceiver(() => ({ status: 204, text: '' })),
    ]);
    await setUp(
      channel({ kind: 'wecom', url: bad.url }),
      channel({
        kind: 'webhook',
        url: good.url,
        secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
      }),
    );
    for (let n = 1; n <= 8; n += 1) await post(message(n, { at: clock('2026-09-01T20:00') }));
    await sweep(scheduledEvent(clock('2026-09-02T08:30')));
    // Five failures without a break are enough for one run.
    expect([bad.received.length, good.received.length]).toEqual([5, 8]);
  });
});

describe('an attempt that nobody ended', () => {
  /** As a sender leaves it that dies once it has told the channel. */
  async function died(kind: 'wecom' | 'webhook', url: string): Promise<void> {
    const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
    await setUp(kind === 'wecom' ? channel({ kind, url }) : channel({ kind, url, secret }));
    await post(message(1, { at: clock('2026-09-01T20:00') }));
    const [one] = await all();
    if (one === undefined) throw new Error('a delivery was expected');
    const next = clock('2026-09-02T09:00');
    const sending = { ...one, version: 2, status: 'sending', attempts: 1, next } as const;
    await commit(state, { at: next, writes: [savedDelivery(sending)], events: [] });
  }

  it('is left alone as long as somebody may be at it, and then in doubt: nothing is sent a second time', async () => {
    const robot = await httpReceiver(() => OK);
    await died('wecom', robot.url);
    await sweep(scheduledEvent(clock('2026-09-02T08:50')));
    expect(await statuses()).toEqual(['sending']);
    await sweep(scheduledEvent(clock('2026-09-02T09:00')));
    await sweep(scheduledEvent(clock('2026-09-02T09:10')));
    expect(await statuses()).toEqual(['doubtful']);
    expect(robot.received).toEqual([]);
  });

  it('is made again where the receiver knows a second copy, under the same id', async () => {
    const hook = await httpReceiver(() => ({ status: 204, text: '' }));
    await died('webhook', hook.url);
    await sweep(scheduledEvent(clock('2026-09-02T09:00')));
    await sweep(scheduledEvent(clock('2026-09-02T09:10')));
    const [one] = await all();
    expect([one?.status, one?.attempts]).toEqual(['delivered', 2]);
    expect(hook.received.map(({ headers }) => headers['webhook-id'])).toEqual([one?.id]);
  });
});
