import * as z from 'zod';
import { sampleDistrict } from '#infra/sample/district.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { decodeText } from '#files/decode.ts';
import { inspectionOf, type InspectionView } from './journey.ts';
import { INSPECTORS, LEAD_SECTION, UNIT_HEAD, type World, type WorldOptions } from './world.ts';

/** The unit that the small district has, and one more that checks the same restaurants for something else. */
export const FIRST_UNIT = '商贸流通监管中队';
export const SECOND_UNIT = '成品油市场监管所';
export const SECOND_HEAD = 'HP2000';
/** Of the second unit. Those at the first seven places can all be drawn. */
export const SECOND_INSPECTORS = Array.from({ length: 10 }, (_, at) => `HP${2001 + at}`);

/** The local issuer's people, those of the second unit included. */
export const withSecondUnit: NonNullable<WorldOptions['runner']> = {
  issuer: {
    people: [
      'HP9007',
      LEAD_SECTION,
      'HP9005',
      UNIT_HEAD,
      ...INSPECTORS,
      SECOND_HEAD,
      ...SECOND_INSPECTORS,
    ].map((id) => ({ id, name: id })),
  },
};

/** Imports the second unit: its people, its inspectors, and an item for restaurants; neither unit's item has a limit. */
export async function addSecondUnit(world: World): Promise<void> {
  const files = sampleDistrict({ seed: 'mingchou', today: CalendarDate.parse('2026-09-01') });
  const rows = (name: string): string => {
    const file = files.find((one) => one.name === name);
    if (file === undefined) {
      throw new Error(`the sample has no file ${name}`);
    }
    const [header = '', ...lines] = [...decodeText(file.bytes).pieces].join('').split('\r\n');
    return [header, ...lines.filter((line) => line.includes(SECOND_UNIT)), ''].join('\r\n');
  };
  await world.importText('people', rows('people.csv'));
  await world.importText('inspectors', rows('inspectors.csv'));
  const [header = '', ...items] = (await world.file('items')).split('\r\n');
  const dining = items.find((line) => line.startsWith('YS-GXJ-003'));
  if (dining === undefined) {
    throw new Error('the small district has no item for restaurants');
  }
  // A restaurant may be drawn as often as a test fires.
  const often = dining.replace(/同一单位每\d年不超过\d次/, '不限');
  const measured = often
    .replace('YS-GXJ-003', 'YS-GXJ-903')
    .replace(FIRST_UNIT, SECOND_UNIT)
    .replace('食品安全', '计量');
  await world.importText('items', [header, often, measured, ''].join('\r\n'));
}

/** Adopts a policy that draws every restaurant for these items, and that no report fires by itself. */
export async function drawAll(
  world: World,
  id: string,
  items: readonly string[],
  draw: object = {},
): Promise<void> {
  const answer = await world.as('HP9007').put(`/policies/${id}`, {
    name: id,
    effectiveFrom: '2026-01-01',
    when: 'false',
    draw: {
      items,
      criteria: { industry: ['H62'] },
      quota: { mode: 'ratio', basisPoints: { A: 10_000, B: 10_000, C: 10_000, D: 10_000 } },
      beacon: { preferred: { kind: 'sealed' } },
      approval: 'automatic',
      teamSize: 2,
      ...draw,
    },
  });
  if (answer.status !== 201) {
    throw new Error(`the policy ${id} was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

const Draws = z.object({ draws: z.array(z.object({ id: z.string(), trigger: z.string().optional() })) });
const OneDraw = z.object({
  id: z.string(),
  status: z.string(),
  unstaffed: z.string().optional(),
  inspections: z.array(z.object({ id: z.string(), subject: z.string(), how: z.string() })),
});
export type DrawView = z.infer<typeof OneDraw>;

/** Reports something that the lead section fires by the policy, and lets everything that follows happen. */
export async function fire(world: World, policy: string): Promise<DrawView> {
  const { body } = await world.report(`of-${policy}`, {
    category: 'referral',
    title: `转办：${policy}`,
    text: '转办',
    cohort: { territory: '410381', industry: 'H62' },
  });
  const { trigger } = z.object({ trigger: z.string() }).parse(body);
  await world.runner.settle();
  const fired = await world.as(LEAD_SECTION).post(`/triggers/${trigger}/fire`, { policy });
  if (fired.status !== 200) {
    throw new Error(`firing ${policy} was answered with ${fired.status} ${JSON.stringify(fired.body)}`);
  }
  await world.runner.settle();
  const { draws } = Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body);
  return drawOf(world, draws.find((draw) => draw.trigger === trigger)?.id ?? 'none');
}

export async function drawOf(world: World, id: string): Promise<DrawView> {
  return OneDraw.parse((await world.as(LEAD_SECTION).get(`/draws/${id}`)).body);
}

/** The inspections of a draw as staff see them, by subject. */
export async function visitsOf(world: World, draw: DrawView): Promise<InspectionView[]> {
  const visits: InspectionView[] = [];
  for (const { id } of draw.inspections) {
    visits.push(await inspectionOf(world, id));
  }
  return visits;
}

const Messages = z.object({ messages: z.array(z.object({ subject: z.string(), text: z.string() })) });

/** The subjects of a person's messages, newest first. */
export async function toldTo(world: World, person: string): Promise<string[]> {
  const { body } = await world.as(person).get('/me/messages');
  return Messages.parse(body).messages.map(({ subject }) => subject);
}

/** Sends, expects that status, and gives the answer. */
export async function send(
  world: World,
  person: string,
  path: string,
  body: unknown,
  status: number,
): Promise<unknown> {
  const answer = await world.as(person).post(path, body);
  if (answer.status !== status) {
    throw new Error(`${path} was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  await world.runner.settle();
  return answer.body;
}

/** The inspectors' file of the first unit with some rows changed, by staff number. */
export async function inspectorsChanged(
  world: World,
  staffNos: readonly string[],
  change: (row: string[]) => string[],
): Promise<string> {
  const [header = '', ...rows] = (await world.file('inspectors')).split('\r\n');
  return [
    header,
    ...rows.map((row) => (staffNos.includes(row.slice(0, 6)) ? change(row.split(',')).join(',') : row)),
  ].join('\r\n');
}
