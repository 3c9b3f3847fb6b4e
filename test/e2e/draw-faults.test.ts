import { beforeAll, describe, expect, test } from 'vitest';
import { command, drawOf, propose } from '../support/draw-life.ts';
import {
  crashPoints,
  doubled,
  killedEverywhere,
  undisturbed,
  type FaultSettings,
  type UndisturbedRun,
} from '../support/faults.ts';
import { until } from '../support/journey.ts';
import { differences } from '../support/snapshot.ts';
import {
  assemblySweptDaily,
  LEAD_SECTION,
  SMALL_STEPS,
  UNSCANNED,
  SUPERVISOR,
  type World,
} from '../support/world.ts';

const LOTTERY = { kind: 'announced', source: '双色球', weekdays: [2, 4, 7], time: '21:15' };

/** What makes draws; what carries and tells of their events is killed elsewhere. */
const WATCHED = /(draw|beacon|cases)Function/;

/** Three draws, gathered and dispatched in small steps: one waits for drand, one for people, one is voided and drawn again. */
async function journey(world: World): Promise<void> {
  const drand = await propose(world, { beacon: { preferred: { kind: 'drand' } } });
  await command(world, drand.id, 'approve');
  const lottery = await propose(world, { beacon: { preferred: LOTTERY } });
  await command(world, lottery.id, 'approve');
  await command(world, lottery.id, 'void', { reason: '事项有误' });
  await command(world, lottery.id, 'redraw', undefined, LEAD_SECTION, 201);
  const { replacedBy = '' } = await drawOf(world, lottery.id);
  await command(world, replacedBy, 'approve');
  await until(world, '2026-09-02T01:00:00.000Z');
  await command(world, replacedBy, 'beacon', { value: '01 02 03' });
  await command(world, replacedBy, 'beacon', { value: '01 02 03' }, SUPERVISOR);
  const ended = [await drawOf(world, drand.id), await drawOf(world, replacedBy)];
  expect(ended.map(({ status }) => status)).toEqual(['dispatched', 'dispatched']);
}

describe('a draw that is cut off between any two of its calls ends as one that is not', () => {
  let settings: FaultSettings;
  let reference: UndisturbedRun;

  beforeAll(async () => {
    settings = {
      assembly: await assemblySweptDaily({ ...SMALL_STEPS, ...UNSCANNED }),
      restaurants: 6,
      watched: WATCHED,
    };
    reference = await undisturbed(journey, settings);
  }, 120_000);

  test('the undisturbed run gathers in steps, waits for its beacons and leaves nothing undelivered', () => {
    expect(reference.left.deadLetters).toBe(0);
    const functions = new Set(reference.calls.flatMap((call) => WATCHED.exec(call.function)?.[1] ?? []));
    expect([...functions].toSorted()).toEqual(['beacon', 'cases', 'draw']);
    expect(
      reference.left.ledger.filter((entry) => entry.startsWith('draw.gathering')).length,
    ).toBeGreaterThan(3);
  });

  test('killed before and after each call of each delivery', async () => {
    const killed = await killedEverywhere(reference, journey, settings);
    expect(killed).toEqual({ differences: [], met: crashPoints(reference.calls) });
  }, 900_000);

  test('every delivery doubled', async () => {
    expect(differences(reference.left, await doubled(journey, settings))).toEqual([]);
  }, 60_000);
});
