import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cleanRecord, complain, step, type InspectionView } from './journey.ts';
import { send } from './staffing-journey.ts';
import { UNIT_HEAD, type World } from './world.ts';

const Announced = z.object({
  id: z.string(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});
const View = z.object({ id: z.string() });
const Hanging = z.object({ followUps: z.array(View.extend({ kind: z.string(), status: z.string() })) });

/** A photo, as far as its first bytes tell. */
export const PHOTO = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from('后厨照片')]);

/** The first visit of a complaint, begun. */
export async function begun(world: World): Promise<InspectionView> {
  const [visit] = await complain(world, 'complaint-1');
  if (visit === undefined) throw new Error('an inspection was expected');
  await step(world, visit, 'accept');
  await step(world, visit, 'begin');
  return visit;
}

/** The first of the team, who acts for it. */
export function actingOf({ team }: InspectionView): string {
  const [first] = team;
  if (first === undefined) throw new Error('a team was expected');
  return first.inspector;
}

/** Keeps a photo as evidence; gives its id. */
export async function keepPhoto(world: World, visit: InspectionView): Promise<string> {
  const acting = actingOf(visit);
  const { id, upload } = Announced.parse(
    await send(
      world,
      acting,
      `/inspections/${visit.id}/evidence`,
      {
        name: '后厨.jpg',
        mediaType: 'image/jpeg',
        size: PHOTO.length,
        sha256: createHash('sha256').update(PHOTO).digest('hex'),
      },
      201,
    ),
  );
  const put = await fetch(upload.url, {
    method: 'PUT',
    headers: upload.headers,
    body: new Uint8Array(PHOTO),
  });
  if (!put.ok) throw new Error(`the photo was answered with ${put.status}`);
  await send(world, acting, `/inspections/${visit.id}/evidence/${id}/complete`, {}, 200);
  return id;
}

/** An authority that has no account here. */
export const OUTSIDE = { kind: 'authority', name: '应急管理局', contact: '0379-12350' };

/** A clue of another violation, raised and sent at once; gives its id. */
export async function handOver(world: World, visit: InspectionView, receiver: object): Promise<string> {
  const clue = { clue: '后厨旁存放无标识油桶', field: '成品油市场管理', receiver };
  const acting = actingOf(visit);
  const raised = await send(world, acting, `/inspections/${visit.id}/handovers`, clue, 201);
  const { id } = View.parse(raised);
  await send(world, acting, `/handovers/${id}/send`, { letter: '移字〔2026〕1号' }, 200);
  return id;
}

/** Ends the visit, records that something was found and what follows, and publishes it. */
export async function publishFound(
  world: World,
  visit: InspectionView,
  evidence: readonly string[],
): Promise<void> {
  await step(world, visit, 'end');
  const clean = cleanRecord(visit);
  await step(world, visit, 'record', {
    ...clean,
    results: [3],
    findings: clean.findings.map((one) => ({ ...one, finding: '后厨积水', handling: '责令改正' })),
    evidence,
    followUps: ['rectification'],
  });
  await step(world, visit, 'publish');
}

/** The follow-ups of an inspection, by what staff read of it. */
export async function followUpsIn(world: World, visit: InspectionView) {
  return Hanging.parse((await world.as(UNIT_HEAD).get(`/inspections/${visit.id}`)).body).followUps;
}

/** Closes the order to put things right, with evidence and, when it is given, its number. */
export async function putRight(world: World, visit: InspectionView, order?: string): Promise<void> {
  for (const { id } of await followUpsIn(world, visit)) {
    if (order !== undefined) await enterOrder(world, id, order);
    await send(world, UNIT_HEAD, `/follow-ups/${id}/evidence`, { reference: '复查照片' }, 200);
    await send(world, UNIT_HEAD, `/follow-ups/${id}/close`, { outcome: 'rectified', text: '复查合格' }, 200);
  }
}

export async function enterOrder(world: World, followUp: string, number: string): Promise<void> {
  const paper = { document: 'rectification-order', number, on: '2026-09-01' };
  await send(world, UNIT_HEAD, `/follow-ups/${followUp}/documents`, paper, 200);
}

/** The receipt is entered by whoever receives, and the clue is done with. */
export async function receiptFor(world: World, handover: string, by: string): Promise<void> {
  const receipt = { number: '收字〔2026〕8号', on: '2026-09-01' };
  await send(world, by, `/handovers/${handover}/receive`, receipt, 200);
  await send(world, UNIT_HEAD, `/handovers/${handover}/close`, { note: '对方已立案' }, 200);
}
