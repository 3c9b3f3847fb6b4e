import { fetchRound } from '#beacon/relays.ts';
import { newEvent } from '#contracts/events.ts';
import { BEACONS_MISSING } from '#contracts/metrics.ts';
import { deadlineId, meetDeadline } from '#domain/deadline/deadline.ts';
import type { Beacon } from '#domain/draw/beacon.ts';
import { PUBLIC_CHAINS, type DrandRound } from '#domain/draw/drand-chain.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, settled } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { drawsAwaitingBeacon, loadDraw, updatedDraw } from '#store/draws.ts';
import { openState } from '#store/store.ts';

const environment = once(() => environmentOf('beacon'));
const store = once(() => openState(environment().STATE_TABLE));

export const handler = scheduleFunction('beacon', fetchAwaited);

/**
 * Fetches the drand rounds that committed draws wait for and that are out by now. It looks at the waiting draws alone; a
 * round that no relay shows yet is asked for again at the next run, and its deadline tells people when that takes too long.
 */
async function fetchAwaited(at: Instant, telemetry: Telemetry): Promise<void> {
  for (const draw of await drawsAwaitingBeacon(store(), at)) {
    const beacon = draw.committed?.commitment.beacon;
    if (beacon?.kind === 'drand') {
      const round = await roundOf(draw, beacon, telemetry);
      if (round !== undefined && (await arrive(draw.id, round, at))) {
        telemetry.count('BeaconsArrived');
      }
    }
  }
}

async function roundOf(
  draw: Draw,
  beacon: Extract<Beacon, { kind: 'drand' }>,
  telemetry: Telemetry,
): Promise<DrandRound | undefined> {
  const { DRAND_CHAIN: own, DRAND_RELAYS: relays } = environment();
  // The chain of the commitment, whatever the installation has been set to since.
  const chain = [own, ...PUBLIC_CHAINS].find(({ hash }) => hash === beacon.chain);
  const found = chain === undefined ? undefined : await fetchRound(chain, relays, beacon.round);
  if (found?.kind === 'published') {
    return found;
  }
  telemetry.count(BEACONS_MISSING);
  telemetry.warn('the round of a draw is not to be had', {
    draw: draw.id,
    chain: beacon.chain,
    round: beacon.round,
    why: found?.kind ?? 'the chain is not known',
    tried: found?.tried,
  });
  return undefined;
}

/** Commits the value; false when somebody voided the draw, or another run was faster. */
function arrive(id: string, { randomness, signature }: DrandRound, at: Instant): Promise<boolean> {
  return settled(async () => {
    const draw = await loadDraw(store(), id);
    if (!isPossible(drawLifecycle, 'receive-beacon', draw.status) || draw.arrived !== undefined) {
      return false;
    }
    const next: Draw = { ...draw, version: draw.version + 1, arrived: { at, value: randomness, signature } };
    const deadline = await loadDeadline(store(), deadlineId('reveal', id));
    const outcome = await commit(store(), {
      at,
      once: { consumer: 'beacon', key: id },
      writes: [updatedDraw(next), updatedDeadline(meetDeadline(deadline, at))],
      events: [
        newEvent('draw.beacon-arrived', {
          time: at,
          about: { kind: 'draw', id, version: next.version },
          correlation: draw.correlation,
          causation: `beacon/${id}`,
          actor: { kind: 'function', id: 'beacon' },
          data: { value: randomness },
        }),
      ],
    });
    return outcome.kind === 'done';
  });
}
