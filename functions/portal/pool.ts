import { finished } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import { once as happened } from 'node:events';
import { PoolQuery } from '#contracts/api/portal.ts';
import { readPoolText } from '#store/pools.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { type HttpRequest, queryOf } from '#web/request.ts';
import { download, publicDraw, store } from './reading.ts';

/** 40 pages of 5,000 lines: about 2 MB as gzip and base64, and under the 6 MB of an answer whatever the ids are. */
const PAGES_A_PART = 40;

/** How many parts a pool is downloaded in. */
export function poolParts(pages: number): number {
  return Math.ceil(pages / PAGES_A_PART);
}

/** A part of the pool as it was frozen, one `id,stratum` a line; the parts one after another are the whole text. */
export async function pool(request: HttpRequest): Promise<Answer> {
  const draw = await publicDraw(request);
  const { committed } = draw;
  if (committed === undefined) {
    return refuse('not-found', `${draw.id} 没有名单 has no pool.`);
  }
  const { part } = queryOf(request, PoolQuery);
  const parts = poolParts(committed.pool.pages);
  if (part > parts) {
    refuse('query-invalid', `名单只有 ${parts} 个部分 The pool has ${parts} part(s).`, [
      { pointer: '/part', detail: `1–${parts}` },
    ]);
  }
  const text = readPoolText(store(), draw.id, committed.pool.key, {
    first: (part - 1) * PAGES_A_PART,
    count: PAGES_A_PART,
  });
  const next = part < parts ? { link: `</public/draws/${draw.id}/pool?part=${part + 1}>; rel="next"` } : {};
  return download(
    { name: partName(draw.id, part, parts), type: 'text/plain', gzip: await gzipped(text) },
    next,
  );
}

/** Names sort in the order of the parts. */
function partName(draw: string, part: number, parts: number): string {
  return parts === 1 ? `${draw}.pool.txt` : `${draw}.pool.${String(part).padStart(3, '0')}.txt`;
}

/** Compresses page by page: what is in memory is a page and what came out, never the whole text. */
async function gzipped(pages: AsyncIterable<string>): Promise<Uint8Array> {
  const gzip = createGzip();
  const chunks: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const whole = finished(gzip);
  await write(gzip, pages);
  await whole;
  return Buffer.concat(chunks);
}

async function write(gzip: Gzip, pages: AsyncIterable<string>): Promise<void> {
  for await (const page of pages) {
    if (!gzip.write(page)) {
      await happened(gzip, 'drain');
    }
  }
  gzip.end();
}
