import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { addExclusions, noExclusions, type ExclusionCounts } from '#domain/draw/exclusion.ts';
import type { Draw, Gathering, Run } from '#domain/draw/draw.ts';
import { mergeRuns, type LineRun } from '#domain/draw/merge.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { CohortPosition } from '#store/cohort.ts';
import { writeWithheld, type WithheldObject } from '#store/draws.ts';
import { itemsOf } from '#store/items.ts';
import { eligibleObjects } from '#store/eligible.ts';
import { POOL_PAGE, readPoolLines, writePool } from '#store/pools.ts';
import type { StateTable } from '#store/store.ts';

/** What one invocation read of a pool: a sorted run in memory, on top of the runs that earlier ones wrote. */
export interface Gathered {
  readonly lines: readonly string[];
  readonly withheld: readonly WithheldObject[];
  /** Of all runs. */
  readonly excluded: ExclusionCounts;
  /** Where the reading goes on; absent when all of the cohort was read. */
  readonly position?: CohortPosition;
}

/**
 * Reads the objects of a draw from where the last step stopped, until `limit` were found or left out: a cohort of a million is
 * more than one invocation should be trusted with.
 */
export async function gather(store: StateTable, draw: Draw, limit: number): Promise<Gathered> {
  const question = {
    criteria: draw.criteria,
    items: await itemsOf(store, draw.items),
    named: draw.named.map(({ id }) => id),
    coolDownDays: draw.coolDownDays,
    day: dateInShanghai(draw.approvedAt ?? draw.proposedAt),
  };
  const { position: from, excluded: before = noExclusions() } = draw.gathering ?? {};
  const lines: string[] = [];
  const withheld: WithheldObject[] = [];
  let excluded = noExclusions();
  const position = from === undefined ? undefined : CohortPosition.parse(from);
  for await (const part of eligibleObjects(store, question, position)) {
    for (const line of part.lines) {
      lines.push(line);
    }
    withheld.push(...part.withheld);
    excluded = addExclusions(excluded, part.excluded);
    const looked = lines.length + Object.values(excluded).reduce((sum, count) => sum + count, 0);
    if (looked >= limit && goesOn(part.position)) {
      return sorted({ lines, withheld, excluded: addExclusions(before, excluded), position: part.position });
    }
  }
  return sorted({ lines, withheld, excluded: addExclusions(before, excluded) });
}

/** Whether anything is left to read behind a position; what that is may still turn out to be nothing. */
function goesOn({ open }: CohortPosition): boolean {
  return open.length > 0;
}

function sorted(gathered: Gathered & { readonly lines: string[] }): Gathered {
  gathered.lines.sort();
  return gathered;
}

/** Writes what was gathered as a run of its own, and says how far the gathering has come. */
export async function keepRun(store: StateTable, draw: Draw, gathered: Gathered): Promise<Gathering> {
  const { step, runs } = draw.gathering ?? { step: 0, runs: [] };
  const run = await written(store, draw, gathered);
  return { step: step + 1, runs: [...runs, run], position: gathered.position, excluded: gathered.excluded };
}

async function written(store: StateTable, draw: Draw, gathered: Gathered): Promise<Run> {
  const key = keyOf(gathered);
  const pages = await writePool(store, draw.id, key, pagesIn(gathered.lines));
  return { key, pages, withheld: await keepWithheld(store, draw, gathered) };
}

/** Writes the items that are withheld for objects of a run; false when there are none. */
export async function keepWithheld(store: StateTable, draw: Draw, gathered: Gathered): Promise<boolean> {
  if (gathered.withheld.length === 0) {
    return false;
  }
  await writeWithheld(store, `${draw.id}#${keyOf(gathered)}`, gathered.withheld);
  return true;
}

/** The key under which the whole pool is written: it follows from the runs that it is merged from. */
export function poolKey(runs: readonly Run[], last: Gathered): string {
  return sha256([...runs.map(({ key }) => key), keyOf(last)].join('\n'));
}

/** The whole pool in canonical order, page by page: the runs that were written, and the last one from memory. */
export function mergedPool(
  store: StateTable,
  draw: Draw,
  runs: readonly Run[],
  last: Gathered,
): AsyncGenerator<string[]> {
  const before = runs.map(({ key }): LineRun => readPoolLines(store, draw.id, key));
  return mergeRuns([...before, pagesIn(last.lines)], POOL_PAGE);
}

/** What a run is: two attempts that found another library have other keys, and write apart. */
export function keyOf({ lines, withheld }: Gathered): string {
  return sha256(`${lines.join('\n')}\n${canonicalJson(withheld)}`);
}

function* pagesIn(lines: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < lines.length; from += POOL_PAGE) {
    yield lines.slice(from, from + POOL_PAGE);
  }
}
