import type { Draw } from '#domain/draw/draw.ts';
import { namedIn, Proof } from '#domain/draw/proof.ts';
import type { Withheld } from '#domain/inspection/form.ts';
import type { Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { readProof, readWithheld } from './draws.ts';
import { itemsOf } from './items.ts';
import type { StateTable } from './store.ts';
import { subjectsById } from './subjects.ts';

/** Where a drawn draw sends people, and what for. */
export interface Sending {
  readonly proof: Proof;
  readonly items: readonly Item[];
  /** The selected objects and those that the commitment names. */
  readonly subjects: readonly Subject[];
  readonly withheld: Withheld;
}

/** @throws Error naming an item or an object that is gone from the library; TypeError before the draw is drawn */
export async function sendingOf(store: StateTable, draw: Draw): Promise<Sending> {
  if (draw.proof === undefined) {
    throw new TypeError(`${draw.id} is not drawn`);
  }
  const proof = Proof.parse(JSON.parse(await readProof(store, draw.id, draw.proof)));
  const ids = [...new Set([...proof.selected.map(({ id }) => id), ...namedIn(proof.commitment)])];
  const subjects = await subjectsById(store, ids);
  return {
    proof,
    items: await itemsOf(store, draw.items),
    subjects: [...subjects.values()],
    withheld: await readWithheld(store, draw.id),
  };
}
