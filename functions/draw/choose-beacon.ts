import { latestRound } from '#beacon/relays.ts';
import { nextAnnouncement, type WantedBeacon } from '#domain/draw/beacon-plan.ts';
import { sealedBeacon, type Beacon } from '#domain/draw/beacon.ts';
import { instantOfRound, roundAfter, type DrandChain } from '#domain/draw/drand-chain.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { later, type Instant } from '#domain/time/time.ts';
import type { StateTable } from '#store/store.ts';
import { openSeal } from './seal.ts';

/** The drand chain of this installation, and the relays that are asked for its rounds. */
export interface Drand {
  readonly chain: DrandChain;
  readonly relays: readonly string[];
}

/** A beacon that a commitment can name; one that waits says from when on its value can be there. */
export interface Chosen {
  readonly beacon: Beacon;
  readonly readyAt?: Instant;
}

/**
 * Between the commitment and its round: long enough for the commitment to be out in public before the round exists, even
 * when a clock is a little off and the transaction is tried again.
 */
const ROUND_LEAD_MS = 120_000;

/**
 * The beacon to commit to: the preferred kind, or the fallback if the preferred can't be had now and the policy allows it.
 * Gives the reasons why there is none otherwise. This is the only moment at which one is taken for another: once a
 * commitment is out, its beacon is waited for, and a draw whose beacon never comes is voided in public.
 */
export async function chooseBeacon(
  store: StateTable,
  draw: Draw,
  at: Instant,
  drand: Drand,
): Promise<Chosen | { readonly unavailable: string }> {
  const { preferred, fallback } = draw.beacon;
  const first = await wanted(store, draw.id, preferred, at, drand);
  if (!('unavailable' in first) || fallback === undefined) {
    return first;
  }
  const second = await wanted(store, draw.id, fallback, at, drand);
  return 'unavailable' in second ? { unavailable: `${first.unavailable} ${second.unavailable}` } : second;
}

async function wanted(
  store: StateTable,
  draw: string,
  beacon: WantedBeacon,
  at: Instant,
  drand: Drand,
): Promise<Chosen | { readonly unavailable: string }> {
  switch (beacon.kind) {
    case 'sealed':
      return { beacon: sealedBeacon(await openSeal(store, draw)) };
    case 'announced': {
      const expectedAt = nextAnnouncement(beacon, at);
      return { beacon: { kind: 'announced', source: beacon.source, expectedAt }, readyAt: expectedAt };
    }
    case 'drand':
      return futureRound(drand, at);
  }
}

/**
 * A round after everything that is out already. What the relays show is believed more than our clock: the step may have
 * been held up for hours, and a round that exists could be looked up before the pool is frozen.
 */
async function futureRound(
  { chain, relays }: Drand,
  at: Instant,
): Promise<Chosen | { readonly unavailable: string }> {
  const newest = await latestRound(chain, relays);
  if (newest.kind === 'unreachable') {
    const why = newest.tried.map(({ relay, why: reason }) => `${relay} ${reason}`).join('; ');
    return { unavailable: `drand 信标不可用 No drand relay could be reached: ${why}.` };
  }
  const lead = Math.ceil(ROUND_LEAD_MS / (chain.periodSeconds * 1_000));
  const round = Math.max(newest.round + lead, roundAfter(chain, later(at, ROUND_LEAD_MS)));
  return { beacon: { kind: 'drand', chain: chain.hash, round }, readyAt: instantOfRound(chain, round) };
}
