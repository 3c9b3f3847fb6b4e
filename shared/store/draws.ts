import * as z from 'zod';
import { sha256 } from '#sha256';
import { Draw, type StoredProof } from '#domain/draw/lifecycle.ts';
import type { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  AWAITED_PARTITION,
  awaitedKey,
  awaitedThrough,
  lists,
  PAGE_PREFIX,
  pageKey,
  poolPartition,
  proofPartition,
  teamsPartition,
  withheldPartition,
} from './keys.ts';
import { putPages } from './pages.ts';
import { created, mustLoad, updated } from './records.ts';
import { queryAll, queryPage, type StateTable } from './store.ts';

function listed(draw: Draw) {
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

/** The draws whose beacon can be there by now. */
export function drawsAwaitingBeacon(store: StateTable, now: Instant): Promise<Draw[]> {
  return queryAll(store, Draw, { index: 'due', partition: AWAITED_PARTITION, through: awaitedThrough(now) });
}

/** @throws Refusal `not-found` */
export function loadDraw(store: StateTable, id: string): Promise<Draw> {
  return mustLoad(store, Draw, 'DRAW', id);
}

/** A page of 5,000 pool lines is about 120 KB, well under the 400 KB of an item. */
export const POOL_PAGE = 5_000;
/** Pages that are put in one go: three batches of 25, or 9 MB. */
const POOL_PAGES_AT_ONCE = 75;
const TEAM_PAGE = 1_000;

const PoolPage = z.object({ lines: z.string() });

/**
 * Writes pages of pool lines as they come and returns how many there were. The key has to follow from what is written: two
 * attempts that gathered differently then write apart, and nobody reads either before a commit names its key.
 */
export async function writePool(
  store: StateTable,
  draw: string,
  key: string,
  pages: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): Promise<number> {
  let written = 0;
  let waiting: Record<string, unknown>[] = [];
  const put = async () => {
    await putPages(store, waiting);
    written += waiting.length;
    waiting = [];
  };
  for await (const lines of pages) {
    waiting.push({ ...pageKey(poolPartition(draw, key), written + waiting.length), lines: lines.join('\n') });
    if (waiting.length === POOL_PAGES_AT_ONCE) {
      await put();
    }
  }
  await put();
  return written;
}

/** The lines of a pool, or of a run of one, in canonical order: page after page, never more than eight in memory. */
export async function* readPoolLines(store: StateTable, draw: string, key: string): AsyncGenerator<string[]> {
  for await (const page of pagesOf(store, poolPartition(draw, key), PoolPage)) {
    yield page.lines.split('\n');
  }
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

/** An object for which the item-frequency rule withholds items (抽查频次), with their codes. */
const WithheldObject = z.object({ id: z.string(), items: z.array(z.string()) });
export type WithheldObject = z.infer<typeof WithheldObject>;
/** `pages` is how many there are in all: pages that an earlier, longer attempt left behind are not read. */
const WithheldPage = z.object({ pages: z.int().positive(), objects: z.array(WithheldObject) });
const WITHHELD_PAGE = 2_000;

/** Writes which items are withheld for which objects. Running it again replaces what was there. */
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
export async function readWithheld(
  store: StateTable,
  draw: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const withheld = new Map<string, readonly string[]>();
  let read = 0;
  for await (const { pages, objects } of pagesOf(store, withheldPartition(draw), WithheldPage)) {
    read += 1;
    for (const { id, items } of objects) {
      withheld.set(id, items);
    }
    if (read >= pages) {
      break;
    }
  }
  return withheld;
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

async function* pagesOf<T extends z.ZodType>(store: StateTable, partition: string, schema: T) {
  let after: Record<string, unknown> | undefined;
  do {
    const found = await queryPage(store, schema, {
      partition,
      prefix: PAGE_PREFIX,
      limit: 8,
      ...(after === undefined ? {} : { after }),
    });
    yield* found.items;
    after = found.next;
  } while (after !== undefined);
}
