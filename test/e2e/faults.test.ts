import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine, type Engine } from '#infra/local/engine/dynamodb-local.ts';
import {
  doubled,
  killedAt,
  longestDelivery,
  undisturbed,
  type FaultSettings,
  type UndisturbedRun,
} from '../support/faults.ts';
import { cleanRecord, complain, step, until } from '../support/journey.ts';
import { differences } from '../support/snapshot.ts';
import { assemblySweptDaily, type World } from '../support/world.ts';

/** One case from the complaint to the publication; another inspection that nobody accepts, until the supervisors hear of it. */
async function journey(world: World): Promise<void> {
  const [first] = await complain(world, 'complaint-1');
  if (first === undefined) {
    throw new Error('the complaint led to no inspection');
  }
  await step(world, first, 'accept');
  await step(world, first, 'begin');
  await step(world, first, 'end');
  await step(world, first, 'record', cleanRecord(first));
  await step(world, first, 'publish');
  // Tuesday to Tuesday: the acceptance of the others was due on Thursday.
  await until(world, '2026-09-08T02:00:00.000Z');
}

describe('every crash and every doubled delivery leaves what an undisturbed run leaves', () => {
  let engine: Engine;
  let settings: FaultSettings;
  let reference: UndisturbedRun;

  beforeAll(async () => {
    engine = await startEngine(undefined, () => undefined);
    settings = { assembly: await assemblySweptDaily(), restaurants: 12, endpoint: engine.endpoint };
    reference = await undisturbed(journey, settings);
  }, 60_000);
  afterAll(async () => engine.stop());

  test('the undisturbed run crosses every function that carries the case', () => {
    const functions = new Set(reference.calls.map((call) => call.function));
    expect(reference.left.deadLetters).toBe(0);
    expect(functions.size).toBe(11);
  });

  test('a second undisturbed run leaves the same: what differs later comes from the faults', async () => {
    expect(differences(reference.left, (await undisturbed(journey, settings)).left)).toEqual([]);
  }, 60_000);

  test('killed before and after each AWS call of each delivery', async () => {
    const deepest = longestDelivery(reference.calls);
    for (let n = 1; n <= deepest; n += 1) {
      const { left, kills } = await killedAt(n, journey, settings);
      expect(kills, `call ${n} was never reached`).toBeGreaterThan(0);
      expect(differences(reference.left, left), `killed at call ${n}`).toEqual([]);
    }
  }, 240_000);

  test('every delivery doubled', async () => {
    expect(differences(reference.left, await doubled(journey, settings))).toEqual([]);
  }, 60_000);
});
