import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { DrawId } from '#domain/draw/commitment.ts';
import { refusalIn } from './answer.ts';
import { argument } from './argument.ts';
import { connectionFor } from './connection.ts';
import { Failure, messageOf } from './failure.ts';
import { pathOf, writeWhole } from './files.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { counted, print } from './output.ts';
import { progress } from './progress.ts';

const Options = z.object({ url: z.string().optional(), out: z.string().default('.') });

/** `draw fetch ID`: proof and pool as files that `draw verify` and the verification page take. */
export async function fetchDraw(id: string, given: unknown): Promise<void> {
  const { url: asked, out } = Options.parse(given);
  const draw = argument('ID', DrawId, id, 'the id of a draw, e.g. D-2ea2f54a9435f2e0e4e24503');
  const { url } = connectionFor(asked);
  const proof = contentOf(await download(`${url}/public/draws/${draw}/proof`));
  const pool = await poolParts(`${url}/public/draws/${draw}/pool`);
  const files = {
    proof: join(out, `${draw}.proof.json`),
    pool: join(out, `${draw}.pool.txt`),
  };
  await madeFolder(out);
  await writeWhole(files.proof, proof);
  await writeWhole(files.pool, Buffer.concat(pool));
  print(files.proof);
  print(`${files.pool} (${counted(pool.length, 'part')})`);
  print('');
  print('Verify it 核验:');
  print(`  npm run --silent mingchou -- draw verify '${files.proof}' '${files.pool}'`);
}

/** The texts of all parts in their order; each says whether another follows. */
async function poolParts(url: string): Promise<Buffer[]> {
  const line = progress();
  const parts: Buffer[] = [];
  try {
    for (let more = true; more;) {
      const answer = await download(`${url}?part=${parts.length + 1}`);
      parts.push(contentOf(answer));
      more = /;\s*rel="?next"?/.test([answer.headers['link'] ?? ''].flat().join(','));
      line.show(counted(parts.length, 'part of the pool', 'parts of the pool'));
    }
  } finally {
    line.clear();
  }
  return parts;
}

async function download(url: string): Promise<HttpAnswer> {
  const answer = await exchange({ method: 'GET', url });
  if (answer.status !== 200) {
    throw new Failure(`${url} was refused: ${refusalIn(answer)}`);
  }
  return answer;
}

/** What was sent, unzipped when it came zipped; something on the way may have done that already. */
function contentOf({ headers, bytes }: HttpAnswer): Buffer {
  try {
    return headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw new Failure(`the download is damaged: ${messageOf(error)}; try again`);
  }
}

async function madeFolder(out: string): Promise<void> {
  try {
    await mkdir(pathOf(out), { recursive: true });
  } catch (error) {
    throw new Failure(`the folder ${out} could not be made: ${messageOf(error)}`);
  }
}
