import { sha256 } from '#sha256';
import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { poolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { addMatching, buildProof, proofText } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { duration, interleaved, type Figure } from '../measure.ts';
import { poolOf, SECRET, SEED } from '../pools.ts';

const SIZE = 100_000;
const basisPoints = { A: 100, B: 100, C: 100, D: 100 };

/** What a verifier waits for, against hashing the leaves and the tickets of the same pool and nothing else. */
export async function verification(): Promise<Figure[]> {
  const pool = poolOf(SIZE);
  const beacon = sealedBeacon(SECRET);
  const rule = { mode: 'ratio', basisPoints } as const;
  const commitment = buildCommitment({ drawId: 'D-1', pool: summarizePool(pool), rule, beacon, spec: {} });
  const drawn = buildProof({ commitment, beaconValue: SECRET, pool });
  const inspectors = Array.from({ length: 100 }, (_, at) => ({ id: `P-${at}`, qualified: true }));
  const objects = drawn.selected.map(({ id }) => id);
  const unit = { unitId: 'U-1', teamSize: 2, objects, inspectors, barred: [], previous: [] };
  const proof = Buffer.from(proofText(addMatching(drawn, [unit])));
  const text = Buffer.from([...poolText(pool)].join(''));

  const { measured, baseline, ratio } = await interleaved(
    () => {
      let last = '';
      for (const entry of pool) {
        last = sha256(`\u0000${poolLine(entry)}`) + sha256(`${SEED}:${entry.id}`);
      }
      return last;
    },
    () => {
      const report = verifyProof(proof, text);
      if (!report.verified) {
        throw new Error(`the proof of the benchmark fails at ${report.firstFailure}`);
      }
      return report;
    },
    5,
  );
  return [
    {
      name: 'verify a draw from 100,000',
      measured: `${duration(measured)}, ${objects.length} teams`,
      baseline: `${duration(baseline)} leaves and tickets`,
      ratio,
    },
  ];
}
