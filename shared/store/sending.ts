import type { Draw } from '#domain/draw/draw.ts';
import { namedIn, Proof } from '#domain/draw/proof.ts';
import type { Withheld } from '#domain/inspection/form.ts';
import type { Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { readDrawn } from './draws.ts';
import { itemKeys, itemsFound } from './items.ts';
import { recusalsKeys, recusedFound } from './recusals.ts';
import { loadTogether, type StateTable } from './store.ts';
import { subjectKeys, subjectsFound } from './subjects.ts';

/** Where a drawn draw sends people, and what for. */
export interface Sending {
  readonly proof: Proof;
  readonly items: readonly Item[];
  /** The selected objects and those that the commitment names. */
  readonly subjects: readonly Subject[];
  readonly withheld: Withheld;
  /** For each of the objects that somebody is recused for, the staff numbers of those people. */
  readonly recused: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Two requests for some 45 objects: what was drawn, and what the libraries say of it. @throws Error naming an item or an object that is gone from the library; TypeError before the draw is drawn */
export async function sendingOf(store: StateTable, draw: Draw): Promise<Sending> {
  if (draw.proof === undefined) {
    throw new TypeError(`${draw.id} is not drawn`);
  }
  const drawn = await readDrawn(store, draw.id, draw.proof);
  const proof = Proof.parse(JSON.parse(drawn.proof));
  const ids = [...new Set([...proof.selected.map(({ id }) => id), ...namedIn(proof.commitment)])];
  const found = await loadTogether(store, [
    ...subjectKeys(ids),
    ...itemKeys(draw.items),
    ...recusalsKeys(ids),
  ]);
  return {
    proof,
    items: itemsFound(found, draw.items),
    subjects: [...subjectsFound(found, ids).values()],
    withheld: drawn.withheld,
    recused: recusedFound(found, ids),
  };
}
