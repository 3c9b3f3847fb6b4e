import * as z from 'zod';
import { sha256 } from '#sha256';
import { Hex32 } from '#domain/draw/hex.ts';
import { Draw, isPublic, type StoredProof } from '#domain/draw/draw.ts';
import type { Withheld } from '#domain/inspection/form.ts';
import type { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  AWAITED_PARTITION,
  awaitedKey,
  awaitedThrough,
  chosenPartition,
  lists,
  pageKey,
  proofPartition,
  stateKey,
  teamsPartition,
  withheldPartition,
  type Key,
} from './keys.ts';
import { pagesOf, putPages } from './pages.ts';
import { created, mustLoad, updated } from './records.ts';
import { loadMany, loadTogether, queryAll, queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Draw, 'proposedAt' | 'id'>;

function listed(draw: Position) {
  return { listPk: lists.draws, listSk: `${draw.proposedAt}#${draw.id}` };
}

/** A draw that waits for its beacon has a place on the due index, by the moment at which the value can be there. */
function awaited(draw: Draw) {
  return draw.status === 'committed' && draw.awaited !== undefined && draw.arrived === undefined
    ? awaitedKey(draw.awaited.readyAt, draw.id)
    : {};
}

export function createdDraw(draw: Draw): StateWrite {
  return created('DRAW', draw, listed(draw));
}

export function updatedDraw(draw: Draw): StateWrite {
  return updated('DRAW', draw, { ...listed(draw), ...awaited(draw) });
}

/** What a list shows of a draw. */
const ListedDraw = Draw.pick({
  id: true,
  status: true,
  title: true,
  plan: true,
  trigger: true,
  proposedAt: true,
});
export type ListedDraw = z.infer<typeof ListedDraw>;

/** Draws from the one after `after` on, newest first. */
export function listedDraws(store: StateTable, limit: number, after?: Position): Promise<Page<ListedDraw>> {
  return queryPage(store, ListedDraw, {
    index: 'list',
    partition: lists.draws,
    newestFirst: true,
    limit,
    fields: ListedDraw.keyof().options,
    ...(after && { after: { ...stateKey('DRAW', after.id), ...listed(after) } }),
  });
}

/** The draws whose beacon can be there by now. */
export function drawsAwaitingBeacon(store: StateTable, now: Instant): Promise<Draw[]> {
  return queryAll(store, Draw, { index: 'due', partition: AWAITED_PARTITION, through: awaitedThrough(now) });
}

/** @throws Refusal `not-found` */
export function loadDraw(store: StateTable, id: string): Promise<Draw> {
  return mustLoad(store, Draw, 'DRAW', id);
}

/** What the draws of these ids are called. */
export async function titlesOf(
  store: StateTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await loadMany(
    store,
    Draw.pick({ id: true, title: true }),
    [...new Set(ids)].map((id) => stateKey('DRAW', id)),
    ['id', 'title'],
  );
  return new Map(found.map(({ id, title }) => [id, title]));
}

/** Some draws, and the place from which the next page goes on; absent at the end. */
interface PublicDraws {
  readonly draws: Draw[];
  readonly next?: Position;
}

/**
 * Draws that are public, newest first, from the one after `after`. Proposed ones are passed over, by so many queries at most:
 * a page may be short of draws and go on all the same.
 */
export async function publicDraws(
  store: StateTable,
  { limit, queries }: { readonly limit: number; readonly queries: number },
  after?: Position,
): Promise<PublicDraws> {
  const draws: Draw[] = [];
  let place = after;
  for (let query = 0; query < queries; query += 1) {
    const page = await queryPage(store, Draw, {
      index: 'list',
      partition: lists.draws,
      newestFirst: true,
      // One more than asked for: whether others follow is known without a page that turns out empty.
      limit: limit + 1,
      ...(place && { after: { ...stateKey('DRAW', place.id), ...listed(place) } }),
    });
    draws.push(...page.items.filter(isPublic));
    const last = draws[limit - 1];
    if (draws.length > limit && last !== undefined) return { draws: draws.slice(0, limit), next: last };
    if (page.next === undefined) return { draws };
    place = page.items.at(-1) ?? place;
  }
  return { draws, ...(place && { next: place }) };
}

const TEAM_PAGE = 1_000;

/** Characters; 300 KB even if each takes three bytes, under the 400 KB of an item. */
const PROOF_PAGE = 100_000;
const ProofPage = z.object({ text: z.string() });

/** Where a proof's text stands: pages under its hash, so that two attempts can't mix theirs. */
export async function writeProof(store: StateTable, draw: string, text: string): Promise<StoredProof> {
  const hash = sha256(text);
  const pages = await writeSlices(store, proofPartition(draw, hash), chunksOf(text), 1, ([chunk]) => ({
    text: chunk,
  }));
  return { hash, pages };
}

/** A character of two UTF-16 units (𠮷) is never cut in two: half of one has no UTF-8 form, and the table would store another text. */
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < text.length;) {
    const chunk = text.slice(from, from + PROOF_PAGE);
    chunks.push(chunk.isWellFormed() ? chunk : chunk.slice(0, -1));
    from += chunks.at(-1)?.length ?? 0;
  }
  return chunks;
}

