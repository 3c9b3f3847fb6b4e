import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { canonicalPool, parsePoolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, type Proof, proofText } from '#domain/draw/proof.ts';
import { vector, VECTOR_NAMES } from '#test/domain/draw/vectors.ts';
import { mingchou, oneLine, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const run = async (...args: string[]) => mingchou(['draw', ...args], { folder: folder.path });
const vectorFile = (name: string) => fileURLToPath(new URL(`../vectors/draw-${name}.json`, import.meta.url));

describe('draw recompute', () => {
  test.each(VECTOR_NAMES)('computes the vector %s as the independent implementation did', async (name) => {
    const given = vector(name);
    const { code, stdout, stderr } = await run('recompute', vectorFile(name));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      poolRoot: given.commitment.pool.root,
      quota: given.commitment.quota,
      commitmentHash: given.commitmentHash,
      seed: given.seed,
      selected: given.selected.map(({ id, ticket }) => ({ id, ticket })),
    });
  });

  test('computes what the file does not say', async () => {
    const { pool, rule, commitment, beaconValue, seed } = vector('strata');
    await writeFile(folder.of('short.json'), JSON.stringify({ pool, rule, commitment, beaconValue }));
    const { code, stdout } = await run('recompute', 'short.json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ seed });
  });

  const zeros = '0'.repeat(64);
  const tiny = vector('tiny');
  const [first, second, ...others] = tiny.selected;
  test.each([
    ['poolRoot', { commitment: { ...tiny.commitment, pool: { ...tiny.commitment.pool, root: zeros } } }],
    ['pool size', { commitment: { ...tiny.commitment, pool: { ...tiny.commitment.pool, size: { B: 8 } } } }],
    ['quota', { commitment: { ...tiny.commitment, quota: { B: 2 } } }],
    ['commitmentHash', { commitmentHash: zeros }],
    ['commitmentHash', { commitment: { ...tiny.commitment, drawId: 'D-other' } }],
    ['seed', { seed: zeros }],
    ['selected 1', { selected: [second, first, ...others] }],
    ['selected 3', { selected: tiny.selected.slice(0, 2) }],
    ['poolRoot', { pool: tiny.pool.slice(1) }],
  ])('names %s as the first that differs', async (name, changed) => {
    await writeFile(folder.of('changed.json'), JSON.stringify({ ...tiny, ...changed }));
    const outcome = await run('recompute', 'changed.json');
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringMatching(
        new RegExp(`^mingchou: ${name} differs: recomputed .*, the file changed.json says `),
      ),
    });
  });

  test('refuses a secret that is not the sealed one', async () => {
    await writeFile(folder.of('secret.json'), JSON.stringify({ ...tiny, beaconValue: zeros }));
    expect(oneLine(await run('recompute', 'secret.json'))).toEqual({
      code: 1,
      line: expect.stringContaining('not the one that was sealed'),
    });
  });

  test('a file that is none, or of another shape, is wrong use', async () => {
    expect(oneLine(await run('recompute', 'nothing.json'))).toMatchObject({ code: 2 });
    expect(oneLine(await run('recompute', '.'))).toMatchObject({
      code: 2,
      line: expect.stringContaining('is a folder'),
    });
    await writeFile(folder.of('other.json'), JSON.stringify({ ...tiny, rule: { mode: 'dice' } }));
    expect(oneLine(await run('recompute', 'other.json'))).toEqual({
      code: 2,
      line: expect.stringContaining('rule'),
    });
  });
});

/** The draw of a vector as Mingchou would have made it, its quota rule in the commitment. */
function proofOf(name: (typeof VECTOR_NAMES)[number]): { proof: Proof; pool: string } {
  const given = vector(name);
  const { drawId, beacon, spec } = given.commitment;
  const entries = canonicalPool(given.pool.map(parsePoolLine));
  const commitment = buildCommitment({
    drawId,
    pool: summarizePool(entries),
    rule: given.rule,
    beacon,
    spec,
  });
  const sealed = given.beaconValue;
  return {
    proof: buildProof({ commitment, beaconValue: sealed, pool: entries }),
    pool: [...poolText(entries)].join(''),
  };
}

