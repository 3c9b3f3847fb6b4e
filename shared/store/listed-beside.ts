import * as z from 'zod';
import { Deadline, deadlineId } from '#domain/deadline/deadline.ts';
import type { CountedKind, Counting } from '#domain/deadline/rules.ts';
import { Docket } from '#domain/follow-up/docket.ts';
import type { InspectionStatus } from '#domain/inspection/inspection.ts';
import type { InspectionTally, ListedInspection } from '#domain/inspection/listing.ts';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { countedByKeys, CountedBy, countingOf } from './calendars.ts';
import { stateKey, tallyKeys } from './keys.ts';
import { TallyPart, tallyOf } from './listed.ts';
import { loadMany, type StateTable } from './store.ts';

/** Which deadline tells what has to be done next; what is published has to be archived, which its unit's deadlines say. */
const awaited: Readonly<Partial<Record<InspectionStatus, CountedKind>>> = {
  assigned: 'accept',
  accepted: 'finish',
  begun: 'finish',
  ended: 'publish',
  recorded: 'publish',
};

/** The records beside a row: of each one kind of fields. */
const Beside = z.object({
  id: z.string(),
  title: z.string().optional(),
  kind: Deadline.shape.kind.optional(),
  due: Deadline.shape.due.optional(),
  provisional: z.boolean().optional(),
  status: z.string().optional(),
  pausedOn: Deadline.shape.pausedOn,
  followUps: Docket.shape.followUps.optional(),
  handovers: Docket.shape.handovers.optional(),
});
type Beside = z.infer<typeof Beside>;
const FIELDS = Object.keys(Beside.shape);

/** What a row says that other records know: the tasks' titles, the day by which the next thing has to be done, what hangs off. */
export interface Known {
  readonly titles: ReadonlyMap<string, string>;
  readonly deadlines: ReadonlyMap<string, Pick<Deadline, 'kind' | 'due' | 'provisional' | 'pausedOn'>>;
  readonly dockets: ReadonlyMap<string, Pick<Docket, 'followUps' | 'handovers'>>;
}

/** By inspection or draw, in one reading of at most a hundred records for fifty rows: a deadline or a docket, and a draw, of each. */
export async function besideRows(store: StateTable, rows: readonly ListedInspection[]): Promise<Known> {
  const next = rows.map(({ id, status }) => ({ id, kind: awaited[status] }));
  const found = await loadMany(
    store,
    Beside,
    [
      ...next.map(({ id, kind }) =>
        kind === undefined ? stateKey('DOCKET', id) : stateKey('DEADLINE', deadlineId(kind, id)),
      ),
      ...new Set(rows.flatMap(({ draws: [first] }) => (first === undefined ? [] : [first.id]))),
    ].map((one) => (typeof one === 'string' ? stateKey('DRAW', one) : one)),
    FIELDS,
  );
  const byId = new Map(found.map((one) => [one.id, one]));
  return {
    titles: new Map(found.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title] as const]))),
    deadlines: new Map(
      next.flatMap(({ id, kind }) => {
        const open = kind === undefined ? undefined : openDeadline(byId.get(deadlineId(kind, id)));
        return open === undefined ? [] : [[id, open] as const];
      }),
    ),
    dockets: new Map(
      next.flatMap(({ id }) => {
        const { followUps, handovers } = byId.get(id) ?? {};
        return followUps === undefined || handovers === undefined
          ? []
          : [[id, { followUps, handovers }] as const];
      }),
    ),
  };
}

function openDeadline(found: Beside | undefined) {
  if (found === undefined) return undefined;
  const { kind, due, provisional = false, status, pausedOn } = found;
  const running = status === 'open' || status === 'paused';
  return running && kind !== undefined && due !== undefined
    ? { kind, due, provisional, ...(pausedOn === undefined ? {} : { pausedOn }) }
    : undefined;
}

/** How many inspections are in each group, and what days are counted by: both in one reading. */
export async function tallyAndCounting(
  store: StateTable,
  scope: string,
  reference: WorkingDayCalendar,
): Promise<{ readonly tally: InspectionTally; readonly counting: Counting }> {
  const found = await loadMany(store, z.union([CountedBy, TallyPart]), [
    ...tallyKeys(scope),
    ...countedByKeys,
  ]);
  return {
    tally: tallyOf(found.flatMap((one) => ('scope' in one ? [one] : []))),
    counting: countingOf(
      reference,
      found.flatMap((one) => ('scope' in one ? [] : [one])),
    ),
  };
}
