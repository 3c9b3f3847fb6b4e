import { Item } from '#domain/item/item.ts';
import { lists, stateKey, type Key } from './keys.ts';
import { loadMany, loadTogether, queryPage, type Found, type Page, type StateTable } from './store.ts';

/** Stored rows carry their keys; what is parsed of them is the item alone. */
export const StoredItem = Item.strip();

/** The check items of these codes that the library has, in the order of the codes. */
export async function knownItems(store: StateTable, codes: readonly string[]): Promise<Item[]> {
  const distinct = [...new Set(codes)];
  const found = await loadMany(
    store,
    StoredItem,
    distinct.map((code) => stateKey('ITEM', code)),
  );
  return distinct.flatMap((code) => found.filter((item) => item.code === code));
}

/** The check items of a draw, in its order. @throws Error naming one that is gone from the library */
export async function itemsOf(store: StateTable, codes: readonly string[]): Promise<Item[]> {
  return itemsFound(await loadTogether(store, itemKeys(codes)), codes);
}

export const itemKeys = (codes: readonly string[]): readonly Key[] =>
  [...new Set(codes)].map((code) => stateKey('ITEM', code));

/** The same of what a reading of their keys found. @throws Error */
export function itemsFound(found: Found, codes: readonly string[]): Item[] {
  const items = found.all(StoredItem, itemKeys(codes));
  const lost = codes.find((code) => !items.some((item) => item.code === code));
  if (lost !== undefined) {
    throw new Error(`item ${lost} is not in the library`);
  }
  return items;
}

/** A page of the list of check items, in the order of their codes, from the one after `after`. */
export function itemsAfter(store: StateTable, limit: number, after?: string): Promise<Page<Item>> {
  return queryPage(store, StoredItem, {
    index: 'list',
    partition: lists.items,
    limit,
    ...(after === undefined
      ? {}
      : { after: { ...stateKey('ITEM', after), listPk: lists.items, listSk: after } }),
  });
}
