import * as z from 'zod';
import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { loadInspection } from '#store/inspections.ts';
import { stateKey } from '#store/keys.ts';
import { created, updated } from '#store/records.ts';
import { load, type StateTable } from '#store/store.ts';

/** How many of a draw's inspections are published: its version counts them, so that none is counted twice. */
const Progress = z.object({ id: z.string(), version: z.int().positive() });

/** Counts a published inspection for each draw that sent it out, and closes the draws of which it was the last. */
export async function countPublished(
  store: StateTable,
  event: EventOf<'inspection.published'>,
): Promise<Handled> {
  const { draws } = await loadInspection(store, event.about.id);
  const handled: Handled[] = [];
  for (const { id } of draws) {
    handled.push(await settled(async () => advance(store, event, id, 1)));
  }
  return handled.includes('done') ? 'done' : 'done-before';
}

/** Closes a draw whose last inspection was published before the rest of its list was dispatched. */
export function closeIfDone(store: StateTable, event: EventOf<'draw.dispatched'>): Promise<Handled> {
  return settled(async () => advance(store, event, event.about.id, 0));
}

async function advance(
  store: StateTable,
  event: EventOf<'inspection.published' | 'draw.dispatched'>,
  id: string,
  by: 0 | 1,
): Promise<Handled> {
  const draw = await loadDraw(store, id);
  const progress = await load(store, Progress, stateKey('PROGRESS', id));
  const published = (progress?.version ?? 0) + by;
  const closed =
    isPossible(drawLifecycle, 'close', draw.status) &&
    draw.inspections !== undefined &&
    published >= draw.inspections;
  if (!closed && by === 0) {
    return 'done-before';
  }
  const next: Draw = { ...draw, version: draw.version + 1, status: 'closed', closedAt: event.time };
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: `${event.id}#${id}` },
    writes: [...(by === 0 ? [] : [counted(id, published)]), ...(closed ? [updatedDraw(next)] : [])],
    events: closed
      ? [
          newEvent('draw.closed', {
            ...consequenceOf(event, 'draw', 'draw', next),
            correlation: draw.correlation,
            data: { inspections: published },
          }),
        ]
      : [],
  });
  return outcome.kind;
}

function counted(id: string, published: number): StateWrite {
  const progress = { id, version: published };
  return published === 1 ? created('PROGRESS', progress) : updated('PROGRESS', progress);
}
