import { answerOnce, type Decided } from '#commands/once.ts';
import { settled } from '#store/commit.ts';
import type { Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { store } from './asking.ts';

/** Carries a person's command out, once however often its request is sent. Decided anew when somebody else was faster. */
export function carryOut(
  request: HttpRequest,
  staffNo: string,
  decide: () => Promise<Decided>,
): Promise<Answer> {
  return settled(() => answerOnce({ store: store(), consumer: 'messaging', request, staffNo }, decide));
}
