import { gzipSync } from 'node:zlib';
import { CodeQuery, DrawListQuery } from '#contracts/api/portal.ts';
import { placeText } from '#contracts/api/place.ts';
import type { DrawInList, PublicDraw } from '#contracts/open-data.ts';
import { explainProof } from '#domain/draw/explanation.ts';
import { inclusionText, standingOf, type Standing } from '#domain/draw/inclusion.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { Proof } from '#domain/draw/proof.ts';
import { publicDraws, readProof } from '#store/draws.ts';
import { inclusionAt, placeInPool } from '#store/inclusion.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest, wantsJson, queryOf } from '#web/request.ts';
import { DrawList } from './draw-list.tsx';
import { DrawPage } from './draw-page.tsx';
import { ExplanationPage } from './explanation-page.tsx';
import { InclusionPage } from './inclusion-page.tsx';
import { poolParts } from './pool.ts';
import { download, publicDraw, publicJson, store } from './reading.ts';

/** A page makes as many requests of the store. */
const PAGE = { limit: 50, queries: 5 };

/** Every draw from its commitment on, and every voided one, newest first. */
export async function drawList(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, DrawListQuery);
  const { draws, next } = await publicDraws(store(), PAGE, after);
  const position = next === undefined ? {} : { next: drawPlace(next) };
  return wantsJson(request)
    ? publicJson({ draws: draws.map(summaryOf), ...position })
    : htmlPage('抽取公示', <DrawList draws={draws} {...position} />, 60);
}

export function drawPlace({ proposedAt, id }: Pick<Draw, 'proposedAt' | 'id'>): string {
  return placeText({ at: proposedAt, id });
}

/** A draw as it stands in a list. */
export function summaryOf({ id, status, plan, title, proposedAt, committed, drawn }: Draw): DrawInList {
  return {
    id,
    status,
    plan: plan.number,
    title,
    proposedAt,
    committedAt: committed?.at,
    drawnAt: drawn?.at,
    selected: drawn?.selected,
  };
}

/** One draw, its whole life as far as it went. */
export async function draw(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  const parts = poolParts(found.committed?.pool.pages ?? 0);
  if (!wantsJson(request)) {
    return htmlPage(found.title, <DrawPage draw={found} parts={parts} />, 60, { forms: true });
  }
  const { id, status, plan, title, items, criteria, named, staffing, proposedAt, approvedAt } = found;
  const { committed, drawn, dispatchedAt, inspections, closedAt, voided, replaces, replacedBy } = found;
  const shown: PublicDraw = {
    id,
    status,
    plan: plan.number,
    title,
    items,
    criteria,
    named,
    staffing,
    proposedAt,
    approvedAt,
    committed,
    awaitedFrom: found.awaited?.readyAt,
    drawn,
    matchedAt: found.matched?.at,
    dispatchedAt,
    inspections,
    closedAt,
    voided,
    replaces,
    replacedBy,
    poolParts: parts,
    proofHash: found.proof?.hash,
  };
  return publicJson(shown);
}

/** The proof file, byte for byte as it was hashed. */
export async function proof(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  const text = await proofTextOf(found);
  return download({
    name: `${found.id}.proof.json`,
    type: 'application/json',
    gzip: gzipSync(text),
  });
}

/** The proof in plain words. */
export async function explanation(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  const paragraphs = explainProof(Proof.parse(JSON.parse(await proofTextOf(found))));
  return wantsJson(request)
    ? publicJson({ id: found.id, paragraphs })
    : htmlPage(`说明：${found.title}`, <ExplanationPage draw={found} paragraphs={paragraphs} />, 60);
}

function proofTextOf(found: Draw): Promise<string> {
  return found.proof === undefined
    ? refuse('not-found', `${found.id} 尚未抽取，没有证明 is not drawn yet and has no proof.`)
    : readProof(store(), found.id, found.proof);
}

/** One object's line, place and path, for whoever checks that line alone. */
export async function inclusion(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  const { committed } = found;
  const subject = codeIn(param(request, 'subject'));
  const place = await placeInPool(store(), found, subject);
  if (committed === undefined || place === undefined) {
    return refuse('not-found', `抽取 ${found.id} 的名单中没有 ${subject} is not in the pool of this draw.`);
  }
  const text = inclusionText(await inclusionAt(store(), found.id, committed, place));
  return download({
    name: `${found.id}.${subject}.inclusion.json`,
    type: 'application/json',
    gzip: gzipSync(text),
  });
}

/** The answer to a code that a reader typed in, as this server gives it; the page says how to check the answer. */
export async function inclusionPage(request: HttpRequest): Promise<Answer> {
  const found = await publicDraw(request);
  const code = codeIn(queryOf(request, CodeQuery).code);
  const place = code === '' ? undefined : await placeInPool(store(), found, code);
  const standing = place === undefined ? undefined : await standingIn(found, place.entry);
  return htmlPage(
    `查询：${found.title}`,
    <InclusionPage
      draw={found}
      code={code}
      {...(place === undefined ? {} : { place })}
      {...(standing === undefined ? {} : { standing })}
    />,
    60,
    { forms: true },
  );
}

async function standingIn(
  found: Draw,
  entry: Pick<Standing, 'id' | 'stratum'>,
): Promise<Standing | undefined> {
  if (found.proof === undefined || found.drawn === undefined) {
    return undefined;
  }
  return standingOf(Proof.parse(JSON.parse(await proofTextOf(found))), found.drawn.seed, entry);
}

/** A code as people type it: spaces around it and small letters are no other code. */
function codeIn(text: string): string {
  return text.trim().toUpperCase();
}