/** The text of a draw's newest proof. */
export async function readProof(store: StateTable, draw: string, { hash }: StoredProof): Promise<string> {
  let text = '';
  for await (const page of pagesOf(store, proofPartition(draw, hash), ProofPage)) {
    text += page.text;
  }
  return text;
}

/**
 * The text of a draw's newest proof, and for which objects of it items are withheld: one request for up to 99 pages of the one
 * and the first page of the other, and another only where items are withheld for more than 2,000 objects.
 */
export async function readDrawn(
  store: StateTable,
  draw: string,
  { hash, pages }: StoredProof,
): Promise<{ readonly proof: string; readonly withheld: Withheld }> {
  const proof = pageKeys(proofPartition(draw, hash), 0, pages);
  const first = pageKeys(withheldPartition(draw), 0, 1);
  const found = await loadTogether(store, [...proof, ...first]);
  const begun = found.all(WithheldPage, first);
  const others = pageKeys(withheldPartition(draw), 1, begun.at(0)?.pages ?? 1);
  const rest = (await loadTogether(store, others)).all(WithheldPage, others);
  return {
    proof: found
      .all(ProofPage, proof)
      .map(({ text }) => text)
      .join(''),
    withheld: withheldIn([...begun, ...rest]),
  };
}

function pageKeys(partition: string, from: number, to: number): Key[] {
  return Array.from({ length: to - from }, (_, at) => pageKey(partition, from + at));
}

/** An inspector of a team, as the registration form shows them (article 10). */
const Membership = z.object({
  staffNo: z.string(),
  name: z.string(),
  unit: z.string(),
  certificate: z.string(),
});
export type Membership = z.infer<typeof Membership>;

const TeamOfObject = z.object({ objectId: z.string(), members: z.array(Membership).min(2) });
export type TeamOfObject = z.infer<typeof TeamOfObject>;
const TeamPage = z.object({ teams: z.array(TeamOfObject) });

/** The teams that a draw's matching made. */
export function writeTeams(store: StateTable, draw: string, teams: readonly TeamOfObject[]): Promise<number> {
  return writeTeamsAt(store, teamsPartition(draw), teams);
}

export function readTeams(store: StateTable, draw: string): Promise<TeamOfObject[]> {
  return readTeamsAt(store, teamsPartition(draw));
}

/** Where teams that people chose stand: pages under their hash, and how many teams they hold. */
export const ChosenTeams = z.object({
  hash: Hex32,
  pages: z.int().nonnegative(),
  count: z.int().nonnegative(),
});
export type ChosenTeams = z.infer<typeof ChosenTeams>;

