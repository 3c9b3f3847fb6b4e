import { factsOf, sentBefore, type Asked } from '#commands/once.ts';
import { DeadLetterDiscard, DeadLetterRedrive, LETTERS_AT_ONCE } from '#contracts/api/dead-letters.ts';
import { letterPath, type LetterPathName } from '#contracts/dead-letters.ts';
import { newEvent } from '#contracts/events.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, settled } from '#store/commit.ts';
import { letterDecisions, savedLetterDecisions } from '#store/dead-letters.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { administrator, pathOf, store } from './asking.ts';
import { readLetter, type Letter } from './letter.ts';
import { giveBack, hold, remove, waitingIn } from './queues.ts';
import { send } from './sending.ts';

/** Letters that are looked through for those that a request names. */
const LOOKED_THROUGH = 100;

interface Kept {
  readonly id: string;
  /** Chinese, then English. */
  readonly why: string;
}

/** What a decision came to, before it is written down. */
interface Decision {
  readonly path: LetterPathName;
  readonly type: 'dead-letters.redriven' | 'dead-letters.discarded';
  readonly reason: string;
  /** Those that leave the queue. */
  readonly leaving: readonly Letter[];
  readonly kept: readonly Kept[];
}

/**
 * Sends letters again to the function that could not do them. A function does an event once however often it gets it, so
 * whoever dies after the sending and before the letter is gone has it sent twice and done once.
 */
export async function redrive(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const path = pathOf(request);
  const { reason, letters } = jsonBody(request, DeadLetterRedrive);
  const { sendable, advice } = letterPath(path);
  if (!sendable) {
    refuse('nothing-to-send', `${advice[0]} ${advice[1]}.`);
  }
  const asked: Asked = { store: store(), consumer: 'dead-letters', request, staffNo };
  return decideOnce(asked, telemetry, async () => {
    const { chosen, kept } = await choose(path, request, letters);
    const leaving: Letter[] = [];
    for (const letter of chosen) {
      const why = await sent(path, letter, telemetry);
      if (why === undefined) leaving.push(letter);
      else kept.push({ id: letter.view.id, why });
    }
    return { path, type: 'dead-letters.redriven', reason, leaving, kept, held: chosen };
  });
}

/** Takes letters out of their queue without sending them: what they hold has been made good, or need not be. */
export async function discard(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const path = pathOf(request);
  const { reason, letters } = jsonBody(request, DeadLetterDiscard);
  const asked: Asked = { store: store(), consumer: 'dead-letters', request, staffNo };
  return decideOnce(asked, telemetry, async () => {
    const { chosen, kept } = await choose(path, request, letters);
    return { path, type: 'dead-letters.discarded', reason, leaving: chosen, kept, held: chosen };
  });
}

/** The letters that a request is about, in our hands; all others are given back at once. */
async function choose(
  path: LetterPathName,
  request: HttpRequest,
  wanted: readonly string[] | undefined,
): Promise<{ chosen: Letter[]; kept: Kept[] }> {
  const held = await hold(path, wanted === undefined ? LETTERS_AT_ONCE : LOOKED_THROUGH);
  const isWanted = ({ MessageId }: (typeof held)[number]) => wanted?.includes(MessageId) !== false;
  await giveBack(
    path,
    held.filter((one) => !isWanted(one)),
  );
  const { kind } = letterPath(path);
  const seen = new Set(held.map(({ MessageId }) => MessageId));
  return {
    chosen: held.filter(isWanted).map((one) => readLetter(one, kind, request.at)),
    kept: [...new Set(wanted)].filter((id) => !seen.has(id)).map((id) => ({ id, why: UNSEEN })),
  };
}

const UNSEEN =
  '队列中未见此信：已处理，或正由他人处理 Not seen in the queue: done with, or in somebody else’s hands.';

/** Sends one letter; what it says otherwise is why the letter stays. One that can't be sent holds back none of the others. */
async function sent(
  path: LetterPathName,
  { parcel, view }: Letter,
  telemetry: Telemetry,
): Promise<string | undefined> {
  if (parcel === undefined) return view.unsendable;
  try {
    return await send(path, parcel);
  } catch (error) {
    telemetry.error('a letter could not be sent', error, { queue: path, letter: view.id });
    return '发送失败，见日志 It could not be sent; see the log of dead-letters.';
  }
}

/**
 * Carries a decision out, once however often its request is sent, and writes it down before any letter leaves its queue:
 * there is none that is gone and of which the ledger knows nothing. Where a copy of the request was faster, the letters stay.
 */
async function decideOnce(
  asked: Asked,
  telemetry: Telemetry,
  decide: () => Promise<Decision & { readonly held: readonly Letter[] }>,
): Promise<Answer> {
  const { idempotency, answer: first } = await sentBefore(asked);
  if (first !== undefined) return first;
  const { path, type, reason, leaving, kept, held } = await decide();
  const staying = held.filter((letter) => !leaving.includes(letter));
  await giveBack(
    path,
    staying.map((letter) => letter.held),
  );
  const ids = leaving.map(({ view }) => view.id);
  const remaining = Math.max(0, (await waitingIn(path)) - leaving.length);
  const gone = type === 'dead-letters.redriven' ? { sent: ids } : { discarded: ids };
  const answer = { ...gone, kept, remaining };
  // Nothing was done, so nothing is remembered: a copy that finds the letters in another's hands must not answer for it.
  if (leaving.length === 0) return json(200, answer);
  const { request, staffNo } = asked;
  const events = leaving.flatMap(({ view }) => view.event?.id ?? []);
  const text = JSON.stringify(answer);
  const outcome = await settled(async () => {
    const version = ((await letterDecisions(asked.store, path))?.version ?? 0) + 1;
    return commit(asked.store, {
      at: request.at,
      once: idempotency && { consumer: asked.consumer, ...idempotency, answer: text },
      writes: [savedLetterDecisions({ id: path, version, at: request.at, by: staffNo })],
      events: [
        newEvent(type, {
          ...factsOf(asked, 'dead-letters', { id: path, version, correlation: path }),
          data: { reason, letters: ids, events, remaining },
        }),
      ],
    });
  });
  if (outcome.kind === 'done') await removeAll(path, leaving, telemetry);
  else
    await giveBack(
      path,
      leaving.map((letter) => letter.held),
    );
  return answerTo(outcome, idempotency, text);
}

/** One that can't be deleted is seen again in a minute, and sending it again does no harm. */
async function removeAll(
  path: LetterPathName,
  letters: readonly Letter[],
  telemetry: Telemetry,
): Promise<void> {
  await Promise.all(
    letters.map(async ({ held, view }) =>
      remove(path, held).catch((error: unknown) => {
        telemetry.error('a letter could not be deleted', error, { queue: path, letter: view.id });
      }),
    ),
  );
}
