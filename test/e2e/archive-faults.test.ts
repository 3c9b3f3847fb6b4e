import { beforeAll, describe, expect, test } from 'vitest';
import {
  actingOf,
  begun,
  enterOrder,
  followUpsIn,
  handOver,
  OUTSIDE,
  publishFound,
  putRight,
  receiptFor,
} from '../support/archive-journey.ts';
import { crashPoints, doubled, killedEverywhere, undisturbed } from '../support/faults.ts';
import { differences } from '../support/snapshot.ts';
import { send } from '../support/staffing-journey.ts';
import { assemblySweptDaily, UNIT_HEAD, UNSCANNED, type World } from '../support/world.ts';

/** Something is found, a clue handed over, both done with, and the file archived. */
async function archived(world: World): Promise<void> {
  const visit = await begun(world);
  const handover = await handOver(world, visit, OUTSIDE);
  await publishFound(world, visit, []);
  await putRight(world, visit);
  await receiptFor(world, handover, UNIT_HEAD);
  for (const { id } of await followUpsIn(world, visit)) await enterOrder(world, id, '责改〔2026〕1号');
  await send(world, actingOf(visit), `/inspections/${visit.id}/archive`, undefined, 201);
}

/**
 * The place of an entry in the ledger follows from which reader was faster, and stands in the package: what tells of its bytes
 * differs from run to run, and nothing else may.
 */
const beyondThePlace = (found: readonly string[]) =>
  found.filter((one) => !/^ARCHIVE#|inspection\.packaged/.test(one));

describe('articles 11, 13, 15: what follows from an inspection leaves the same after every crash', () => {
  const watched = /(followups|closing|archive|packaging)Function/;
  let settings: { assembly: string; restaurants: number; watched: RegExp };

  beforeAll(async () => {
    settings = { assembly: await assemblySweptDaily(UNSCANNED), restaurants: 2, watched };
  }, 180_000);

  test('of the functions that follow up, close, archive and pack, and when everything is delivered twice', async () => {
    const reference = await undisturbed(archived, settings);
    expect(reference.left.deadLetters).toBe(0);
    const told = reference.left.ledger.map((entry) => entry.split(' ')[0] ?? '');
    expect(
      told
        .filter((type) => /^(follow-up|handover)\.|inspection\.(closed|archived|packaged)/.test(type))
        .toSorted(),
    ).toEqual([
      'follow-up.closed',
      'follow-up.document-entered',
      'follow-up.evidence-entered',
      'follow-up.raised',
      'handover.closed',
      'handover.raised',
      'handover.received',
      'handover.sent',
      'inspection.archived',
      'inspection.closed',
      'inspection.packaged',
    ]);
    const found = await killedEverywhere(reference, archived, settings);
    expect(beyondThePlace(found.differences)).toEqual([]);
    expect(found.met).toEqual(crashPoints(reference.calls));
    expect(found.met.length).toBeGreaterThan(8);
    expect(beyondThePlace(differences(reference.left, await doubled(archived, settings)))).toEqual([]);
  }, 900_000);
});
