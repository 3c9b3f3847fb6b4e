import * as z from 'zod';
import { SAMPLE_POLICIES } from '#infra/sample/policies.ts';
import {
  actingOf,
  begun,
  followUpsIn,
  handOver,
  keepPhoto,
  OUTSIDE,
  publishFound,
} from './archive-journey.ts';
import { COMPLAINT, until } from './journey.ts';
import { send } from './staffing-journey.ts';
import { ADMINISTRATOR, LEAD_SECTION, type World } from './world.ts';

const View = z.object({ id: z.string() });
/** The function whose letters there are, where the world breaks it for a while. */
export const BROKEN = 'figures';

/** What a page of the console can be asked for by: an id of something that there is, for each parameter of each path. */
export interface ConsoleDistrict {
  /** On the team of the inspection. */
  readonly inspector: string;
  /** Addresses below `/console`, by the path of the page. */
  readonly addressOf: (path: string) => string;
}

/** A district in which there is one of everything that a page shows: a case on its way to the archive, and one that waits. */
export async function consoleDistrict(world: World): Promise<ConsoleDistrict> {
  const as = async (person: string, path: string, body: unknown, status: number) =>
    View.parse(await send(world, person, path, body, status)).id;
  const held = await world.report('held-1', { ...COMPLAINT, category: 'referral' });
  const { trigger } = z.object({ trigger: z.string() }).parse(held.body);
  const visit = await begun(world);
  const evidence = await keepPhoto(world, visit);
  const handover = await handOver(world, visit, OUTSIDE);
  await publishFound(world, visit, [evidence]);
  const [followUp] = await followUpsIn(world, visit);
  const words = { name: '企业代表', contact: '13800000000', wrong: '企业名称', right: '更正后的内容' };
  const asked = await world.tell(`/public/inspections/${visit.id}/corrections`, words);
  const { receipt } = z.object({ receipt: z.string() }).parse(asked.body);
  await world.runner.settle();
  const submission = await as(LEAD_SECTION, '/exports/national', undefined, 201);
  const [sample] = SAMPLE_POLICIES;
  if (sample === undefined) throw new Error('the sample has no policy');
  const { id: policy, ...rehearsed } = sample;
  const window = { from: '2026-08-01', through: '2026-08-31' };
  const rehearsal = await as(
    LEAD_SECTION,
    `/policies/${policy}/rehearsals`,
    { policy: rehearsed, ...window },
    202,
  );
  const channel = {
    name: '电子邮件',
    enabled: false,
    audience: { roles: [], units: [] },
    settings: { kind: 'mail', host: '127.0.0.1', port: 25, tls: 'none', from: 'mingchou@example.org' },
  };
  await world.as(ADMINISTRATOR).put('/channels/mail', channel);
  await until(world, '2026-09-02T01:00:00.000Z');
  const { deadlines } = z
    .object({ deadlines: z.array(View.extend({ of: z.object({ id: z.string() }) })) })
    .parse((await world.as(LEAD_SECTION).get('/deadlines')).body);
  const { scans } = z
    .object({ scans: z.array(View) })
    .parse((await world.as(LEAD_SECTION).get('/scans')).body);
  const ids: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    triggers: { id: trigger },
    deadlines: { id: deadlines.find(({ of }) => of.id === visit.id)?.id },
    subjects: { id: visit.subject.id },
    scans: { id: scans[0]?.id },
    draws: { id: visit.draws[0]?.id },
    history: { kind: 'inspection', id: visit.id },
    policies: { id: policy, rehearsal, kind: 'trigger' },
    sources: { id: 'hotline-12345' },
    channels: { id: 'mail' },
    inspections: { id: visit.id, evidence },
    libraries: { library: 'people' },
    'first-run': { library: 'people' },
    inspectors: { staffNo: 'HP1001' },
    'deadline-rules': { kind: 'triage' },
    figures: { name: 'results' },
    'follow-ups': { id: followUp?.id },
    handovers: { id: handover },
    corrections: { id: receipt },
    exports: { id: submission },
    'dead-letters': { queue: BROKEN },
  };
  return {
    inspector: actingOf(visit),
    addressOf: (path) => {
      const own = ids[path.split('/')[1] ?? ''] ?? {};
      // What there is none of in this district is asked for all the same: nobody has it.
      return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(own[name] ?? 'none'));
    },
  };
}
