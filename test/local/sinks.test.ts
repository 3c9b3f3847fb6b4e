import { afterAll, beforeAll, expect, test } from 'vitest';
import { Transmitter } from '#channels/transmit.ts';
import { sampleChannels } from '#infra/sample/channels.ts';
import { ChannelBody } from '#domain/channel/channel.ts';
import type { Runner } from '../../infra/local/runner.ts';
import { parcel } from '../support/parcels.ts';
import { MONDAY } from '../support/samples.ts';
import { start } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';

let runner: Runner;
beforeAll(async () => {
  runner = await start(await synthesizeFixture());
});
afterAll(async () => {
  await runner.stop();
});

test('the channels of the sample end at the mail server and the robots of this machine, and its page shows what came', async () => {
  const transmitter = new Transmitter();
  const outcomes: string[] = [];
  for (const [id, body] of Object.entries(sampleChannels(runner.sinks))) {
    const channel = { ...ChannelBody.parse(body), id, version: 1, setAt: MONDAY };
    outcomes.push((await transmitter.send(channel, parcel, MONDAY)).kind);
  }
  transmitter.close();
  expect(outcomes).toEqual(outcomes.map(() => 'delivered'));
  expect(runner.sinks.taken().map(({ by, to, subject }) => [by, to, subject])).toEqual([
    ['mail', 'zhang.san@example.org', '新检查任务 1'],
    ['wecom', '', '【致 张三 HP1001】新检查任务 1'],
    ['dingtalk', '', '【致 张三 HP1001】新检查任务 1'],
    ['feishu', '', '【致 张三 HP1001】新检查任务 1'],
    ['webhook', '', '新检查任务 1'],
  ]);
  const page = await (await fetch(`${runner.url}/_local/messages`)).text();
  expect(page).toContain('【致 张三 HP1001】新检查任务 1');
  const taken = await (await fetch(`${runner.url}/_local/taken`)).json();
  expect(taken).toMatchObject([{ at: '2026-03-02T01:30:00.000Z', by: 'mail' }, {}, {}, {}, {}]);
  expect((await fetch(`${runner.sinks.robots}/fax`, { method: 'POST' })).status).toBe(404);
});
