import * as z from 'zod';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { Deadline, deadlineId } from '#domain/deadline/deadline.ts';
import { DeadlineKind } from '#domain/deadline/kind.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { Inspection, type InspectionStatus } from '#domain/inspection/inspection.ts';
import type { Instant } from '#domain/time/time.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { ListedDeadline } from '#domain/today/waiting.ts';
import { About, byDay, Reported, Titled } from './agenda.ts';
import { CountedBy, countedByKeys, countingOf } from './calendars.ts';
import { DECIDE_PARTITION, lists, onHandPartition, stateKey, type Key } from './keys.ts';
import { staffFrom, StoredPerson, type Staff } from './people.ts';
import { Seen } from './seen.ts';
import { loadMany, queryPage, type StateTable } from './store.ts';

/*
 * A person's day in five requests to the store, whatever they have to do: who they are and what days are counted by, their
 * inbox, what stands in their lists, and the records of the soonest of it with what these are about.
 */

/** Deadlines that are shown; each and what it is about fit into one reading of a hundred records. */
const MOST_SHOWN = 50;

export interface Beginning {
  readonly staff: Staff;
  readonly counting: Counting;
  readonly seenUntil: Instant | undefined;
}

const Begun = z.union([CountedBy, Seen, StoredPerson]);

/** Who asks, what days are counted by, and until when they have looked at their messages. @throws Refusal `not-staff` */
export async function beginning(
  store: StateTable,
  staffNo: string | undefined,
  {
    administrators,
    reference,
  }: { readonly administrators: readonly string[]; readonly reference: WorkingDayCalendar },
): Promise<Beginning> {
  if (staffNo === undefined) {
    throw new TypeError('this route has no authorizer: nobody can be asked about');
  }
  const found = await loadMany(store, Begun, [
    stateKey('PERSON', staffNo),
    stateKey('SEEN', staffNo),
    ...countedByKeys,
  ]);
  const person = found.flatMap((one) => ('staffNo' in one ? [one] : [])).at(0);
  const seen = found.flatMap((one) => ('until' in one ? [one] : [])).at(0);
  const counted = found.flatMap((one) => ('staffNo' in one || 'until' in one ? [] : [one]));
  return {
    staff: staffFrom(person, staffNo, administrators),
    counting: countingOf(reference, counted),
    seenUntil: seen?.until,
  };
}

/** What a list says of a deadline; `of` stands beside the record itself, and not beside its places in further lists. */
const ListedRow = z
  .object({ id: z.string(), listSk: z.string(), of: Deadline.shape.of.optional() })
  .transform(({ id, listSk, of }) => {
    const [kind, due] = listSk.split('#');
    return { id, of, kind: DeadlineKind.parse(kind), due: CalendarDate.parse(due) };
  });
type ListedRow = z.infer<typeof ListedRow>;

/** The soonest deadlines of somebody, what they are about by the record's id, and all that the lists say. */
export interface Agenda {
  readonly deadlines: readonly Deadline[];
  readonly titles: ReadonlyMap<string, string>;
  readonly listed: readonly ListedDeadline[];
  readonly more: boolean;
}

/** Of a unit, or of the lead section (`NO_UNIT`). One query takes some 1,500 deadlines; of a longer list it sees the first, by kind. */
export async function agendaOfUnit(store: StateTable, unit: string): Promise<Agenda> {
  const { items, next } = await queryPage(store, ListedRow, {
    index: 'list',
    partition: lists.deadlinesOf(unit),
    fields: ['id', 'listSk', 'of'],
  });
  const soonest = items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, MOST_SHOWN);
  const { deadlines, titles } = await withTitles(store, soonest);
  return { deadlines, titles, listed: items, more: items.length > MOST_SHOWN || next !== undefined };
}

function place({ due, id }: Pick<ListedRow, 'due' | 'id'>): string {
  return `${due}#${id}`;
}

const Title = z.union([
  Titled.transform(({ id, title }) => ({ id, about: title })),
  Reported.transform(({ id, report }) => ({ id, about: report.title })),
  About.transform(({ id, subject }) => ({ id, about: subject.name })),
]);

