import { answerOnce, type Decided } from '#commands/once.ts';
import { settled } from '#store/commit.ts';
import type { Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { store } from './asking.ts';

export type { Decided } from '#commands/once.ts';

/** Carries a person's command out, once however often its request is sent. Decided anew when somebody else was faster. */
export function carryOut(
  request: HttpRequest,
  staffNo: string,
  status: number,
  decide: () => Promise<Decided>,
): Promise<Answer> {
  return settled(() => answerOnce({ store: store(), consumer: 'cases', request, staffNo, status }, decide));
}
