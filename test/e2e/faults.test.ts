import { beforeAll, describe, expect, test } from 'vitest';
import {
  doubled,
  killedAt,
  crashPoints,
  killedEverywhere,
  undisturbed,
  type FaultSettings,
  type UndisturbedRun,
} from '../support/faults.ts';
import { cleanRecord, complain, step, until } from '../support/journey.ts';
import { replaceFunction } from '../support/broken.ts';
import { differences } from '../support/snapshot.ts';
import { assemblySweptDaily, UNSCANNED, type World } from '../support/world.ts';

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
  let settings: FaultSettings;
  let reference: UndisturbedRun;

  beforeAll(async () => {
    settings = { assembly: await assemblySweptDaily(UNSCANNED), restaurants: 12 };
    reference = await undisturbed(journey, settings);
  }, 120_000);

  test('the undisturbed run crosses every function that carries the case', () => {
    const functions = new Set(reference.calls.map((call) => call.function));
    expect(reference.left.deadLetters).toBe(0);
    expect(functions.size).toBe(20);
  });

  test('a second undisturbed run leaves the same: what differs later comes from the faults', async () => {
    expect(differences(reference.left, (await undisturbed(journey, settings)).left)).toEqual([]);
  }, 120_000);

  test('killed before and after each AWS call of each delivery', async () => {
    const killed = await killedEverywhere(reference, journey, settings);
    expect(killed).toEqual({ differences: [], met: crashPoints(reference.calls) });
  }, 900_000);

  test('every delivery doubled', async () => {
    expect(differences(reference.left, await doubled(journey, settings))).toEqual([]);
  }, 120_000);

  test('a handler that writes twice instead of committing once is caught', async () => {
    const broken = await assemblySweptDaily(UNSCANNED);
    await replaceFunction(broken, 'notify', 'test/fixtures/broken/notify.ts');
    const own = { ...settings, assembly: broken };
    const assigned = async (world: World): Promise<void> => {
      await complain(world, 'complaint-1');
    };
    const calm = await undisturbed(assigned, own);
    expect(calm.left.deadLetters).toBe(0);
    // Its calls: read, message, event. The process dies after the message, before the event.
    const { left } = await killedAt([2], assigned, own);
    const lost = differences(calm.left, left).filter((difference) =>
      difference.startsWith('ledger lost message.posted'),
    );
    expect(lost).toHaveLength(3);
  }, 180_000);
});