describe('draw verify', () => {
  const { proof, pool } = proofOf('tiny');

  beforeAll(async () => {
    await writeFile(folder.of('proof.json'), proofText(proof));
    await writeFile(folder.of('pool.txt'), pool);
    await writeFile(folder.of('pool'), gzipSync(pool));
  });

  test.each(['pool.txt', 'pool'])('shows every step and what the beacon means, with %s', async (file) => {
    const { code, stdout, stderr } = await run('verify', 'proof.json', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const step of [
      'proof-format',
      'pool-root',
      'quota',
      'commitment-hash',
      'beacon',
      'seed',
      'selected',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ok +${step} `, 'm'));
    }
    expect(stdout).toMatch(/^not checked {2}matching /m);
    expect(stdout).toContain('Beacon 随机信标: sealed');
    expect(stdout).toContain('the weakest of the three kinds');
    expect(stdout).toContain('这是三种中最弱的一种');
    expect(stdout).toContain('NOT CHECKED 未核验: matching');
    expect(stdout).toContain('Verified: every step that was checked holds.');
  });

  test('a drand signature counts as not checked', async () => {
    const drand = VECTOR_NAMES.find((name) => vector(name).commitment.beacon.kind === 'drand');
    const made = proofOf(drand ?? 'one');
    await writeFile(folder.of('drand.json'), proofText(made.proof));
    await writeFile(folder.of('drand.txt'), made.pool);
    const { code, stdout } = await run('verify', 'drand.json', 'drand.txt');
    expect(code).toBe(0);
    expect(stdout).toContain('NOT CHECKED 未核验: beacon-signature, matching');
  });

  test('gives the report as JSON', async () => {
    const { code, stdout } = await run('verify', '--json', 'proof.json', 'pool');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      firstFailure: null,
      notChecked: ['matching'],
      beacon: { kind: 'sealed' },
    });
  });

  const zeros = '0'.repeat(64);
  const commitment = { ...proof.commitment, drawId: 'D-other' };
  test.each([
    ['proof-format', `${proofText(proof)} `, pool],
    ['proof-format', '{}\n', pool],
    ['pool-format', proofText(proof), pool.trimEnd()],
    [
      'pool-order',
      proofText(proof),
      pool
        .split('\n')
        .slice(0, -1)
        .toReversed()
        .map((line) => `${line}\n`)
        .join(''),
    ],
    ['pool-size', proofText(proof), pool.replace(/.*\n/, '')],
    ['pool-root', proofText(proof), pool.replace(/[0-9A-Z](?=,)/, (last) => (last === '0' ? '1' : '0'))],
    ['quota', proofText({ ...proof, commitment: { ...proof.commitment, quota: { B: 1 } } }), pool],
    ['commitment-hash', proofText({ ...proof, commitment }), pool],
    ['seed', proofText({ ...proof, commitment, commitmentHash: commitmentHash(commitment) }), pool],
    ['beacon', proofText({ ...proof, beaconValue: zeros }), pool],
    ['selected', proofText({ ...proof, selected: proof.selected.slice(1) }), pool],
  ])('names %s as the step that broke', async (step, proofFile, poolFile) => {
    await writeFile(folder.of('tampered.json'), proofFile);
    await writeFile(folder.of('tampered.txt'), poolFile);
    const outcome = await run('verify', 'tampered.json', 'tampered.txt');
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringContaining(`mingchou: verification failed at the step ${step}: `),
    });
    expect(outcome.stdout).toMatch(new RegExp(`^FAILED +${step} `, 'm'));
    expect(outcome.stdout).toContain('NOT VERIFIED 核验未通过');
    expect(outcome.stdout).not.toContain('Verified:');
  });

  test('a gzip file that was cut off or changed is a broken pool', async () => {
    const zipped = gzipSync(pool);
    await writeFile(folder.of('cut.gz'), zipped.subarray(0, -5));
    await writeFile(folder.of('bent.gz'), zipped.with(zipped.length - 7, (zipped.at(-7) ?? 0) ^ 1));
    await writeFile(folder.of('more.gz'), Buffer.concat([zipped, Buffer.alloc(3)]));
    for (const file of ['cut.gz', 'bent.gz', 'more.gz']) {
      expect(oneLine(await run('verify', 'proof.json', file))).toEqual({
        code: 1,
        line: expect.stringContaining('failed at the step pool-format'),
      });
    }
  });

  test('a gzip file of several members one after another is the text of all of them', async () => {
    const cut = pool.indexOf('\n', pool.length / 2) + 1;
    const members = [pool.slice(0, cut), pool.slice(cut)].map((part) => gzipSync(part));
    await writeFile(folder.of('members.gz'), Buffer.concat(members));
    const { code, stdout } = await run('verify', 'proof.json', 'members.gz');
    expect([code, stdout.includes('Verified: every step that was checked holds.')]).toEqual([0, true]);
    await writeFile(folder.of('members.gz'), Buffer.concat(members.slice(0, 1)));
    expect(oneLine(await run('verify', 'proof.json', 'members.gz'))).toMatchObject({ code: 1 });
  });

  test('files that are not there are wrong use', async () => {
    expect(oneLine(await run('verify', 'proof.json', 'no-pool'))).toMatchObject({
      code: 2,
      line: expect.stringContaining('POOL no-pool'),
    });
    expect(oneLine(await run('verify', 'no-proof', 'pool'))).toMatchObject({
      code: 2,
      line: expect.stringContaining('PROOF no-proof'),
    });
    expect(oneLine(await run('verify', 'proof.json', '.'))).toMatchObject({
      code: 2,
      line: expect.stringContaining('is a folder'),
    });
  });
});
