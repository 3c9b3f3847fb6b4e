import * as z from 'zod';
import { CalendarDate, dateInShanghai, startOfDay, type Instant } from '#domain/time/time.ts';
import type { TriggerReport } from '#domain/trigger/trigger.ts';
import { jsonIn, refusalIn } from '../cli/answer.ts';
import { Failure } from '../cli/failure.ts';
import type { Runner } from '../local/runner.ts';
import { loadDistrict, type LoadedSource } from '../sample/load.ts';
import { checkDraw } from './checks.ts';
import type { Chronicle } from './chronicle.ts';
import type { Client } from './client.ts';
import { daysBetween, isWorking, peculiarityOf, timeOn } from './days.ts';
import type { Print } from './timeline.ts';
import { act, checkPublication, inspectionOf, recordOf, type InspectionView } from './visits.ts';

export interface Stage {
  readonly runner: Runner;
  readonly client: Client;
  readonly chronicle: Chronicle;
  readonly print: Print;
  readonly seed: string;
}

/** A town with few restaurants, so that few inspections come of it: one of each class. */
const COMPLAINT: TriggerReport = {
  category: 'complaint',
  title: '餐饮店未明示最低消费',
  text: '多名群众反映，镇上餐饮店结账时才告知最低消费。（示例）',
  cohort: { territory: '410381003', industry: 'H62' },
};
/** No rule of the sample is about a complaint without an industry. */
const UNKNOWN: TriggerReport = {
  category: 'complaint',
  title: '路面夜间施工扰民',
  text: '居民来电反映夜间施工噪声。（示例）',
  cohort: { territory: '410381003' },
};
const ADMINISTRATOR = 'HP9007';

