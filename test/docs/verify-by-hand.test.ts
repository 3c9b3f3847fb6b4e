import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inclusionText } from '#domain/draw/inclusion.ts';
import { merklePath } from '#domain/draw/merkle.ts';
import { poolLine, poolText } from '#domain/draw/pool.ts';
import { proofText } from '#domain/draw/proof.ts';
import { ticketOf } from '#domain/draw/ticket.ts';
import { poolOf, proofFor, proposedDraw } from '../support/public-draw.ts';
import { root } from '../support/sources.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-by-hand-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every command of docs/verify.md that is meant to be typed with a shell's own means, in its order. */
function commands(): string {
  const page = readFileSync(path.join(root, 'docs/verify.md'), 'utf8');
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '').join('\n');
}

describe('docs/verify.md, by hand', () => {
  const pool = poolOf(11);
  const proof = proofFor(proposedDraw(1), pool);
  const leaves = pool.map(poolLine);
  const files = {
    'proof.json': proofText(proof),
    'pool.txt': [...poolText(pool)].join(''),
    'own.json': inclusionText({
      drawId: proof.commitment.drawId,
      leaf: leaves[10] ?? '',
      index: 10,
      size: 11,
      path: merklePath(leaves, 10),
    }),
  };

  it('comes to what the proof says, with a shell and sha256sum', () => {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(path.join(folder, name), text);
    }
    const run = spawnSync('bash', ['-euo', 'pipefail', '-c', commands()], { cwd: folder, encoding: 'utf8' });
    const lines = run.stdout.split('\n');
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(lines.slice(0, 3)).toEqual([
      `commitment ${proof.commitmentHash}`,
      `sealed ${proof.commitment.beacon.kind === 'sealed' ? proof.commitment.beacon.commitment : ''}`,
      `seed ${proof.seed}`,
    ]);
    expect(lines.filter((line) => line.startsWith('ticket ')).toSorted()).toEqual(
      pool.map(({ id, stratum }) => `ticket ${stratum} ${ticketOf(proof.seed, id)} ${id}`).toSorted(),
    );
    expect(lines).toContain('order holds');
    expect(lines).toContain(`root ${proof.commitment.pool.root}`);
    expect(lines).toContain(`reached ${proof.commitment.pool.root} 0`);
  });
});
