import * as z from 'zod';
import { openState, type StateTable } from '#store/store.ts';
import { tableLike } from '../local/fixture/harness.ts';
import { codeOf } from './library-files.ts';
import { ADMINISTRATOR, LEAD_SECTION, type World } from './world.ts';

/** A cohort of made-up subjects: how many, and how many of them the second month's file downgrades. */
export interface Cohort {
  readonly territory: string;
  readonly industry: string;
  readonly subjects: number;
  readonly downgraded: number;
}

/** Seven of 350, which is 2 %. */
export const COHORTS: readonly Cohort[] = [
  // 2 of 40 are exactly 500 ten-thousandths, 2 of 20 are 1000, 2 of 41 are 487; 1 of 10 is one subject only.
  { territory: '410305', industry: 'H6210', subjects: 40, downgraded: 2 },
  { territory: '410327', industry: 'H6210', subjects: 20, downgraded: 2 },
  { territory: '410327', industry: 'F5211', subjects: 41, downgraded: 2 },
  { territory: '410305', industry: 'F5211', subjects: 10, downgraded: 1 },
  { territory: '410311', industry: 'H6210', subjects: 239, downgraded: 0 },
];

export interface Member {
  readonly code: string;
  readonly name: string;
  readonly territory: string;
  readonly industry: string;
  /** The first of its cohort are downgraded. */
  readonly downgraded: boolean;
}

export const MEMBERS: readonly Member[] = COHORTS.flatMap(({ territory, industry, subjects, downgraded }) =>
  Array.from({ length: subjects }, (_, place) => ({ territory, industry, downgraded: place < downgraded })),
).map((member, n) => ({ ...member, code: codeOf(n), name: `企业${n}` }));

export const DOWNGRADED: readonly string[] = MEMBERS.filter(({ downgraded }) => downgraded)
  .map(({ code }) => code)
  .toSorted();

/** The members of one cohort, in order. */
export const membersOf = (territory: string, industry: string): readonly Member[] =>
  MEMBERS.filter((member) => member.territory === territory && member.industry === industry);

export function subjectsText(members: readonly Member[] = MEMBERS): string {
  const rows = members.map(
    ({ code, name, territory, industry }) => `${code},${name},${territory},${industry}`,
  );
  return ['统一社会信用代码,企业名称,行政区划,行业', ...rows].join('\n');
}

const CLASSES = ['A', 'B', 'C', 'D'] as const;

/** The file of classes of a first month: each is at A, B or C. */
export const firstClasses = (day: string): string =>
  classesText(MEMBERS.map(({ code }, n) => [code, CLASSES[n % 3] ?? 'A', day]));

/** The file of the month after: who is downgraded has the next class, every seventh of the others the one before. */
export const nextClasses = (day: string): string =>
  classesText(
    MEMBERS.map(({ code, downgraded }, n) => {
      const change = downgraded ? 1 : n % 7 === 0 ? -1 : 0;
      return [code, CLASSES[Math.max(0, (n % 3) + change)] ?? 'A', day];
    }),
  );

export function classesText(rows: readonly (readonly [string, string, string])[]): string {
  return ['统一社会信用代码,信用风险类别,评定日期', ...rows.map((row) => row.join(','))].join('\n');
}

/** The state table of a running stack, read by this process. */
export function openedState(world: World): StateTable {
  const { endpoint, region, credentials } = world.runner.dynamodb;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  return openState(tableLike(world.runner, 'foundationState'));
}

const Rehearsed = z.object({
  id: z.string(),
  status: z.string(),
  counts: z.record(z.string(), z.unknown()),
});

/** Rehearses a rule over days, and adopts it. */
export async function rehearseAndAdopt(
  world: World,
  id: string,
  policy: object,
  window: { readonly from: string; readonly through: string },
): Promise<Readonly<Record<string, unknown>>> {
  const path = `/policies/${id}/rehearsals`;
  const started = await world.as(LEAD_SECTION).post(path, { policy, ...window });
  if (started.status !== 202) {
    throw new Error(`the rehearsal of ${id} was answered with ${JSON.stringify(started)}`);
  }
  await world.runner.settle();
  const run = Rehearsed.parse(started.body).id;
  const { status, counts } = Rehearsed.parse((await world.as(LEAD_SECTION).get(`${path}/${run}`)).body);
  if (status !== 'finished') throw new Error(`the rehearsal of ${id} is ${status}`);
  await adoptPolicy(world, id, policy);
  return counts;
}

export async function adoptPolicy(world: World, id: string, policy: object): Promise<void> {
  const adopted = await world.as(ADMINISTRATOR).put(`/policies/${id}`, policy);
  if (adopted.status !== 201) throw new Error(`${id} was answered with ${JSON.stringify(adopted)}`);
}

const Triggers = z.object({
  triggers: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      source: z.string(),
      draw: z.string().optional(),
      report: z.looseObject({ category: z.string(), title: z.string() }),
    }),
  ),
});
export type TriggerView = z.infer<typeof Triggers>['triggers'][number];

/** Every trigger, in order of its title. */
export async function triggersOf(world: World): Promise<TriggerView[]> {
  const { triggers } = Triggers.parse((await world.as(LEAD_SECTION).get('/triggers')).body);
  return triggers.toSorted((a, b) => (a.report.title < b.report.title ? -1 : 1));
}