/** Plays two months from the first trigger on. A step that goes wrong ends it with a Failure that names the step. */
export async function play(stage: Stage): Promise<void> {
  const sources = await step('load the sample district', async () => load(stage));
  const hotline = sources[0];
  if (hotline === undefined) {
    throw new Failure('load the sample district: it has no webhook source');
  }
  await moveTo(stage, '2026-09-01', '09:15');
  await step('refuse a wrong signature', async () => sendForged(stage, hotline));
  await moveTo(stage, '2026-09-01', '09:30');
  await step('trigger a draw', async () => sendComplaint(stage, hotline));
  await step('verify the draw', async () => verifyDraw(stage));
  await moveTo(stage, '2026-09-01', '10:00');
  await step('hold what no rule knows', async () => sendUnknown(stage, hotline));
  const visits = await step('read the inspections', async () => assigned(stage));
  await carryOut(stage, visits);
  await moveTo(stage, '2026-11-01', '09:00');
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Failure(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function load({ runner, chronicle, seed }: Stage): Promise<LoadedSource[]> {
  const { issuer, url } = runner;
  if (issuer === undefined) {
    throw new Failure('the stack has no local issuer');
  }
  const today = dateInShanghai(runner.now());
  const sources = await loadDistrict({ url, token: await issuer.token(ADMINISTRATOR), seed, today });
  await chronicle.catchUp();
  return sources;
}

/** Signs a report with a secret that is not the source's. */
async function sendForged({ runner, client, chronicle, print }: Stage, { id }: LoadedSource): Promise<void> {
  const source = { id, secret: `whsec_${Buffer.alloc(32).toString('base64')}` };
  const answer = await client.report({ source, messageId: 'msg_forged', report: COMPLAINT });
  if (answer.status !== 401) {
    throw new Failure(`a wrong signature was answered with ${answer.status}`);
  }
  const written = await chronicle.catchUp();
  if (written.length > 0) {
    throw new Failure(`a refused message left ${written.length} events`);
  }
  print({
    at: runner.now(),
    step: 'webhook.refused',
    zh: `签名不符的触发信息被拒绝，未留下任何记录（${id}）`,
    en: `a message with a wrong signature leaves nothing behind: ${refusalIn(answer)}`,
    facts: { source: id, status: answer.status },
  });
}

const Received = z.object({ trigger: z.string() });

async function send(
  { client }: Stage,
  source: LoadedSource,
  messageId: string,
  report: TriggerReport,
): Promise<string> {
  const answer = await client.report({ source, messageId, report });
  if (answer.status !== 202) {
    throw new Failure(`it was answered with ${refusalIn(answer)}`);
  }
  return Received.parse(jsonIn(answer)).trigger;
}

/** The complaint, and the same message once more as a sender does that did not hear the answer. */
async function sendComplaint(stage: Stage, source: LoadedSource): Promise<void> {
  const { runner, chronicle, print } = stage;
  const trigger = await send(stage, source, 'msg_complaint', COMPLAINT);
  await chronicle.catchUp();
  const again = await send(stage, source, 'msg_complaint', COMPLAINT);
  const repeated = await chronicle.catchUp();
  if (again !== trigger || repeated.length > 0) {
    throw new Failure(`the second copy of a message made ${again} and ${repeated.length} events`);
  }
  print({
    at: runner.now(),
    step: 'webhook.repeated',
    zh: `同一消息再次送达：仍为 ${again}，没有第二次抽查`,
    en: 'the same message delivered again is the same trigger, nothing happens twice',
    facts: { trigger },
  });
}

async function sendUnknown(stage: Stage, source: LoadedSource): Promise<void> {
  const trigger = await send(stage, source, 'msg_unknown', UNKNOWN);
  await stage.chronicle.catchUp();
  if (!stage.chronicle.of('trigger.held').some(({ about }) => about.id === trigger)) {
    throw new Failure(`${trigger} was not held`);
  }
}

async function verifyDraw({ runner, client, chronicle, print }: Stage): Promise<void> {
  const [committed] = chronicle.of('draw.committed');
  if (committed === undefined) {
    throw new Failure('there is no committed draw');
  }
  for (const told of await checkDraw(client, committed.about.id, committed.data.commitmentHash)) {
    print({ at: runner.now(), ...told });
  }
}

interface Visits {
  /** Published on time. */
  readonly first: InspectionView;
  /** Recorded and left lying. */
  readonly second: InspectionView;
  /** The others of the draw but one, whose team never accepts. */
  readonly others: readonly InspectionView[];
}

async function assigned({ client, chronicle }: Stage): Promise<Visits> {
  const views: InspectionView[] = [];
  for (const { about } of chronicle.of('inspection.assigned')) {
    views.push(await inspectionOf(client, about.id));
  }
  const [first, second, third, ...others] = views;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Failure(`three inspections are needed, and the draw gave ${views.length}`);
  }
  return { first, second, others };
}

/** What the inspectors do, and when. What nobody does here, the third team above all, is left to the deadlines. */
async function carryOut(stage: Stage, { first, second, others }: Visits): Promise<void> {
  const doing = async (date: string, time: string, visits: readonly InspectionView[], command: Command) => {
    await moveTo(stage, date, time);
    for (const visit of visits) {
      await step(`${command} ${visit.id}`, async () => {
        const body = command === 'record' ? recordOf(visit, others.includes(visit)) : undefined;
        await act(stage.client, visit, command, body);
        for (const event of await stage.chronicle.catchUp()) {
          if (event.type === 'inspection.published') {
            await checkPublication(stage.client, event.about.id, event.data.onTime);
          }
        }
      });
    }
  };
  await doing('2026-09-01', '14:00', [first, second, ...others], 'accept');
  await doing('2026-09-03', '09:30', [first], 'begin');
  await doing('2026-09-03', '11:30', [first], 'end');
  await doing('2026-09-03', '15:00', [first], 'record');
  await doing('2026-09-07', '09:30', [second], 'begin');
  await doing('2026-09-07', '11:30', [second], 'end');
  await doing('2026-09-07', '16:00', [second], 'record');
  await doing('2026-09-10', '10:00', [first], 'publish');
  await doing('2026-09-16', '09:30', others, 'begin');
  await doing('2026-09-16', '11:30', others, 'end');
  await doing('2026-09-16', '15:00', others, 'record');
  await doing('2026-09-22', '10:00', others, 'publish');
  await doing('2026-10-14', '10:00', [second], 'publish');
}
type Command = Parameters<typeof act>[2];

/** Lets the days pass until then, telling of each what its schedules brought about. */
async function moveTo(stage: Stage, date: string, time: string): Promise<void> {
  const until = timeOn(CalendarDate.parse(date), time);
  for (const day of daysBetween(stage.runner.now(), until)) {
    await advance(stage, startOfDay(day));
    const peculiarity = peculiarityOf(day);
    if (peculiarity !== undefined) {
      stage.print(peculiarity);
    }
  }
  await advance(stage, until);
}

async function advance({ runner, chronicle }: Stage, to: Instant): Promise<void> {
  await runner.advance(to);
  for (const { type, time } of await chronicle.catchUp()) {
    if (type === 'deadline.reminded' && !isWorking(dateInShanghai(time))) {
      throw new Failure(`someone was reminded on ${dateInShanghai(time)}, which is no working day`);
    }
  }
}
