import * as z from 'zod';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { Deadline, deadlineId } from '#domain/deadline/deadline.ts';
import { DeadlineKind } from '#domain/deadline/kind.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { Inspection, type InspectionStatus } from '#domain/inspection/inspection.ts';
import type { Instant } from '#domain/time/time.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { ListedDeadline } from '#domain/today/waiting.ts';
import { byDay, isRunning, ListedRow, listOfUnit, withTitles, type TitledDeadlines } from './agenda.ts';
import { CountedBy, countedByKeys, countingOf } from './calendars.ts';
import { LEAD_PARTITION, onHandPartition, stateKey } from './keys.ts';
import { staffBeside, type Staff } from './people.ts';
import { Seen } from './seen.ts';
import { loadTogether, queryPage, type StateTable } from './store.ts';

/*
 * A person's day in four requests to the store, whatever they have to do: who they are and what days are counted by, their
 * inbox, what stands in their lists, and the records of the soonest of it with what these are about.
 */

/** Deadlines that are shown; each and what it is about fit into one request for a hundred records. */
const MOST_SHOWN = 50;

export interface Beginning {
  readonly staff: Staff;
  readonly counting: Counting;
  readonly seenUntil: Instant | undefined;
}

/** Who asks, what days are counted by, and until when they have looked at their messages. @throws Refusal `not-staff` */
export async function beginning(
  store: StateTable,
  staffNo: string | undefined,
  {
    administrators,
    reference,
  }: { readonly administrators: readonly string[]; readonly reference: WorkingDayCalendar },
): Promise<Beginning> {
  const seen = stateKey('SEEN', staffNo ?? '');
  const { staff, found } = await staffBeside(store, staffNo, administrators, [seen, ...countedByKeys]);
  return {
    staff,
    counting: countingOf(reference, found.all(CountedBy, countedByKeys)),
    seenUntil: found.one(Seen, seen)?.until,
  };
}

/** The soonest deadlines of somebody, what they are about by the record's id, and all that the lists say. */
export interface Agenda extends TitledDeadlines {
  readonly listed: readonly ListedDeadline[];
  readonly more: boolean;
}

/** Of a unit. One query takes some 1,500 deadlines; of a longer list it sees the first, by kind. */
export async function agendaOfUnit(store: StateTable, unit: string): Promise<Agenda> {
  const { items, next } = await queryPage(store, ListedRow, listOfUnit(unit));
  return agendaOf(store, items, next !== undefined);
}

async function agendaOf(store: StateTable, listed: readonly ListedRow[], more: boolean): Promise<Agenda> {
  const soonest = listed.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, MOST_SHOWN);
  return {
    ...(await withTitles(store, soonest)),
    listed,
    more: listed.length > MOST_SHOWN || more,
  };
}

function place({ due, id }: Pick<ListedRow, 'due' | 'id'>): string {
  return `${due}#${id}`;
}

/** What the key of a place in the lead section's list says, as `leadKey` writes it. */
const LeadRow = z
  .object({ cohortSk: z.string() })
  .transform(({ cohortSk }) => cohortSk.split('#'))
  .pipe(
    z.tuple([
      DeadlineKind,
      z.string(),
      CalendarDate,
      z.string(),
      z.string(),
      Deadline.shape.of.shape.kind,
      z.string(),
    ]),
  )
  .transform(([kind, requested, due, id, own, of, record]) => ({
    kind,
    requested: requested === 'requested',
    due,
    id,
    own: own === 'own',
    of: { kind: of, id: record },
  }));
type LeadRow = z.infer<typeof LeadRow>;

/**
 * Of the lead section: its own, and what it decides of besides, longer days, pauses and corrections. One query for both, of
 * some thousands.
 */
export async function agendaOfLead(
  store: StateTable,
): Promise<Agenda & { readonly decided: readonly LeadRow[] }> {
  const { items, next } = await queryPage(store, LeadRow, {
    index: 'cohort',
    partition: LEAD_PARTITION,
    fields: ['cohortSk'],
  });
  return {
    ...(await agendaOf(
      store,
      items.filter(({ own }) => own),
      next !== undefined,
    )),
    decided: items.filter(({ kind, requested }) => requested || kind === 'correct'),
  };
}

/** The visits of an inspector that are not published, as far as one reading takes them. */
const MOST_ON_HAND = 100;

const OnHand = z.object({
  id: Inspection.shape.id,
  status: Inspection.shape.status,
  subject: Inspection.shape.subject,
  team: Inspection.shape.team,
});
type OnHand = z.infer<typeof OnHand>;

const KEPT = ['accept', 'finish', 'publish'] as const;
const keptBy: Readonly<Partial<Record<InspectionStatus, (typeof KEPT)[number]>>> = {
  assigned: 'accept',
  accepted: 'finish',
  begun: 'finish',
  ended: 'publish',
  recorded: 'publish',
};

const deadlineKey = (kind: DeadlineKind, of: string) => stateKey('DEADLINE', deadlineId(kind, of));

/**
 * Of an inspector: what the visits on hand ask of their team, with every deadline that one may have read beside it: a request
 * for each 25 visits, all at once. To archive what was published is a unit's to see to, in its list.
 */
export async function agendaOfInspector(
  store: StateTable,
  inspector: string,
): Promise<TitledDeadlines & Pick<Agenda, 'more'> & { readonly visits: readonly OnHand[] }> {
  const { items, next } = await queryPage(store, z.object({ inspection: z.string() }), {
    index: 'due',
    partition: onHandPartition(inspector),
    fields: ['inspection'],
    limit: MOST_ON_HAND,
  });
  const inspections = items.map(({ inspection }) => stateKey('INSPECTION', inspection));
  const kept = items.flatMap(({ inspection }) => KEPT.map((kind) => deadlineKey(kind, inspection)));
  const found = await loadTogether(store, [...inspections, ...kept]);
  const visits = found.all(OnHand, inspections);
  const deadlines = visits.flatMap(({ id, status }) => {
    const kind = keptBy[status];
    return kind === undefined ? [] : found.all(Deadline, [deadlineKey(kind, id)]);
  });
  return {
    visits,
    deadlines: byDay(deadlines.filter(isRunning)).slice(0, MOST_SHOWN),
    titles: new Map(visits.map(({ id, subject }) => [id, subject.name])),
    more: deadlines.length > MOST_SHOWN || next !== undefined,
  };
}
