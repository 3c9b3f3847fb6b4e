import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import { INSPECTORS, SUPERVISOR, type World } from './world.ts';

const Inspections = z.object({ inspections: z.array(z.string()) });
const InspectionView = z.object({
  id: z.string(),
  status: z.string(),
  draws: z.array(z.object({ id: z.string() })).min(1),
  subject: z.object({ id: z.string(), name: z.string() }),
  items: z.array(z.object({ code: z.string() })),
  team: z.array(z.object({ inspector: z.string(), acceptedAt: z.string().optional() })),
  publishBy: z.object({ date: z.string(), provisional: z.boolean() }).optional(),
});
export type InspectionView = z.infer<typeof InspectionView>;

export const COMPLAINT = {
  category: 'complaint',
  title: '餐饮单位后厨卫生投诉',
  text: '多名群众反映',
  cohort: { territory: '410381', industry: 'H62' },
};

/** Sends the complaint and lets everything that follows from it happen; gives the inspections that came of it, by id. */
export async function complain(world: World, messageId: string): Promise<InspectionView[]> {
  const { status, body } = await world.report(messageId, COMPLAINT);
  if (status !== 202) {
    throw new Error(`the complaint was answered with ${status} ${JSON.stringify(body)}`);
  }
  await world.runner.settle();
  return allInspections(world);
}

/** Every inspection of every inspector, each once, by id. One request after the other: the fault harness counts their attempts. */
export async function allInspections(world: World): Promise<InspectionView[]> {
  const ids = new Set<string>();
  for (const inspector of INSPECTORS) {
    const { body } = await world.as(inspector).get('/me/inspections');
    for (const id of Inspections.parse(body).inspections) {
      ids.add(id);
    }
  }
  const inspections: InspectionView[] = [];
  for (const id of [...ids].toSorted()) {
    inspections.push(await inspectionOf(world, id));
  }
  return inspections;
}

export async function inspectionOf(world: World, id: string): Promise<InspectionView> {
  const { body } = await world.as(SUPERVISOR).get(`/inspections/${id}`);
  return InspectionView.parse(body);
}

/** One step of an inspection by the first of its team (every member for `accept`); throws when it is refused. */
export async function step(
  world: World,
  inspection: InspectionView,
  command: string,
  body?: unknown,
): Promise<void> {
  const people = command === 'accept' ? inspection.team : inspection.team.slice(0, 1);
  for (const { inspector } of people) {
    const answer = await world.as(inspector).post(`/inspections/${inspection.id}/${command}`, body);
    if (answer.status !== 200) {
      throw new Error(`${command} was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
  await world.runner.settle();
}

/** A record in which nothing was found, signed by the visited party. */
export function cleanRecord(inspection: InspectionView) {
  return {
    results: [1],
    methods: ['on-site'],
    findings: inspection.items.map(({ code }) => ({
      item: code,
      checked: true,
      finding: '无',
      handling: '无',
    })),
    signature: { signed: true, by: '经营者', capacity: 'legal-representative' },
    followUps: ['none'],
  };
}

/** Moves the clock; schedules on the way fire in their order. */
export async function until(world: World, instant: string): Promise<void> {
  await world.runner.advance(Instant.parse(instant));
}
