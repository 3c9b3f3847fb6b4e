import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { inclusionText } from '#domain/draw/inclusion.ts';
import { merklePath } from '#domain/draw/merkle.ts';
import { type DrandChain, type DrandRound, infoOf, QUICKNET } from '#domain/draw/drand-chain.ts';
import { canonicalPool, parsePoolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, type Proof, proofText } from '#domain/draw/proof.ts';
import { ownChain, QUICKNET_ROUND } from '#test/beacon/own-chain.ts';
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

/** A draw of the tiny vector's pool by a drand round: the text of its proof, and the pool. */
function drandDraw(
  chain: DrandChain,
  { round, randomness, signature }: DrandRound,
): { text: string; pool: string } {
  const given = vector('tiny');
  const entries = canonicalPool(given.pool.map(parsePoolLine));
  const commitment = buildCommitment({
    drawId: 'D-drand',
    pool: summarizePool(entries),
    rule: given.rule,
    beacon: { kind: 'drand', chain: chain.hash, round },
    spec: {},
  });
  const proof = buildProof({
    commitment,
    beaconValue: randomness,
    beaconSignature: signature,
    pool: entries,
  });
  return { text: proofText(proof), pool: [...poolText(entries)].join('') };
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

describe('draw verify of a drand draw', () => {
  const own = ownChain('a chain of our own');
  const stranger = ownChain('a chain of somebody else');
  const ofPublic = drandDraw(QUICKNET, QUICKNET_ROUND);
  const ofPrivate = drandDraw(own.chain, own.sign(7));
  const verify = async (proof: string, ...options: string[]) => {
    await writeFile(folder.of('drand.json'), proof);
    return run('verify', ...options, 'drand.json', 'drand.txt');
  };

  beforeAll(async () => {
    await writeFile(folder.of('drand.txt'), ofPublic.pool);
    await writeFile(folder.of('own.json'), JSON.stringify(infoOf(own.chain)));
    await writeFile(folder.of('stranger.json'), JSON.stringify(infoOf(stranger.chain)));
  });

  test('checks the signature of a public chain, without network', async () => {
    const { code, stdout, stderr } = await verify(ofPublic.text);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ok +beacon-signature +The signature is the one of round 1000\.$/m);
    expect(stdout).toContain('NOT CHECKED 未核验: matching —');
    expect(stdout).toContain('nobody, the operator included, could know it');
    expect(stdout).not.toContain('WARNING');
  });

  test.each([
    ['a signature of another round', drandDraw(own.chain, { ...own.sign(8), round: 7 }).text],
    ['a signature of another key', drandDraw(own.chain, stranger.sign(7)).text],
  ])('finds out %s', async (_, proof) => {
    const outcome = await verify(proof, '--chain', 'own.json');
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringContaining(
        'failed at the step beacon-signature: The signature is not the one of round 7',
      ),
    });
  });

  test('finds out a changed byte of the signature', async () => {
    const { signature } = QUICKNET_ROUND;
    const changed = `${signature.slice(0, -1)}8`;
    const outcome = await verify(ofPublic.text.replace(signature, changed));
    expect(outcome.stdout).toMatch(/^FAILED +beacon +/m);
    expect(outcome.stdout).toMatch(/^FAILED +beacon-signature +/m);
    expect(outcome.code).toBe(1);
  });

  test('finds out a signature that was left out', async () => {
    const outcome = await verify(ofPublic.text.replace(/"beaconSignature":"[0-9a-f]+",/, ''));
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringContaining('failed at the step beacon-signature: The proof carries no signature'),
    });
  });

  test('does not check the signature of an unknown chain, and says so', async () => {
    const { code, stdout } = await verify(ofPrivate.text);
    expect(code).toBe(0);
    expect(stdout).toContain('NOT CHECKED 未核验: beacon-signature, matching');
    expect(stdout).toContain(`WARNING: the drand chain ${own.chain.hash} is not a known public one;`);
    expect(stdout).toContain('其签名未核验');
    expect(stdout).not.toContain('nobody, the operator included, could know it');
  });

  test('checks it with the chain that is named, and warns of that chain', async () => {
    const { code, stdout, stderr } = await verify(ofPrivate.text, '--chain', 'own.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ok +beacon-signature +The signature is the one of round 7\.$/m);
    expect(stdout).toContain(
      'WARNING: the signature was checked with the chain that --chain names (test), which is not a known public one',
    );
    expect(stdout).toContain('whoever holds its key could know it before');
    expect(stdout).not.toContain('nobody, the operator included, could know it');
  });

  test('warns beside the report when that is JSON', async () => {
    const { code, stdout, stderr } = await verify(ofPrivate.text, '--json', '--chain', 'own.json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verified: true, notChecked: ['matching'] });
    expect(stderr).toMatch(/^mingchou: WARNING: .* not a known public one: .*\n$/);
  });

  test('says when the chain that is named is another one', async () => {
    const { code, stdout } = await verify(ofPrivate.text, '--chain', 'stranger.json');
    expect(code).toBe(0);
    expect(stdout).toContain('NOT CHECKED 未核验: beacon-signature, matching');
    expect(stdout).toContain(
      `and --chain names the chain ${stranger.chain.hash}; its signature was not checked`,
    );
  });

  test('takes no key under the hash of a public chain', async () => {
    const forged = { ...infoOf(own.chain), hash: QUICKNET.hash };
    await writeFile(folder.of('forged.json'), JSON.stringify(forged));
    expect(oneLine(await verify(ofPublic.text, '--chain', 'forged.json'))).toEqual({
      code: 2,
      line: expect.stringContaining('hash: is not the hash of this chain'),
    });
    expect(oneLine(await verify(ofPublic.text, '--chain', 'nothing.json'))).toMatchObject({
      code: 2,
      line: expect.stringContaining('--chain nothing.json does not exist'),
    });
  });
});

test('draw inclusion checks the signature with the chain that is named, warns of it, and says when it could not', async () => {
  const own = ownChain('a chain of our own');
  const { text, pool } = drandDraw(own.chain, own.sign(7));
  const leaves = pool.trimEnd().split('\n');
  await writeFile(folder.of('included.json'), text);
  await writeFile(folder.of('chain.json'), JSON.stringify(infoOf(own.chain)));
  await writeFile(
    folder.of('line.json'),
    inclusionText({
      drawId: 'D-drand',
      leaf: leaves[0] ?? '',
      index: 0,
      size: leaves.length,
      path: merklePath(leaves, 0),
    }),
  );
  const inclusion = async (...options: string[]) =>
    run('inclusion', ...options, 'included.json', 'line.json');
  const unnamed = await inclusion();
  expect(unnamed.code).toBe(0);
  expect(unnamed.stdout).toMatch(/^not checked +beacon-signature /m);
  expect(unnamed.stdout).toContain(`WARNING: the drand chain ${own.chain.hash} is not a known public one;`);
  const named = await inclusion('--chain', 'chain.json');
  expect(named.code).toBe(0);
  expect(named.stdout).toMatch(/^ok +beacon-signature +The signature is the one of round 7\.$/m);
  expect(named.stdout).toContain('the chain that --chain names (test), which is not a known public one');
  const told = await inclusion('--json', '--chain', 'chain.json');
  expect(JSON.parse(told.stdout)).toMatchObject({ verified: true });
  expect(told.stderr).toMatch(/^mingchou: WARNING: .* not a known public one: .*\n$/);
});
