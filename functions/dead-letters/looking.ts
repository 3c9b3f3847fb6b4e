import type { DeadLetterQueue } from '#contracts/api/dead-letters.ts';
import { letterPath, letterPathNames, type LetterPathName } from '#contracts/dead-letters.ts';
import { letterDecisions } from '#store/dead-letters.ts';
import { json, type Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { administrator, pathOf, store } from './asking.ts';
import { readLetter } from './letter.ts';
import { giveBack, hold, waitingIn } from './queues.ts';

/** Letters that one look shows. */
const LOOK = 50;

/** Every queue, with how many wait in it. */
export async function queues(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  return json(200, { queues: await Promise.all(letterPathNames.map(viewOf)) });
}

/** The oldest letters of a queue that can be had. They are taken for a moment and given back; a look loses none. */
export async function letters(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const path = pathOf(request);
  const held = await hold(path, LOOK);
  await giveBack(path, held);
  const { kind } = letterPath(path);
  const [view, decisions] = await Promise.all([viewOf(path), letterDecisions(store(), path)]);
  return json(200, {
    ...view,
    ...(decisions === undefined ? {} : { decided: { at: decisions.at, by: decisions.by } }),
    letters: held.map((one) => readLetter(one, kind, request.at).view),
  });
}

async function viewOf(path: LetterPathName): Promise<DeadLetterQueue> {
  const { kind, sendable, missing, advice } = letterPath(path);
  return {
    queue: path,
    kind,
    missing: { zh: missing[0], en: missing[1] },
    advice: { zh: advice[0], en: advice[1] },
    sendable,
    waiting: await waitingIn(path),
  };
}
