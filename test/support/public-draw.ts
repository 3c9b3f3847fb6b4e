import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { Draw } from '#domain/draw/draw.ts';
import { canonicalPool, poolLine, summarizePool, type PoolEntry } from '#domain/draw/pool.ts';
import { buildProof, proofText, type Proof } from '#domain/draw/proof.ts';
import { commit } from '#store/commit.ts';
import { createdDraw, writeProof } from '#store/draws.ts';
import { POOL_PAGE, writePool } from '#store/pools.ts';
import type { StateTable } from '#store/store.ts';
import { MONDAY } from './samples.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';

/** A draw as it stands when it is proposed; the number makes its id. */
export function proposedDraw(number: number): Draw {
  return Draw.parse({
    id: `D-${number.toString(16).padStart(24, '0')}`,
    version: 1,
    status: 'proposed',
    correlation: 'T-000000000000000000000001',
    trigger: 'T-000000000000000000000001',
    policy: { id: 'complaint-fuel', version: 1 },
    plan: { id: 'P-000000000000000000000001', number: '明抽〔2026〕3号' },
    title: '加油站投诉抽查',
    items: ['YS-001'],
    criteria: {},
    rule: { mode: 'ratio', basisPoints: { A: 1, B: 1, C: 1, D: 1 } },
    named: [],
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'sealed' } },
    proposedAt: `2026-03-02T01:30:00.${String(number).padStart(3, '0')}Z`,
  });
}

/** A pool of so many objects in canonical order. */
export function poolOf(objects: number): PoolEntry[] {
  return canonicalPool(
    Array.from({ length: objects }, (_, n) => ({
      id: `91410381${((n * 7_919) % 1_000_003).toString(36).toUpperCase().padStart(10, '0')}`,
      stratum: 'ABCD'.charAt(n % 4),
    })),
  );
}

/** The proof of a draw from a pool in canonical order. */
export function proofFor(draw: Draw, pool: readonly PoolEntry[]): Proof {
  const commitment = buildCommitment({
    drawId: draw.id,
    pool: summarizePool(pool),
    rule: draw.rule,
    beacon: sealedBeacon(SECRET),
    spec: { plan: draw.plan.number, title: draw.title },
  });
  return buildProof({ commitment, beaconValue: SECRET, pool });
}

/** Stores a draw that is drawn from the pool, with its pages and its proof. */
export async function storeDrawn(
  state: StateTable,
  number: number,
  pool: readonly PoolEntry[],
): Promise<{ readonly draw: Draw; readonly proof: Proof }> {
  const draw = proposedDraw(number);
  const proof = proofFor(draw, pool);
  const { commitment } = proof;
  const key = commitment.pool.root;
  const pages = await writePool(state, draw.id, key, pagesOf(pool.map(poolLine)));
  const drawn: Draw = {
    ...draw,
    status: 'drawn',
    approvedAt: MONDAY,
    committed: {
      at: MONDAY,
      commitment,
      hash: commitmentHash(commitment),
      pool: { key, pages, withheld: [] },
    },
    proof: await writeProof(state, draw.id, proofText(proof)),
    drawn: { at: MONDAY, beaconValue: SECRET, seed: proof.seed, selected: proof.selected.length },
  };
  await commit(state, { at: MONDAY, writes: [createdDraw(drawn)], events: [] });
  return { draw: drawn, proof };
}

function* pagesOf(lines: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < lines.length; from += POOL_PAGE) {
    yield lines.slice(from, from + POOL_PAGE);
  }
}
