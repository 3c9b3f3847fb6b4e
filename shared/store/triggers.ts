import * as z from 'zod';
import type { DrawCriteria } from '#domain/draw/criteria.ts';
import { cohortOf, LastFiring, nextFiring } from '#domain/trigger/merging.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { addDays, startOfDay, type CalendarDate, type Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { lists, stateKey, type ListKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, queryPage, type Page, type StateTable } from './store.ts';

type Received = Pick<Trigger, 'receivedAt' | 'id'>;

function listed({ receivedAt, id }: Received): ListKey {
  return { listPk: lists.triggers, listSk: `${receivedAt}#${id}` };
}

export function createdTrigger(trigger: Trigger): StateWrite {
  return created('TRIGGER', trigger, listed(trigger));
}

export function updatedTrigger(trigger: Trigger): StateWrite {
  return updated('TRIGGER', trigger, listed(trigger));
}

/** @throws Refusal `not-found` */
export function loadTrigger(store: StateTable, id: string): Promise<Trigger> {
  return mustLoad(store, Trigger, 'TRIGGER', id);
}

/** Triggers from the one after `after` on, newest first. */
export function newestTriggers(store: StateTable, limit: number, after?: Received): Promise<Page<Trigger>> {
  return queryPage(store, Trigger, {
    index: 'list',
    partition: lists.triggers,
    newestFirst: true,
    limit,
    ...(after && { after: { ...stateKey('TRIGGER', after.id), ...listed(after) } }),
  });
}

/** The trigger that a trigger is dealt with by in the end: itself, or the last of those that it was merged into. */
export async function dealtWithBy(store: StateTable, trigger: Trigger): Promise<Trigger> {
  let at = trigger;
  // Merging goes from a held trigger to one that is not merged, so that the way has an end.
  while (at.mergedInto !== undefined) {
    at = await loadTrigger(store, at.mergedInto);
  }
  return at;
}

/** What a policy fired last for a cohort, territory and industry as resolved; undefined when nothing yet. */
export function lastFiring(
  store: StateTable,
  policy: string,
  criteria: DrawCriteria,
): Promise<LastFiring | undefined> {
  return load(store, LastFiring, stateKey('FIRING', cohortOf(policy, criteria)));
}

/** Makes a trigger the last that the policy fired for the cohort. Committing it fails when another was faster. */
export function firedLast(
  known: LastFiring | undefined,
  policy: string,
  criteria: DrawCriteria,
  { trigger, at }: { readonly trigger: string; readonly at: Instant },
): StateWrite {
  const next = nextFiring(known, cohortOf(policy, criteria), trigger, at);
  return known === undefined ? created('FIRING', next) : updated('FIRING', next);
}

const Position = z.record(z.string(), z.string());

/** Some triggers in the order in which they were received, and where the next ones are; absent when there are no more. */
export interface TriggersPage {
  readonly triggers: Trigger[];
  readonly next?: Record<string, string> | undefined;
}

/** The triggers that were received on the days of a window, page after page, from a position on. */
export async function* triggersReceived(
  store: StateTable,
  { from, through }: { readonly from: CalendarDate; readonly through: CalendarDate },
  reading: { readonly after?: Record<string, string> | undefined; readonly limit?: number } = {},
): AsyncGenerator<TriggersPage> {
  const end = startOfDay(addDays(through, 1));
  let { after } = reading;
  do {
    const page = await queryPage(store, Trigger, {
      index: 'list',
      partition: lists.triggers,
      from: startOfDay(from),
      ...(reading.limit === undefined ? {} : { limit: reading.limit }),
      ...(after === undefined ? {} : { after }),
    });
    const triggers = page.items.filter(({ receivedAt }) => receivedAt < end);
    const isLast = page.next === undefined || triggers.length < page.items.length;
    after = isLast ? undefined : Position.parse(page.next);
    yield { triggers, ...(after === undefined ? {} : { next: after }) };
  } while (after !== undefined);
}
