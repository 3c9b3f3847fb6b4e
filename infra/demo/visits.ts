import * as z from 'zod';
import { InspectionStatus } from '#domain/inspection/inspection.ts';
import type { InspectionRecord } from '#domain/inspection/record.ts';
import { Failure } from '../cli/failure.ts';
import type { Client } from './client.ts';

export const InspectionView = z.object({
  id: z.string(),
  status: InspectionStatus,
  subject: z.object({ id: z.string(), name: z.string() }),
  items: z.array(z.object({ code: z.string() })),
  team: z.array(z.object({ inspector: z.string() })).min(2),
});
export type InspectionView = z.infer<typeof InspectionView>;

/** Who reads every inspection without being on its team. */
const WATCHER = 'HP9005';

export async function inspectionOf(client: Client, id: string): Promise<InspectionView> {
  return client.read(WATCHER, `/inspections/${id}`, InspectionView);
}

/** One step of an inspection by the first of its team; each member accepts for themselves. */
export async function act(
  client: Client,
  { id, team }: InspectionView,
  command: 'accept' | 'begin' | 'end' | 'record' | 'publish',
  body?: unknown,
): Promise<void> {
  const people = command === 'accept' ? team : team.slice(0, 1);
  for (const { inspector } of people) {
    await client.act(inspector, `/inspections/${id}/${command}`, InspectionView, body);
  }
}

/** A record in which nothing was found, or something that was put right on the spot, signed by the visited party. */
export function recordOf({ items }: InspectionView, found: boolean): InspectionRecord {
  return {
    results: [found ? 2 : 1],
    methods: ['on-site'],
    findings: items.map(({ code }) => ({
      item: code,
      checked: true,
      finding: found ? '未明示最低消费标准' : '无',
      handling: found ? '责令当场改正，已改正' : '无',
    })),
    signature: { signed: true, by: '经营者', capacity: 'legal-representative' },
    followUps: [found ? 'rectification' : 'none'],
  };
}

const Publication = z.object({ inspection: z.string(), onTime: z.boolean() });

/** What everyone reads of a published result has to be what its event says. */
export async function checkPublication(client: Client, id: string, onTime: boolean): Promise<void> {
  const shown = await client.look(`/public/inspections/${id}`, Publication);
  if (shown.inspection !== id || shown.onTime !== onTime) {
    throw new Failure(`the public page of ${id} says that it is ${shown.onTime ? 'on time' : 'late'}`);
  }
}
