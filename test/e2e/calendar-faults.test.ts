import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '#domain/calendar/arrangement.ts';
import type { InterceptedCall, Verdict } from '#infra/local/runner.ts';
import { ARRANGEMENT_2027, CORRECTED_2027 } from '../support/arrangements.ts';
import { killedFrom } from '../support/faults.ts';
import { complain, step } from '../support/journey.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { ADMINISTRATOR, assemblySweptDaily, startWorld, type World } from '../support/world.ts';

const WATCHED = /(calendars|recount|notify)Function/;

/** Open deadlines across New Year, of every kind that an inspection has. */
async function opened(world: World): Promise<void> {
  const [first, second] = await complain(world, 'complaint-1');
  if (first === undefined || second === undefined) throw new Error('two inspections were expected');
  await step(world, first, 'accept');
  await step(world, second, 'accept');
  await step(world, second, 'begin');
  await step(world, second, 'end');
}

/** The year is announced, and corrected before anything else happens. */
async function announced(world: World): Promise<void> {
  for (const days of [ARRANGEMENT_2027, CORRECTED_2027]) {
    const document = documentOf({ year: 2027, days: [...days] });
    const { status } = await world.as(ADMINISTRATOR).put('/calendars/2027', document);
    // Whoever lost the answer sends it again, and hears that it is known.
    expect([200, 201]).toContain(status);
    await world.runner.settle();
  }
}

/** What is left when each delivery to the functions dies after its n-th AWS call, and again one call later. */
async function leftBy(assembly: string, verdict: (call: InterceptedCall) => Verdict): Promise<Snapshot> {
  let armed = false;
  // A request that is sent again is a new delivery; its attempts are the client's.
  let sent = 1;
  const attemptOf = ({ delivery }: InterceptedCall) =>
    delivery.kind === 'http' ? { ...delivery, attempt: sent } : delivery;
  const world = await startWorld({
    onAttempt: (attempt) => {
      sent = attempt;
    },
    assembly,
    restaurants: 2,
    start: '2026-12-14T01:00:00.000Z',
    runner: {
      entropy: 'the same in every run',
      intercept: (call) =>
        armed && WATCHED.test(call.function) ? verdict({ ...call, delivery: attemptOf(call) }) : 'pass',
    },
  });
  try {
    await opened(world);
    armed = true;
    await announced(world);
    return await snapshot(world.runner);
  } finally {
    await world.stop();
  }
}

describe('an arrangement that is announced and corrected leaves the same after every crash', () => {
  let assembly: string;

  beforeAll(async () => {
    assembly = await assemblySweptDaily({ '"RECOUNT_BATCH": "1000"': '"RECOUNT_BATCH": "1"' });
  }, 60_000);

  test('of the functions that import it, count deadlines anew and tell of them', async () => {
    let longest = 0;
    const reference = await leftBy(assembly, ({ call }) => {
      longest = Math.max(longest, call);
      return 'pass';
    });
    expect(reference.deadLetters).toBe(0);
    const moved = reference.ledger.filter((entry) => entry.startsWith('deadline.moved'));
    expect(moved).toHaveLength(4);
    expect(longest).toBeGreaterThan(6);
    for (let point = 1; point <= longest; point += 2) {
      const left = await leftBy(assembly, killedFrom(point));
      expect(differences(reference, left)).toEqual([]);
    }
  }, 900_000);
});