/** The deadlines with what they are about: a second reading only for those of which the list does not say whose they are. */
async function withTitles(
  store: StateTable,
  rows: readonly ListedRow[],
): Promise<Pick<Agenda, 'deadlines' | 'titles'>> {
  const found = await loadMany(store, z.union([Deadline, Title]), [
    ...rows.map(({ id }) => stateKey('DEADLINE', id)),
    ...keysOf(rows.flatMap(({ of }) => of ?? [])),
  ]);
  const deadlines = found.flatMap((one) => ('due' in one ? [one] : []));
  const known = new Set(rows.flatMap(({ of }) => of?.id ?? []));
  const missing = keysOf(deadlines.flatMap(({ of }) => (known.has(of.id) ? [] : [of])));
  const titles = found.flatMap((one) => ('about' in one ? [one] : []));
  if (missing.length > 0) titles.push(...(await loadMany(store, Title, missing)));
  return {
    deadlines: byDay(deadlines.filter(isRunning)),
    titles: new Map(titles.map(({ id, about }) => [id, about])),
  };
}

const isRunning = ({ status }: Deadline) => status === 'open' || status === 'paused';

/** The records that have a title; the id of a follow-up or handover says all there is. */
function keysOf(of: readonly Deadline['of'][]): Key[] {
  const kinds = {
    inspection: 'INSPECTION',
    correction: 'CORRECTION',
    draw: 'DRAW',
    trigger: 'TRIGGER',
  } as const;
  const keys = of.flatMap(({ kind, id }) =>
    kind === 'handover' || kind === 'follow-up' ? [] : [[id, stateKey(kinds[kind], id)] as const],
  );
  return [...new Map(keys).values()];
}

const Decided = z.object({ cohortSk: z.string() }).transform(({ cohortSk }) => {
  const [kind, requested] = cohortSk.split('#');
  return { kind: DeadlineKind.parse(kind), requested: requested === 'requested' };
});
export type Decided = z.infer<typeof Decided>;

/** What the lead section decides of besides its own deadlines: longer days and pauses, and corrections. */
export async function decidedByLead(store: StateTable): Promise<Decided[]> {
  const { items } = await queryPage(store, Decided, {
    index: 'cohort',
    partition: DECIDE_PARTITION,
    fields: ['cohortSk'],
  });
  return items;
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
const ON_HAND_FIELDS = Object.keys(OnHand.shape);

const keptBy: Readonly<Partial<Record<InspectionStatus, 'accept' | 'finish' | 'publish'>>> = {
  assigned: 'accept',
  accepted: 'finish',
  begun: 'finish',
  ended: 'publish',
  recorded: 'publish',
};

/** Of an inspector: what the visits on hand ask of their team. To archive what was published is a unit's to see to, in its list. */
export async function agendaOfInspector(
  store: StateTable,
  inspector: string,
): Promise<Pick<Agenda, 'deadlines' | 'titles' | 'more'> & { readonly visits: readonly OnHand[] }> {
  const { items, next } = await queryPage(store, z.object({ inspection: z.string() }), {
    index: 'due',
    partition: onHandPartition(inspector),
    fields: ['inspection'],
    limit: MOST_ON_HAND,
  });
  const visits = await loadMany(
    store,
    OnHand,
    items.map(({ inspection }) => stateKey('INSPECTION', inspection)),
    ON_HAND_FIELDS,
  );
  const kept = visits.flatMap(({ id, status }) => {
    const kind = keptBy[status];
    return kind === undefined ? [] : [stateKey('DEADLINE', deadlineId(kind, id))];
  });
  const deadlines = byDay((await loadMany(store, Deadline, kept)).filter(isRunning));
  return {
    visits,
    deadlines: deadlines.slice(0, MOST_SHOWN),
    titles: new Map(visits.map(({ id, subject }) => [id, subject.name])),
    more: deadlines.length > MOST_SHOWN || next !== undefined,
  };
}
