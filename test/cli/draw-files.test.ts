import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { inclusionText, type InclusionFile } from '#domain/draw/inclusion.ts';
import { merklePath } from '#domain/draw/merkle.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { canonicalPool, parsePoolLine, poolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, proofText } from '#domain/draw/proof.ts';
import { vector } from '#test/domain/draw/vectors.ts';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer, type Received } from './server.ts';

const given = vector('tiny');
const entries = canonicalPool(given.pool.map(parsePoolLine));
const { drawId, beacon, spec } = given.commitment;
const proof = buildProof({
  commitment: buildCommitment({ drawId, pool: summarizePool(entries), rule: given.rule, beacon, spec }),
  beaconValue: given.beaconValue,
  pool: entries,
});
const lines = [...poolText(entries)];
const PARTS = [lines.slice(0, 3).join(''), lines.slice(3).join('')] as const;

const server = testServer({
  [`GET /public/draws/${drawId}/proof`]: () => ({ body: proofText(proof) }),
  [`GET /public/draws/${drawId}/pool`]: ({ search }: Received) =>
    search.get('part') === '1'
      ? {
          body: PARTS[0],
          headers: { link: `</public/draws/${drawId}/pool?part=2>; rel="next"` },
        }
      : { body: PARTS[1] },
});
const folder = temporaryFolder();
const run = async (...args: string[]) => mingchou(['draw', ...args], { folder: folder.path });

describe('draw fetch', () => {
  test('writes proof and pool, all parts in one file, that verify prints its command for', async () => {
    server.begin();
    const { code, stdout, stderr } = await run('fetch', drawId, '--url', server.url, '--out', 'draw');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await readFile(folder.of(`draw/${drawId}.proof.json`), 'utf8')).toBe(proofText(proof));
    expect(await readFile(folder.of(`draw/${drawId}.pool.txt`), 'utf8')).toBe(lines.join(''));
    expect(server.to(`GET /public/draws/${drawId}/pool`).map(({ search }) => search.get('part'))).toEqual([
      '1',
      '2',
    ]);
    const [, proofFile = '', poolFile = ''] = /draw verify '([^']+)' '([^']+)'/.exec(stdout) ?? [];
    expect((await run('verify', proofFile, poolFile)).code).toBe(0);
  });

  test('says what the server said of a draw that is not there, and writes nothing', async () => {
    expect(oneLine(await run('fetch', 'D-none', '--url', server.url, '--out', 'none'))).toEqual({
      code: 1,
      line: expect.stringContaining('/public/draws/D-none/proof was refused: 404 Not Found'),
    });
    await expect(readFile(folder.of('none/D-none.proof.json'))).rejects.toThrow('ENOENT');
  });

  test('refuses an id that is none, before it asks anybody', async () => {
    expect(oneLine(await run('fetch', '../x', '--url', server.url))).toMatchObject({ code: 2 });
  });

  test('a download that was damaged on the way is told', async () => {
    const damaged = gzipSync('x').toString('latin1').slice(0, 12);
    server.begin({
      [`GET /public/draws/${drawId}/proof`]: () => ({
        body: damaged,
        headers: { 'content-encoding': 'gzip' },
      }),
    });
    expect(oneLine(await run('fetch', drawId, '--url', server.url))).toEqual({
      code: 1,
      line: expect.stringContaining('the download is damaged'),
    });
  });
});

const inclusionOf = (index: number): InclusionFile => {
  const leaves = entries.map(poolLine);
  return {
    drawId,
    leaf: leaves[index] ?? '',
    index,
    size: leaves.length,
    path: merklePath(leaves, index),
  };
};

describe('draw inclusion', () => {
  const chosen = entries.findIndex(({ id }) => id === proof.selected[0]?.id);
  beforeAll(async () => {
    await writeFile(folder.of('proof.json'), proofText(proof));
    await writeFile(folder.of('own.json'), inclusionText(inclusionOf(chosen)));
  });

  test('shows every step, what it can not see, and the answer', async () => {
    const { code, stdout, stderr } = await run('inclusion', 'proof.json', 'own.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const step of ['commitment-hash', 'beacon', 'seed', 'selected-list', 'inclusion-path']) {
      expect(stdout).toMatch(new RegExp(`^ok +${step} `, 'm'));
    }
    expect(stdout).toContain('NOT CHECKED 未核验: selected');
    expect(stdout).toContain(`${proof.selected[0]?.id} 在名单中`);
    expect(stdout).toContain('并按规则被选中。');
  });

  test('prints the report as JSON', async () => {
    const { stdout } = await run('inclusion', '--json', 'proof.json', 'own.json');
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      standing: { id: proof.selected[0]?.id, listed: true, due: true },
    });
  });

  test('names the step that broke', async () => {
    await writeFile(
      folder.of('forged.json'),
      JSON.stringify({ ...inclusionOf(chosen), index: (chosen + 1) % entries.length }),
    );
    const outcome = await run('inclusion', 'proof.json', 'forged.json');
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringContaining('verification failed at the step inclusion-path: '),
    });
    expect(outcome.stdout).toContain('核验未通过');
  });
});

describe('draw explain', () => {
  test('tells the proof in both languages, and that it is only what the proof says', async () => {
    const { code, stdout, stderr } = await run('explain', 'proof.json');
    expect(code).toBe(0);
    expect(stdout).toContain(`本次抽取的编号为 ${drawId}`);
    expect(stdout).toContain(`This is the draw ${drawId}`);
    expect(stdout).toContain(proof.commitmentHash);
    expect(stderr).toContain('draw verify');
  });

  test('prints the paragraphs as JSON', async () => {
    const { stdout } = await run('explain', '--json', 'proof.json');
    expect(JSON.parse(stdout)).toHaveLength(10);
  });

  test('a file that is no proof is told in one line', async () => {
    await writeFile(folder.of('other.json'), '{}');
    expect(oneLine(await run('explain', 'other.json'))).toEqual({
      code: 1,
      line: expect.stringContaining("The proof can't be read"),
    });
  });
});
