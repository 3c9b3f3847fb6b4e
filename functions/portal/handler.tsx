import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import { loadDraw, readPoolLines, readProof } from '#store/draws.ts';
import { entriesAfter, openLedger } from '#store/ledger.ts';
import { loadPublication, publications } from '#store/publications.ts';
import { openState } from '#store/store.ts';
import { type Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { refuse } from '#web/problem.ts';
import { fieldErrors, param, type HttpRequest } from '#web/request.ts';
import { DrawPage } from './draw-page.tsx';
import { PublicationList, PublicationPage } from './publication-page.tsx';

const environment = once(() => environmentOf('portal'));
const store = once(() => openState(environment().STATE_TABLE));
const ledger = once(() => openLedger(environment().LEDGER_TABLE));

/** What everyone may read, without signing in (articles 14, 16): results, draws with their proofs, the ledger. */
export const handler = httpFunction('portal', {
  'GET /public/inspections': results,
  'GET /public/inspections/{id}': result,
  'GET /public/draws/{id}': draw,
  'GET /public/draws/{id}/proof': proof,
  'GET /public/draws/{id}/pool': pool,
  'GET /public/ledger': ledgerPage,
});

const LIST_LENGTH = 50;
const LEDGER_LENGTH = 500;

/** Where the next page begins: the last result of this one, by its time and id. */
const ListQuery = z.object({
  after: z
    .string()
    .regex(
      /^[^_]+_I-[0-9a-f]{24}$/,
      '本列表给出的位置 a position that this list gave, e.g. 2026-03-02T01:30:00.000Z_I-…',
    )
    .transform((text) => text.split('_'))
    .pipe(z.tuple([Instant, z.string()]))
    .transform(([publishedAt, id]) => ({ publishedAt, id }))
    .optional(),
});

async function results(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(ListQuery, request);
  const { items, next } = await publications(store(), LIST_LENGTH, after);
  const last = items.at(-1);
  const position = next === undefined || last === undefined ? {} : { next: `${last.publishedAt}_${last.id}` };
  return wantsJson(request)
    ? publicJson({ results: items, ...position })
    : htmlPage('抽查检查结果公示', <PublicationList items={items} {...position} />, 60);
}

async function result(request: HttpRequest): Promise<Answer> {
  const publication = await loadPublication(store(), param(request, 'id'));
  return wantsJson(request)
    ? publicJson(publication)
    : htmlPage(publication.subjectName, <PublicationPage publication={publication} />, 60);
}

/** A draw is public from its commitment on, and when it is voided; before that it may not yet be known to those it concerns. */
async function publicDraw(request: HttpRequest): Promise<Draw> {
  const found = await loadDraw(store(), param(request, 'id'));
  return found.committed === undefined && found.voided === undefined
    ? refuse('not-found', `没有找到 draw ${found.id} was not found.`)
    : found;
}

async function draw(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  if (!wantsJson(request)) {
    return htmlPage(found.title, <DrawPage draw={found} />, 60);
  }
  const { id, status, plan, title, committed, drawn, voided } = found;
  return publicJson({ id, status, plan: plan.number, title, committed, drawn, voided });
}

/** The proof file, byte for byte as it was hashed. */
async function proof(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  if (found.proof === undefined) {
    return refuse('not-found', `${found.id} 尚未抽取，没有证明 is not drawn yet and has no proof.`);
  }
  return download(
    `${found.id}.proof.json`,
    'application/json',
    await readProof(store(), found.id, found.proof),
  );
}

/** The pool as it was frozen, one `id,stratum` a line. */
async function pool(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  if (found.committed === undefined) {
    return refuse('not-found', `${found.id} 没有名单 has no pool.`);
  }
  let text = '';
  for await (const lines of readPoolLines(store(), found.id, found.committed.pool.key)) {
    text += `${lines.join('\n')}\n`;
  }
  return download(`${found.id}.pool.txt`, 'text/plain', text);
}

/** Compressed always: every client that can read a file of this size can unpack it, and a Lambda answer is limited to 6 MB. */
function download(name: string, type: string, text: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-encoding': 'gzip',
      'content-disposition': `inline; filename="${name}"`,
      'cache-control': 'public, max-age=60',
    },
    body: gzipSync(text),
  };
}

const LedgerQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

async function ledgerPage(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(LedgerQuery, request);
  const entries = await entriesAfter(ledger(), after, LEDGER_LENGTH);
  const last = entries.at(-1);
  // A page that still grows must not be kept: an old copy of it would look like a chain that was cut off.
  return entries.length === LEDGER_LENGTH && last !== undefined
    ? publicJson({ entries, next: last.seq })
    : publicJson({ entries }, 'no-store');
}

function queryOf<T extends z.ZodType>(schema: T, request: HttpRequest): z.infer<T> {
  const query = schema.safeParse(request.query);
  return query.success
    ? query.data
    : refuse('query-invalid', '查询参数无效 The query does not fit; see errors.', fieldErrors(query.error));
}

function wantsJson({ headers, query }: HttpRequest): boolean {
  return query['format'] === 'json' || (headers['accept'] ?? '').includes('application/json');
}

function publicJson(body: unknown, cacheControl = 'public, max-age=60'): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': cacheControl,
      vary: 'accept',
      'access-control-allow-origin': '*',
    },
    body: JSON.stringify(body),
  };
}
