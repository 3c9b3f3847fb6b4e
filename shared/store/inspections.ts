import * as z from 'zod';
import { Inspection, InspectionOfDraw, type InspectionDraw } from '#domain/inspection/inspection.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import { leavers, newcomers } from '#domain/inspection/team.ts';
import type { StateWrite } from './commit.ts';
import { drawOfInspectionKey, lists, memberKey, onHandKey, stateKey } from './keys.ts';
import { counted, listedAnew } from './listed.ts';
import { created, mustLoad, updated } from './records.ts';
import { loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/** A new inspection, and its place in the lists of each member of the team and of its draws. */
export function createdInspection(inspection: Inspection): StateWrite[] {
  return [
    counted(created('INSPECTION', inspection), undefined, inspection),
    ...listedAnew(undefined, inspection),
    ...inspection.team.map((member) => onTeam(inspection, member)),
    ...inspection.draws.map((draw) => ofDraw(inspection, draw)),
  ];
}

/** The next version of an inspection, and what changes in those lists: who came, who left, which draw joined, who is done with it. */
export function changedInspection(before: Inspection, after: Inspection): StateWrite[] {
  const known = new Set(before.draws.map(({ id }) => id));
  return [
    counted(updated('INSPECTION', after), before, after),
    ...listedAnew(before, after),
    ...newcomers(before, after).map((member) => onTeam(after, member)),
    ...leavers(before, after).map(({ inspector }) => offTeam(after, inspector)),
    ...(after.status === 'published' ? after.team.map((member) => offHand(after, member)) : []),
    ...after.draws.filter(({ id }) => !known.has(id)).map((draw) => ofDraw(after, draw)),
  ];
}

/**
 * How often somebody left is how often they came before: the version of their place in the list follows from the
 * inspection, whose own version is checked in the same transaction.
 */
function timesLeft({ left }: Inspection, inspector: string): number {
  return left.filter((former) => former.inspector === inspector).length;
}

function onTeam(inspection: Inspection, member: InspectionMember): StateWrite {
  const { inspector } = member;
  const left = timesLeft(inspection, inspector);
  return {
    key: memberKey(inspection.id, inspector),
    item: { ...listed(inspection, member), ...onHandKey(inspector, inspection.id) },
    expect: left === 0 ? 'absent' : { version: 2 * left },
  };
}

/** Whoever was on the team at the publication keeps the visit in their list, and has it on hand no more. */
function offHand(inspection: Inspection, member: InspectionMember): StateWrite {
  const item = listed(inspection, member);
  return { key: memberKey(inspection.id, member.inspector), item, expect: { version: item.version } };
}

function listed(inspection: Inspection, { inspector, unit }: InspectionMember) {
  return {
    inspection: inspection.id,
    unit,
    version: 2 * timesLeft(inspection, inspector) + 1,
    listPk: lists.inspectionsOf(inspector),
    listSk: `${inspection.assignedAt}#${inspection.id}`,
  };
}

/** Without its index keys the item is in no list any more. */
function offTeam(inspection: Inspection, inspector: string): StateWrite {
  const version = 2 * timesLeft(inspection, inspector);
  return {
    key: memberKey(inspection.id, inspector),
    item: { inspection: inspection.id, version },
    expect: { version: version - 1 },
  };
}

function ofDraw(inspection: Inspection, { id: draw, how }: InspectionDraw): StateWrite {
  return {
    key: drawOfInspectionKey(inspection.id, draw),
    item: {
      id: inspection.id,
      subject: inspection.subject.id,
      how,
      listPk: lists.inspectionsOfDraw(draw),
      listSk: inspection.subject.id,
    },
    expect: 'absent',
  };
}

/** @throws Refusal `not-found` */
export function loadInspection(store: StateTable, id: string): Promise<Inspection> {
  return mustLoad(store, Inspection, 'INSPECTION', id);
}

/** The inspections of these ids that there are, in no order. */
export function inspectionsById(store: StateTable, ids: readonly string[]): Promise<Inspection[]> {
  return loadMany(
    store,
    Inspection,
    ids.map((id) => stateKey('INSPECTION', id)),
  );
}

/** Ids of the inspections that a person is on the team of, newest first. */
export async function inspectionsOf(store: StateTable, inspector: string): Promise<string[]> {
  const found = await queryAll(store, z.object({ inspection: z.string() }), {
    index: 'list',
    partition: lists.inspectionsOf(inspector),
    newestFirst: true,
  });
  return found.map(({ inspection }) => inspection);
}

/** The inspections that a draw sends out, by subject: those that it made and those that it joined (article 3). */
export function inspectionsOfDraw(store: StateTable, draw: string): Promise<InspectionOfDraw[]> {
  return queryAll(store, InspectionOfDraw, { index: 'list', partition: lists.inspectionsOfDraw(draw) });
}

/** A part of the same list, from the one after `after`; `more` when others follow. */
export async function pageOfDraw(
  store: StateTable,
  draw: string,
  limit: number,
  after?: Pick<InspectionOfDraw, 'id' | 'subject'>,
): Promise<{ readonly items: InspectionOfDraw[]; readonly more: boolean }> {
  const partition = lists.inspectionsOfDraw(draw);
  const { items } = await queryPage(store, InspectionOfDraw, {
    index: 'list',
    partition,
    // One more than asked for: whether others follow is known without a page that turns out empty.
    limit: limit + 1,
    ...(after === undefined
      ? {}
      : {
          after: { ...drawOfInspectionKey(after.id, draw), listPk: partition, listSk: after.subject },
        }),
  });
  return { items: items.slice(0, limit), more: items.length > limit };
}
