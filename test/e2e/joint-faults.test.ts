import { beforeAll, describe, expect, test } from 'vitest';
import type { InterceptedCall, Verdict } from '#infra/local/runner.ts';
import { killedFrom } from '../support/faults.ts';
import { inspectionOf, step } from '../support/journey.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { drawAll, fire, send, visitsOf } from '../support/staffing-journey.ts';
import { assemblySweptDaily, UNSCANNED, startWorld, type World } from '../support/world.ts';

/** A visit that is accepted, joined by a draw with people of its own, and recused from; then two draws more come to it. */
async function journey(world: World): Promise<void> {
  const [visit] = await visitsOf(world, await fire(world, 'dining'));
  if (visit === undefined) {
    throw new Error('the draw sent nobody out');
  }
  await step(world, visit, 'accept');
  await fire(world, 'again');
  const leaving = visit.team[0]?.inspector ?? '';
  await send(world, leaving, `/inspections/${visit.id}/recuse`, { kind: 'other', reason: '回避' }, 200);
  await fire(world, 'more');
  const { draws } = await inspectionOf(world, visit.id);
  expect(draws).toHaveLength(3);
}

const WATCHED = /(match|dispatch|notify)Function/;

/** What the journey leaves when each delivery to the three functions dies after its n-th AWS call, and again one call later. */
async function leftBy(assembly: string, verdict: (call: InterceptedCall) => Verdict): Promise<Snapshot> {
  let armed = false;
  const world = await startWorld({
    assembly,
    restaurants: 1,
    runner: {
      entropy: 'the same in every run',
      intercept: (call) => (armed && WATCHED.test(call.function) ? verdict(call) : 'pass'),
    },
  });
  try {
    for (const policy of ['dining', 'again', 'more']) {
      await drawAll(world, policy, ['YS-GXJ-003']);
    }
    armed = true;
    await journey(world);
    await world.runner.settle();
    return await snapshot(world.runner);
  } finally {
    await world.stop();
  }
}

describe('a draw that joins a visit leaves the same after every crash', () => {
  let assembly: string;

  beforeAll(async () => {
    assembly = await assemblySweptDaily(UNSCANNED);
  }, 60_000);

  test('of the functions that match it, bring it there and tell of it', async () => {
    let longest = 0;
    const reference = await leftBy(assembly, ({ call }) => {
      longest = Math.max(longest, call);
      return 'pass';
    });
    expect(reference.deadLetters).toBe(0);
    expect(longest).toBeGreaterThan(9);
    for (let point = 1; point <= longest; point += 2) {
      const left = await leftBy(assembly, killedFrom(point));
      expect(differences(reference, left)).toEqual([]);
    }
  }, 900_000);
});
