import * as z from 'zod';
import { coolingSince, countedSince, Visit, type PastVisits, type RestOn } from '#domain/visit/visit.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { lastTeamKey, lists, visitKey } from './keys.ts';
import { loadMany, queryAll, type StateTable } from './store.ts';

/** An inspection that begins: from here on the subject was visited, whatever the inspection finds. */
export interface BegunVisit extends Visit {
  /** Codes of the items that are on its form. */
  readonly items: readonly string[];
  /** Staff numbers of those who are there, by unit. */
  readonly teams: readonly UnitTeam[];
}

export interface UnitTeam {
  readonly unit: string;
  readonly inspectors: readonly string[];
}

/** The rows of a visit, for the commit in which the inspection begins: one for each item, one for all, and each unit's last team. */
export function visitWrites({ inspection, subject, on, items, teams }: BegunVisit): StateWrite[] {
  const row = (listPk: string, item?: string): StateWrite => ({
    key: visitKey(inspection, item),
    item: { inspection, subject, on, listPk, listSk: `${on}#${subject}#${inspection}` },
    expect: 'absent',
  });
  return [
    row(lists.visits),
    ...items.map((item) => row(lists.visitsFor(item), item)),
    ...teams.map(({ unit, inspectors }): StateWrite => ({
      key: lastTeamKey(subject, unit),
      item: { subject, inspectors, on, inspection },
      expect: 'anything',
    })),
  ];
}

/** The visits for an item from a day on, oldest first. */
export function visitsForItem(store: StateTable, item: string, since: CalendarDate): Promise<Visit[]> {
  return visitsIn(store, lists.visitsFor(item), since);
}

/** The visits of any item from a day on, oldest first. */
export function visitsSince(store: StateTable, since: CalendarDate): Promise<Visit[]> {
  return visitsIn(store, lists.visits, since);
}

const VISIT_FIELDS = Object.keys(Visit.shape);

/** A day sorts before every visit on it. What is read follows the visits since then, not the library. */
function visitsIn(store: StateTable, partition: string, since: CalendarDate): Promise<Visit[]> {
  return queryAll(store, Visit, { index: 'list', partition, from: since, fields: VISIT_FIELDS });
}

/** The visits that a draw's rule of rest looks at: those in the window of each item's frequency, and those within the cool-down. */
export async function pastVisits(
  store: StateTable,
  { items, day, coolDownDays }: Omit<RestOn, 'visits'>,
): Promise<PastVisits> {
  const limited = items.flatMap(({ code, frequency }) =>
    frequency === undefined ? [] : [{ code, frequency }],
  );
  const ofItem = await Promise.all(
    limited.map(
      async ({ code, frequency }) =>
        [code, await visitsForItem(store, code, countedSince(frequency, day))] as const,
    ),
  );
  const cooling = coolingSince(day, coolDownDays);
  return {
    ofItem: new Map(ofItem),
    ofAny: cooling === undefined ? [] : await visitsSince(store, cooling),
  };
}

const LastTeam = z.object({ subject: z.string(), inspectors: z.array(z.string()) });

/** For rotation: the staff numbers that a unit sent to each of the subjects last time. A subject that it never visited is absent. */
export async function lastTeams(
  store: StateTable,
  unit: string,
  subjects: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const found = await loadMany(
    store,
    LastTeam,
    subjects.map((subject) => lastTeamKey(subject, unit)),
  );
  return new Map(found.map(({ subject, inspectors }) => [subject, inspectors]));
}
