import * as z from 'zod';
import { Deadline, deadlineId, DeadlineKind } from '#domain/deadline/deadline.ts';
import { InspectionMember } from '#domain/inspection/member.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { lists, onHandPartition, stateKey, type Key } from './keys.ts';
import { loadTogether, queryAll, type Found, type KeyQuery, type StateTable } from './store.ts';

/** What a visit asks of its team until it is published. */
const ON_HAND: readonly DeadlineKind[] = ['accept', 'finish', 'publish'];

const Named = z.object({ inspection: z.string() });
const Teamed = z.object({ team: z.array(InspectionMember) });

/** What a unit's list says of a deadline. */
export const ListedRow = z
  .object({ id: z.string(), listSk: z.string(), of: Deadline.shape.of })
  .transform(({ id, listSk, of }) => {
    const [kind, due] = listSk.split('#');
    return { id, of, kind: DeadlineKind.parse(kind), due: CalendarDate.parse(due) };
  });
export type ListedRow = z.infer<typeof ListedRow>;

/** The list of a unit, or of the lead section (`NO_UNIT`), by kind and day. */
export function listOfUnit(unit: string): KeyQuery {
  return { index: 'list', partition: lists.deadlinesOf(unit), fields: ['id', 'listSk', 'of'] };
}

/** Deadlines, and what they are about, by the id of the record: the subject's name, or the title of a trigger or draw. */
export interface TitledDeadlines {
  readonly deadlines: readonly Deadline[];
  readonly titles: ReadonlyMap<string, string>;
}

/**
 * The open and paused deadlines that a unit answers for, or the lead section (`NO_UNIT`), the earliest day first. What is read
 * follows these, not what the unit ever had.
 * @param kind only those of a kind
 */
export async function deadlinesOfUnit(
  store: StateTable,
  unit: string,
  kind?: DeadlineKind,
): Promise<TitledDeadlines> {
  return withTitles(store, await listedOf(store, unit, kind));
}

function listedOf(store: StateTable, unit: string, kind?: DeadlineKind): Promise<ListedRow[]> {
  return queryAll(store, ListedRow, {
    ...listOfUnit(unit),
    ...(kind === undefined ? {} : { prefix: `${kind}#` }),
  });
}

/**
 * The open and paused deadlines that an inspector has to keep: of the visits on hand, which are listed by their team as it is
 * now, and of published ones that are to be archived.
 */
export async function deadlinesOfInspector(
  store: StateTable,
  { staffNo, unit }: { readonly staffNo: string; readonly unit: string },
): Promise<TitledDeadlines> {
  const [onHand, archives] = await Promise.all([
    queryAll(store, Named, { index: 'due', partition: onHandPartition(staffNo), fields: ['inspection'] }),
    listedOf(store, unit, 'archive'),
  ]);
  const visits = onHand.map(({ inspection }): Deadline['of'] => ({ kind: 'inspection', id: inspection }));
  const asked = visits.flatMap(({ id }) => ON_HAND.map((kind) => stateKey('DEADLINE', deadlineId(kind, id))));
  const archiving = archives.map(({ id }) => stateKey('DEADLINE', id));
  const titled = keysOf([...visits, ...archives.map(({ of }) => of)]);
  const found = await loadTogether(store, [...asked, ...archiving, ...titled]);
  const keeps = ({ of }: Deadline) =>
    found.one(Teamed, stateKey('INSPECTION', of.id))?.team.some(({ inspector }) => inspector === staffNo) ===
    true;
  return {
    deadlines: running([...found.all(Deadline, asked), ...found.all(Deadline, archiving).filter(keeps)]),
    titles: titlesIn(found, titled),
  };
}

/** The deadlines that a list names, with what they are about, the earliest first, in one reading. */
export async function withTitles(
  store: StateTable,
  rows: readonly Pick<ListedRow, 'id' | 'of'>[],
): Promise<TitledDeadlines> {
  const listed = rows.map(({ id }) => stateKey('DEADLINE', id));
  const titled = keysOf(rows.map(({ of }) => of));
  const found = await loadTogether(store, [...listed, ...titled]);
  return { deadlines: running(found.all(Deadline, listed)), titles: titlesIn(found, titled) };
}

/** The index lags: one that was met a moment ago may still be listed. */
function running(found: readonly Deadline[]): Deadline[] {
  return byDay(found.filter(isRunning));
}

export function isRunning({ status }: Deadline): boolean {
  return status === 'open' || status === 'paused';
}

/** The earliest first. */
export function byDay(deadlines: readonly Deadline[]): Deadline[] {
  return deadlines.toSorted((a, b) => (`${a.due}#${a.id}` < `${b.due}#${b.id}` ? -1 : 1));
}

const Title = z.union([
  z.object({ id: z.string(), title: z.string() }).transform(({ id, title }) => [id, title] as const),
  z
    .object({ id: z.string(), report: z.object({ title: z.string() }) })
    .transform(({ id, report }) => [id, report.title] as const),
  z
    .object({ id: z.string(), subject: z.object({ name: z.string() }) })
    .transform(({ id, subject }) => [id, subject.name] as const),
]);

/** What deadlines are about, by the id of the record: one request for each hundred records, whatever their kinds. */
export async function titlesOf(
  store: StateTable,
  deadlines: readonly Pick<Deadline, 'of'>[],
): Promise<ReadonlyMap<string, string>> {
  const keys = keysOf(deadlines.map(({ of }) => of));
  return titlesIn(await loadTogether(store, keys), keys);
}

/** What a deadline is about, and who is on the team of what it is of: empty where that is no inspection. */
export async function recordOf(
  store: StateTable,
  { of }: Pick<Deadline, 'of'>,
): Promise<{ readonly about: string | undefined; readonly team: readonly InspectionMember[] }> {
  const keys = keysOf([of]);
  const found = await loadTogether(store, keys);
  const teams = of.kind === 'inspection' ? found.all(Teamed, keys) : [];
  return { about: titlesIn(found, keys).get(of.id), team: teams.flatMap(({ team }) => team) };
}

function titlesIn(found: Found, keys: readonly Key[]): ReadonlyMap<string, string> {
  return new Map(found.all(Title, keys));
}

/** The records that have a title; the id of a follow-up or handover says all there is. */
function keysOf(of: readonly Deadline['of'][]): Key[] {
  const kinds = {
    inspection: 'INSPECTION',
    correction: 'CORRECTION',
    draw: 'DRAW',
    trigger: 'TRIGGER',
  } as const;
  return of.flatMap(({ kind, id }) =>
    kind === 'handover' || kind === 'follow-up' ? [] : [stateKey(kinds[kind], id)],
  );
}
