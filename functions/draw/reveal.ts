import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { buildProof, proofText } from '#domain/draw/proof.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit } from '#store/commit.ts';
import { loadDraw, readPool, updatedDraw, writeProof } from '#store/draws.ts';
import { mustLoad } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';
import { Seal } from './freeze.ts';

/** Opens the seal and draws from the committed pool: from here on everything follows from what was written (article 7(2)). */
export async function reveal(store: StateTable, event: EventOf<'draw.committed'>): Promise<Handled> {
  const draw = await loadDraw(store, event.about.id);
  if (draw.status !== 'committed' || draw.committed === undefined) {
    return 'done-before';
  }
  const { commitment } = draw.committed;
  const { secret } = await mustLoad(store, Seal, 'SEAL', draw.id);
  const pool = (await Array.fromAsync(readPool(store, draw.id, commitment.pool.root))).flat();
  const drawProof = buildProof({ commitment, beaconValue: secret, pool });
  const { beaconValue, seed, selected } = drawProof;
  const proof = await writeProof(store, draw.id, proofText(drawProof));
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
