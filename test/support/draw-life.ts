import * as z from 'zod';
import { inspectionOf, step, cleanRecord, type InspectionView } from './journey.ts';
import { LEAD_SECTION, type Answer, type World } from './world.ts';

const DrawView = z.looseObject({
  id: z.string(),
  status: z.string(),
  plan: z.object({ number: z.string() }),
  unbeaconed: z.string().optional(),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  gathering: z.object({ step: z.int() }).optional(),
  inspections: z.unknown().optional(),
});
export type DrawView = z.infer<typeof DrawView>;

/** A draw of restaurants as the lead section proposes it, all of them to be drawn unless told otherwise. */
export const PROPOSAL = {
  title: '餐饮单位专项抽查',
  items: ['YS-GXJ-003'],
  criteria: { industry: ['H62'] },
  quota: { mode: 'count', count: 3, weights: { A: 1, B: 1, C: 1, D: 1 } },
  beacon: { preferred: { kind: 'sealed' } },
};

/** Proposes a draw by hand; throws when it is refused. */
export async function propose(world: World, change: object = {}): Promise<DrawView> {
  const answer = await world.as(LEAD_SECTION).post('/draws', { ...PROPOSAL, ...change });
  return DrawView.parse(expected(answer, 201).body);
}

/** Carries out a command on a draw, lets what follows happen, and gives the draw as it then is. */
export async function command(
  world: World,
  draw: string,
  name: string,
  body?: object,
  person = LEAD_SECTION,
  status = 200,
): Promise<DrawView> {
  expected(await world.as(person).post(`/draws/${draw}/${name}`, body), status);
  await world.runner.settle();
  return drawOf(world, draw);
}

export async function drawOf(world: World, draw: string): Promise<DrawView> {
  return DrawView.parse(expected(await world.as(LEAD_SECTION).get(`/draws/${draw}`), 200).body);
}

const Inspections = z.object({ inspections: z.array(z.object({ id: z.string(), how: z.string() })) });

/** The inspections that came of a draw. */
export async function inspectionsOf(
  world: World,
  draw: string,
): Promise<(InspectionView & { readonly how: string })[]> {
  const { body } = await world.as(LEAD_SECTION).get(`/draws/${draw}`);
  const found: (InspectionView & { how: string })[] = [];
  for (const { id, how } of Inspections.parse(body).inspections) {
    found.push({ ...(await inspectionOf(world, id)), how });
  }
  return found;
}

/** Carries an inspection through to its publication. */
export async function publish(world: World, inspection: InspectionView): Promise<void> {
  await step(world, inspection, 'accept');
  await step(world, inspection, 'begin');
  await step(world, inspection, 'end');
  await step(world, inspection, 'record', cleanRecord(inspection));
  await step(world, inspection, 'publish');
}

function expected(answer: Answer, status: number): Answer {
  if (answer.status !== status) {
    throw new Error(`answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer;
}
