import * as z from 'zod';
import { Inspection, type InspectionStatus } from '#domain/inspection/inspection.ts';
import { workload, type Workload } from '#domain/inspection/workload.ts';
import { startOfDay, type CalendarDate } from '#domain/time/time.ts';
import { lists, onHandPartition, stateKey } from './keys.ts';
import { loadMany, queryAll, type StateTable } from './store.ts';

/** Inspectors whose visits are asked for at one time. */
const QUERIES_IN_FLIGHT = 10;

const Named = z.object({ inspection: z.string() });
const Listed = z.object({ listSk: z.string() });
const Stage = z.object({ id: z.string(), status: Inspection.shape.status });

interface Visits {
  readonly inspector: string;
  /** Ids of those that are not published. */
  readonly onHand: readonly string[];
  readonly given: number;
}

/**
 * How much each of these inspectors has to do. What is read follows the visits that are open and those that were assigned since
 * the day, not all that there ever were; a visit's record is read once for its whole team.
 */
export async function workloadsOf(
  store: StateTable,
  inspectors: readonly string[],
  since: CalendarDate,
): Promise<Map<string, Workload>> {
  const visits: Visits[] = [];
  for (let from = 0; from < inspectors.length; from += QUERIES_IN_FLIGHT) {
    const some = inspectors.slice(from, from + QUERIES_IN_FLIGHT);
    visits.push(...(await Promise.all(some.map((inspector) => visitsOf(store, inspector, since)))));
  }
  const statuses = await statusesOf(store, new Set(visits.flatMap(({ onHand }) => onHand)));
  return new Map(
    visits.map(({ inspector, onHand, given }) => [
      inspector,
      workload(
        onHand.flatMap((id) => statuses.get(id) ?? []),
        given,
      ),
    ]),
  );
}

async function visitsOf(store: StateTable, inspector: string, since: CalendarDate): Promise<Visits> {
  const [onHand, given] = await Promise.all([
    queryAll(store, Named, { index: 'due', partition: onHandPartition(inspector), fields: ['inspection'] }),
    queryAll(store, Listed, {
      index: 'list',
      partition: lists.inspectionsOf(inspector),
      from: startOfDay(since),
      fields: ['listSk'],
    }),
  ]);
  return { inspector, onHand: onHand.map(({ inspection }) => inspection), given: given.length };
}

async function statusesOf(
  store: StateTable,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, InspectionStatus>> {
  const keys = [...ids].map((id) => stateKey('INSPECTION', id));
  const found = await loadMany(store, Stage, keys, ['id', 'status']);
  return new Map(found.map(({ id, status }) => [id, status]));
}
