import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { crashPoints, doubled, killedEverywhere, undisturbed } from '../support/faults.ts';
import { cleanRecord, complain, step } from '../support/journey.ts';
import { differences } from '../support/snapshot.ts';
import { assemblySweptDaily, LEAD_SECTION, UNIT_HEAD, type World } from '../support/world.ts';

const Receipt = z.object({ receipt: z.string() });

/** Asked by the public and by the unit: one request is granted, one refused, and one withdraws what is left. */
async function corrected(world: World): Promise<void> {
  const [visit] = await complain(world, 'complaint-1');
  if (visit === undefined) throw new Error('an inspection was expected');
  for (const command of ['accept', 'begin', 'end']) await step(world, visit, command);
  await step(world, visit, 'record', cleanRecord(visit));
  await step(world, visit, 'publish');

  const asked: string[] = [];
  for (const wrong of ['名称有误', '结果有误']) {
    const said = { name: '企业代表', contact: '13800001234', wrong, right: '更正' };
    const { body } = await world.tell(`/public/inspections/${visit.id}/corrections`, said);
    asked.push(Receipt.parse(body).receipt);
    await world.runner.settle();
  }
  const own = await world
    .as(UNIT_HEAD)
    .post(`/inspections/${visit.id}/corrections`, { wrong: '不应公示', right: '撤下' });
  asked.push(Receipt.parse(own.body).receipt);
  await world.runner.settle();

  const [first, second, third] = asked;
  const correct = { kind: 'correct', version: 1, reason: '录入有误', changes: { subjectName: '更正后' } };
  const withdraw = { kind: 'withdraw', version: 2, legalReason: '《政府信息公开条例》第十五条' };
  const answers = [
    await world.as(UNIT_HEAD).post(`/corrections/${first}/grant`, correct),
    await world.as(UNIT_HEAD).post(`/corrections/${second}/refuse`, { reason: '与登记表一致' }),
    await world.as(LEAD_SECTION).post(`/corrections/${third}/grant`, withdraw),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await world.runner.settle();
}

describe('article 16: corrections leave the same after every crash', () => {
  let settings: { assembly: string; restaurants: number; watched: RegExp };

  beforeAll(async () => {
    settings = {
      assembly: await assemblySweptDaily(),
      restaurants: 2,
      watched: /correctionsFunction/,
    };
  }, 60_000);

  test('of the function that takes and decides them, and when everything is delivered twice', async () => {
    const reference = await undisturbed(corrected, settings);
    expect(reference.left.deadLetters).toBe(0);
    const told = reference.left.ledger.map((entry) => entry.split(' ')[0] ?? '');
    expect(told.filter((type) => /^correction\.|republished|withdrawn/.test(type)).toSorted()).toEqual([
      'correction.granted',
      'correction.granted',
      'correction.received',
      'correction.received',
      'correction.received',
      'correction.refused',
      'inspection.republished',
      'inspection.withdrawn',
    ]);
    const found = await killedEverywhere(reference, corrected, settings);
    expect(found.differences).toEqual([]);
    expect(found.met).toEqual(crashPoints(reference.calls));
    expect(found.met.length).toBeGreaterThan(8);
    expect(differences(reference.left, await doubled(corrected, settings))).toEqual([]);
  }, 900_000);
});
