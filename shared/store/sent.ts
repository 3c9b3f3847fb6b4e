import * as z from 'zod';
import { Sent } from '#domain/submission/sent.ts';
import type { StateWrite } from './commit.ts';
import { owedKey, stateKey, type DueKey } from './keys.ts';
import { created, updated } from './records.ts';
import { load, loadMany, queryPage, type StateTable } from './store.ts';

/** Sparse: only what the national system is owed stands in the index. */
function placed({ id, owed }: Sent): Partial<DueKey> {
  return owed === undefined ? {} : owedKey(owed.unfit === undefined ? 'OWED' : 'UNFIT', owed.at, id);
}

export function createdSent(sent: Sent): StateWrite {
  return created('SENT', sent, placed(sent));
}

export function updatedSent(sent: Sent): StateWrite {
  return updated('SENT', sent, placed(sent));
}

/** What was sent of a public record; undefined when it was published before this was kept. */
export function loadSent(store: StateTable, inspection: string): Promise<Sent | undefined> {
  return load(store, Sent, stateKey('SENT', inspection));
}

/** The same of many, in no order. */
export function sentOf(store: StateTable, inspections: readonly string[]): Promise<Sent[]> {
  return loadMany(
    store,
    Sent,
    inspections.map((id) => stateKey('SENT', id)),
  );
}

/**
 * What is owed, oldest first: what was not looked at yet, or what did not fit. The index may lag behind, so each is read
 * again and left out when it is owed no more.
 */
export async function oldestOwed(store: StateTable, which: 'OWED' | 'UNFIT', limit: number): Promise<Sent[]> {
  const { items } = await queryPage(store, z.object({ id: z.string() }), {
    index: 'due',
    partition: which,
    limit,
  });
  const known = new Map(
    (
      await sentOf(
        store,
        items.map(({ id }) => id),
      )
    ).map((sent) => [sent.id, sent]),
  );
  return items.flatMap(({ id }) => {
    const sent = known.get(id);
    const still = sent?.owed !== undefined && (sent.owed.unfit !== undefined) === (which === 'UNFIT');
    return still ? [sent] : [];
  });
}

/** Whether anything is owed that was not looked at yet. */
export async function anythingOwed(store: StateTable): Promise<boolean> {
  return (await oldestOwed(store, 'OWED', 1)).length > 0;
}
