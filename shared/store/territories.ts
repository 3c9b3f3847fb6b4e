import * as z from 'zod';
import { lists } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** The 6-digit territories that hold subjects. */
export async function knownTerritories(store: StateTable): Promise<string[]> {
  const known = await queryAll(store, z.object({ id: z.string() }), {
    index: 'list',
    partition: lists.territories,
  });
  return known.map(({ id }) => id);
}
