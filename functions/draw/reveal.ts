import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { ProofBuilder, proofText, type ReceivedBeacon } from '#domain/draw/proof.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit } from '#store/commit.ts';
import type { Selected } from '#domain/draw/select.ts';
import { loadDraw, readWithheld, updatedDraw, writeProof, writeWithheld } from '#store/draws.ts';
import { readPoolLines } from '#store/pools.ts';
import type { StateTable } from '#store/store.ts';
import { openSeal } from './seal.ts';

export type RevealEvent = EventOf<'draw.committed' | 'draw.beacon-arrived'>;

/**
 * Draws from the committed pool once the beacon's value is there: from here on everything follows from what was written
 * (article 7(2)). A sealed value is there with the commitment; any other comes with an event of its own.
 */
export async function reveal(store: StateTable, event: RevealEvent): Promise<Handled> {
  const draw = await loadDraw(store, event.about.id);
  if (!isPossible(drawLifecycle, 'reveal', draw.status) || draw.committed === undefined) {
    return 'done-before';
  }
  const { commitment, pool } = draw.committed;
  const received = await receivedBy(store, draw);
  if (received === undefined) {
    return 'done-before';
  }
  const builder = new ProofBuilder(commitment, received);
  for await (const page of readPoolLines(store, draw.id, pool.key)) {
    for (const line of page) {
      builder.add(line);
    }
  }
  const drawProof = builder.build();
  const { beaconValue, seed, selected } = drawProof;
  const proof = await writeProof(store, draw.id, proofText(drawProof));
  await keepWithheldOfSelected(store, draw, selected);
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'drawn',
    proof,
    drawn: { at: event.time, beaconValue, seed, selected: selected.length },
  };
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.drawn', {
        ...consequenceOf(event, 'draw', 'draw', next),
        data: { seed, selected: selected.length },
      }),
    ],
  });
  return outcome.kind;
}

/** Of the items that are withheld in the pool, those of the selected objects: what the matching and the forms go by. */
async function keepWithheldOfSelected(
  store: StateTable,
  { id, committed }: Draw,
  selected: readonly Selected[],
): Promise<void> {
  const ids = new Set(selected.map((object) => object.id));
  const parts = await Promise.all(
    (committed?.pool.withheld ?? []).map(async (key) => readWithheld(store, `${id}#${key}`)),
  );
  const withheld = parts.flatMap((part) =>
    [...part].flatMap(([object, items]) => (ids.has(object) ? [{ id: object, items: [...items] }] : [])),
  );
  if (withheld.length > 0) {
    await writeWithheld(store, id, withheld);
  }
}

/** The beacon's value, if it is there: the sealed one from its seal, any other as it arrived. */
async function receivedBy(store: StateTable, draw: Draw): Promise<ReceivedBeacon | undefined> {
  return draw.committed?.commitment.beacon.kind === 'sealed'
    ? { value: await openSeal(store, draw.id) }
    : draw.arrived;
}
