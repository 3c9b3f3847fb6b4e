import * as z from 'zod';
import { Deadline, deadlineId, type DeadlineKind } from '#domain/deadline/deadline.ts';
import { InspectionMember } from '#domain/inspection/member.ts';
import { lists, onHandPartition, stateKey, type RecordKind } from './keys.ts';
import { loadMany, queryAll, type StateTable } from './store.ts';

/** What a visit asks of its team until it is published. */
const ON_HAND: readonly DeadlineKind[] = ['accept', 'finish', 'publish'];

const Pointed = z.object({ id: z.string() });
const Named = z.object({ inspection: z.string() });
const Teamed = z.object({ id: z.string(), team: z.array(InspectionMember) });

/**
 * The open and paused deadlines that a unit answers for, or the lead section (`NO_UNIT`), the earliest day first. What is read
 * follows these, not what the unit ever had.
 * @param kind only those of a kind
 */
export async function deadlinesOfUnit(
  store: StateTable,
  unit: string,
  kind?: DeadlineKind,
): Promise<Deadline[]> {
  const listed = await queryAll(store, Pointed, {
    index: 'list',
    partition: lists.deadlinesOf(unit),
    fields: ['id'],
    ...(kind === undefined ? {} : { prefix: `${kind}#` }),
  });
  return running(
    store,
    listed.map(({ id }) => id),
  );
}

/**
 * The open and paused deadlines that an inspector has to keep: of the visits on hand, which are listed by their team as it is
 * now, and of published ones that are to be archived.
 */
export async function deadlinesOfInspector(
  store: StateTable,
  { staffNo, unit }: { readonly staffNo: string; readonly unit: string },
): Promise<Deadline[]> {
  const [onHand, archives] = await Promise.all([
    queryAll(store, Named, { index: 'due', partition: onHandPartition(staffNo), fields: ['inspection'] }),
    deadlinesOfUnit(store, unit, 'archive'),
  ]);
  const ids = onHand.flatMap(({ inspection }) => ON_HAND.map((kind) => deadlineId(kind, inspection)));
  const teams = await loadMany(store, Teamed, keysOf('INSPECTION', archives), ['id', 'team']);
  const own = new Set(
    teams.filter(({ team }) => team.some(({ inspector }) => inspector === staffNo)).map(({ id }) => id),
  );
  return byDay([...(await running(store, ids)), ...archives.filter(({ of }) => own.has(of.id))]);
}

async function running(store: StateTable, ids: readonly string[]): Promise<Deadline[]> {
  const found = await loadMany(
    store,
    Deadline,
    [...new Set(ids)].map((id) => stateKey('DEADLINE', id)),
  );
  // The index lags: one that was met a moment ago may still be listed.
  return byDay(found.filter(({ status }) => status === 'open' || status === 'paused'));
}

/** The earliest first. */
export function byDay(deadlines: readonly Deadline[]): Deadline[] {
  return deadlines.toSorted((a, b) => (`${a.due}#${a.id}` < `${b.due}#${b.id}` ? -1 : 1));
}

export const Titled = z.object({ id: z.string(), title: z.string() });
export const Reported = z.object({ id: z.string(), report: z.object({ title: z.string() }) });
export const About = z.object({ id: z.string(), subject: z.object({ name: z.string() }) });

/** What deadlines are about, by the id of the record: the subject's name, or the title of a trigger or draw. */
export async function titlesOf(
  store: StateTable,
  deadlines: readonly Pick<Deadline, 'of'>[],
): Promise<Map<string, string>> {
  const of = (kind: Deadline['of']['kind']) => deadlines.filter((one) => one.of.kind === kind);
  const [inspections, corrections, draws, triggers] = await Promise.all([
    loadMany(store, About, keysOf('INSPECTION', of('inspection')), ['id', 'subject']),
    loadMany(store, About, keysOf('CORRECTION', of('correction')), ['id', 'subject']),
    loadMany(store, Titled, keysOf('DRAW', of('draw')), ['id', 'title']),
    loadMany(store, Reported, keysOf('TRIGGER', of('trigger')), ['id', 'report']),
  ]);
  return new Map([
    ...[...inspections, ...corrections].map(({ id, subject }) => [id, subject.name] as const),
    ...draws.map(({ id, title }) => [id, title] as const),
    ...triggers.map(({ id, report }) => [id, report.title] as const),
  ]);
}

function keysOf(kind: RecordKind, deadlines: readonly Pick<Deadline, 'of'>[]) {
  return [...new Set(deadlines.map(({ of }) => of.id))].map((id) => stateKey(kind, id));
}
