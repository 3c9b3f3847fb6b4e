import * as z from 'zod';
import { sha256 } from '#sha256';
import { Draw, isPublic, type StoredProof } from '#domain/draw/lifecycle.ts';
import { parsePoolLine, poolLine, type PoolEntry } from '#domain/draw/pool.ts';
import { Selected } from '#domain/draw/select.ts';
import type { StateWrite } from './commit.ts';
import {
  lists,
  PAGE_PREFIX,
  pageKey,
  poolPartition,
  proofPartition,
  selectionPartition,
  stateKey,
  teamsPartition,
} from './keys.ts';
import { putPages } from './pages.ts';
import { created, mustLoad, updated } from './records.ts';
import { queryPage, type StateTable } from './store.ts';

type Position = Pick<Draw, 'proposedAt' | 'id'>;

function listed(draw: Position) {
  return { listPk: lists.draws, listSk: `${draw.proposedAt}#${draw.id}` };
}

export function createdDraw(draw: Draw): StateWrite {
  return created('DRAW', draw, listed(draw));
}

export function updatedDraw(draw: Draw): StateWrite {
  return updated('DRAW', draw, listed(draw));
}

/** @throws Refusal `not-found` */
export function loadDraw(store: StateTable, id: string): Promise<Draw> {
  return mustLoad(store, Draw, 'DRAW', id);
}

/** Draws that are public, newest first, from the one after `after`; `more` when others follow. Proposed ones are passed over. */
export async function publicDraws(
  store: StateTable,
  limit: number,
  after?: Position,
): Promise<{ readonly draws: Draw[]; readonly more: boolean }> {
  const draws: Draw[] = [];
  let position: Record<string, unknown> | undefined =
    after === undefined ? undefined : { ...stateKey('DRAW', after.id), ...listed(after) };
  do {
    const page = await queryPage(store, Draw, {
      index: 'list',
      partition: lists.draws,
      newestFirst: true,
      limit: limit + 1,
      ...(position === undefined ? {} : { after: position }),
    });
    draws.push(...page.items.filter(isPublic));
    position = page.next;
    // One more than asked for: whether others follow is known without a page that turns out empty.
  } while (position !== undefined && draws.length <= limit);
  return { draws: draws.slice(0, limit), more: draws.length > limit };
}

/** A page of 5,000 pool lines is about 120 KB, well under the 400 KB of an item. */
const POOL_PAGE = 5_000;
/** 1,000 selected objects with tickets are about 120 KB. */
const SELECTION_PAGE = 1_000;
const TEAM_PAGE = 1_000;

const PoolPage = z.object({ lines: z.string() });

/** Writes a pool in canonical order to pages under its own root and returns how many. Nobody reads them before a commitment names that root. */
export function writePool(
  store: StateTable,
  draw: string,
  root: string,
  pool: readonly PoolEntry[],
): Promise<number> {
  return writeSlices(store, poolPartition(draw, root), pool, POOL_PAGE, (entries) => ({
    lines: entries.map(poolLine).join('\n'),
  }));
}

/** The pool's entries in canonical order, page after page, never more than one page in memory. */
export async function* readPool(store: StateTable, draw: string, root: string): AsyncGenerator<PoolEntry[]> {
  for await (const page of pagesOf(store, poolPartition(draw, root), PoolPage)) {
    yield page.lines.split('\n').map(parsePoolLine);
  }
}

/**
 * The texts of some pages of a pool, from page `first` (from 0) on, at most `count` (one or more), each whole lines with a line feed
 * after every one; never more than a few in memory.
 */
export async function* readPoolPages(
  store: StateTable,
  draw: string,
  root: string,
  { first, count }: { readonly first: number; readonly count: number },
): AsyncGenerator<string> {
  let left = count;
  for await (const page of pagesOf(store, poolPartition(draw, root), PoolPage, { first, count })) {
    yield `${page.lines}\n`;
    left -= 1;
    if (left === 0) {
      return;
    }
  }
}

/** An object's place in a pool of so many pages, counted from 0, and its line; undefined when it is not there. Reads few pages: ids ascend. */
export async function findInPool(
  store: StateTable,
  draw: string,
  { root, pages }: { readonly root: string; readonly pages: number },
  id: string,
): Promise<{ readonly index: number; readonly entry: PoolEntry } | undefined> {
  let [low, high] = [0, pages];
  while (low < high) {
    const page = Math.floor((low + high) / 2);
    const [entries = []] = await Array.fromAsync(
      entriesOf(readPoolPages(store, draw, root, { first: page, count: 1 })),
    );
    const at = entries.findIndex((entry) => entry.id === id);
    const entry = entries[at];
    if (entry !== undefined) {
      return { index: page * POOL_PAGE + at, entry };
    }
    if (id < (entries[0]?.id ?? '')) {
      high = page;
    } else {
      low = page + 1;
    }
  }
  return undefined;
}

/** The entries of pages of text. */
async function* entriesOf(pages: AsyncIterable<string>): AsyncGenerator<PoolEntry[]> {
  for await (const text of pages) {
    yield text.trimEnd().split('\n').map(parsePoolLine);
  }
}

const SelectionPage = z.object({ selected: z.array(Selected) });

export function writeSelection(
  store: StateTable,
  draw: string,
  selected: readonly Selected[],
): Promise<number> {
  return writeSlices(store, selectionPartition(draw), selected, SELECTION_PAGE, (slice) => ({
    selected: slice,
  }));
}

/** The selected objects, by ticket. */
export async function readSelection(store: StateTable, draw: string): Promise<Selected[]> {
  const selected: Selected[] = [];
  for await (const page of pagesOf(store, selectionPartition(draw), SelectionPage)) {
    selected.push(...page.selected);
  }
  return selected;
}

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

export function writeTeams(store: StateTable, draw: string, teams: readonly TeamOfObject[]): Promise<number> {
  return writeSlices(store, teamsPartition(draw), teams, TEAM_PAGE, (slice) => ({ teams: slice }));
}

export async function readTeams(store: StateTable, draw: string): Promise<TeamOfObject[]> {
  const teams: TeamOfObject[] = [];
  for await (const page of pagesOf(store, teamsPartition(draw), TeamPage)) {
    teams.push(...page.teams);
  }
  return teams;
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

/** Pages that one query asks for. */
const PAGES_A_QUERY = 8;

async function* pagesOf<T extends z.ZodType>(
  store: StateTable,
  partition: string,
  schema: T,
  { first, count }: { readonly first: number; readonly count: number } = { first: 0, count: Infinity },
) {
  let after: Record<string, unknown> | undefined =
    first === 0 ? undefined : { ...pageKey(partition, first - 1) };
  do {
    const found = await queryPage(store, schema, {
      partition,
      prefix: PAGE_PREFIX,
      limit: Math.min(PAGES_A_QUERY, count),
      ...(after === undefined ? {} : { after }),
    });
    yield* found.items;
    after = found.next;
  } while (after !== undefined);
}