export async function writeChosenTeams(
  store: StateTable,
  draw: string,
  teams: readonly TeamOfObject[],
): Promise<ChosenTeams> {
  const hash = sha256(JSON.stringify(teams));
  return { hash, pages: await writeTeamsAt(store, chosenPartition(draw, hash), teams), count: teams.length };
}

export function readChosenTeams(
  store: StateTable,
  draw: string,
  { hash }: ChosenTeams,
): Promise<TeamOfObject[]> {
  return readTeamsAt(store, chosenPartition(draw, hash));
}

/** As many teams as asked, from one on, of those under a partition; reads only the pages that hold them. */
export async function teamsFrom(
  store: StateTable,
  partition: string,
  from: number,
  count: number,
): Promise<TeamOfObject[]> {
  const first = Math.floor(from / TEAM_PAGE);
  const last = Math.floor((from + count - 1) / TEAM_PAGE);
  const pages = await loadMany(
    store,
    TeamPage.extend({ sk: z.string() }),
    pageKeys(partition, first, last + 1),
  );
  const start = from - first * TEAM_PAGE;
  return pages
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    .flatMap(({ teams }) => teams)
    .slice(start, start + count);
}

function writeTeamsAt(store: StateTable, partition: string, teams: readonly TeamOfObject[]): Promise<number> {
  return writeSlices(store, partition, teams, TEAM_PAGE, (slice) => ({ teams: slice }));
}

async function readTeamsAt(store: StateTable, partition: string): Promise<TeamOfObject[]> {
  const teams: TeamOfObject[] = [];
  for await (const page of pagesOf(store, partition, TeamPage)) {
    teams.push(...page.teams);
  }
  return teams;
}

/** An object of the pool for which the item-frequency rule withholds items (抽查频次), with their codes. */
const WithheldObject = z.object({ id: z.string(), items: z.array(z.string()) });
export type WithheldObject = z.infer<typeof WithheldObject>;
/** `pages` is how many there are in all: pages that an earlier, longer attempt left behind are not read. */
const WithheldPage = z.object({ pages: z.int().positive(), objects: z.array(WithheldObject) });
const WITHHELD_PAGE = 2_000;

/** Writes which items are withheld for which objects of a draw's pool. Running it again replaces what was there. */
export async function writeWithheld(
  store: StateTable,
  draw: string,
  objects: readonly WithheldObject[],
): Promise<void> {
  const pages = Math.max(1, Math.ceil(objects.length / WITHHELD_PAGE));
  await putPages(
    store,
    Array.from({ length: pages }, (_, page) => ({
      ...pageKey(withheldPartition(draw), page),
      pages,
      objects: objects.slice(page * WITHHELD_PAGE, (page + 1) * WITHHELD_PAGE),
    })),
  );
}

/** Which items are withheld for which objects; nothing for a draw of which nothing was written. */
export async function readWithheld(store: StateTable, draw: string): Promise<Withheld> {
  const read: z.infer<typeof WithheldPage>[] = [];
  for await (const page of pagesOf(store, withheldPartition(draw), WithheldPage)) {
    read.push(page);
    if (read.length >= page.pages) {
      break;
    }
  }
  return withheldIn(read);
}

function withheldIn(pages: readonly z.infer<typeof WithheldPage>[]): Withheld {
  return new Map(pages.flatMap(({ objects }) => objects.map(({ id, items }) => [id, items] as const)));
}

async function writeSlices<T>(
  store: StateTable,
  partition: string,
  all: readonly T[],
  size: number,
  content: (slice: readonly T[]) => Record<string, unknown>,
): Promise<number> {
  const pages = Math.ceil(all.length / size);
  await putPages(
    store,
    Array.from({ length: pages }, (_, page) => ({
      ...pageKey(partition, page),
      ...content(all.slice(page * size, (page + 1) * size)),
    })),
  );
  return pages;
}
