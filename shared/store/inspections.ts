import * as z from 'zod';
import { Inspection } from '#domain/inspection/inspection.ts';
import type { StateWrite } from './commit.ts';
import { lists, memberKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { queryAll, type StateTable } from './store.ts';

/** A new inspection, and its place in the list of each member of the team. */
export function createdInspection(inspection: Inspection): StateWrite[] {
  return [
    created('INSPECTION', inspection),
    ...inspection.team.map(({ inspector }): StateWrite => ({
      key: memberKey(inspection.id, inspector),
      item: {
        inspection: inspection.id,
        listPk: lists.inspectionsOf(inspector),
        listSk: `${inspection.assignedAt}#${inspection.id}`,
      },
      expect: 'absent',
    })),
  ];
}

export function updatedInspection(inspection: Inspection): StateWrite {
  return updated('INSPECTION', inspection);
}

/** @throws Refusal `not-found` */
export function loadInspection(store: StateTable, id: string): Promise<Inspection> {
  return mustLoad(store, Inspection, 'INSPECTION', id);
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
