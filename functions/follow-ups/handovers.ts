import { answerOnce, causationOf } from '#commands/once.ts';
import { visibleInspection } from '#commands/visible.ts';
import { HandoverEndBody, ReceiptBody, ReturnBody, SendingBody } from '#contracts/api/follow-ups.ts';
import { deadlineId, meetDeadline, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import { withHandover } from '#domain/follow-up/docket.ts';
import {
  Clue,
  decideHandover,
  raiseHandover,
  standingsToHandover,
  type Handover,
  type HandoverCommand,
} from '#domain/handover/handover.ts';
import { handoverLifecycle } from '#domain/handover/lifecycle.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import type { RouteHandler } from '#lambda/http.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { settled, type StateWrite } from '#store/commit.ts';
import { createdDeadline, loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { docketOf, savedDocket, savedHandover } from '#store/follow-ups.ts';
import type { Answer } from '#web/answer.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { askedBy, calendar, person, refuseUnknownUnit, store, visibleHandover } from './asking.ts';
import { handoverEvent, raisedEvent } from './events.ts';
import { handoverView } from './view.ts';

/**
 * A member of the team hands a clue over, from the begin of the visit on: it waits for no record (article 11). The docket is
 * read before the inspection: one that is closed meanwhile is either seen closed, or its docket has changed and all is read again.
 */
export function raise(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  return settled(async () => {
    const staff = await person(request);
    const id = param(request, 'id');
    const docket = await docketOf(store(), id);
    const { inspection } = await visibleInspection(store(), staff, id);
    telemetry.correlate(inspection.correlation);
    const asked = askedBy(request, staff, 201);
    return answerOnce(asked, async () => {
      const said = jsonBody(request, Clue);
      if (said.receiver.kind === 'unit') await refuseUnknownUnit(said.receiver.unit, '/receiver/unit');
      const causation = causationOf(asked);
      const own = deriveId('H', id, causation);
      // Whoever receives it answers for the receipt; of an authority outside it is asked by those who sent the clue.
      const unit = said.receiver.kind === 'unit' ? said.receiver.unit : staff.unit;
      const deadline = await receiptDeadline(own, inspection.correlation, [unit], request.at);
      const raising = { id: own, by: staff.staffNo, at: request.at, receiptBy: deadline.due };
      const handover = raiseHandover(inspection, said, raising);
      const event = raisedEvent(handover, causation);
      return {
        answer: handoverView(handover),
        writes: [
          ...savedHandover(handover),
          savedDocket(withHandover(docket, handover, event)),
          createdDeadline(deadline),
        ],
        events: [event],
      };
    });
  });
}

/** The day for the receipt is told to whoever receives the clue: a year that is announced later does not move it. */
async function receiptDeadline(
  id: string,
  correlation: string,
  units: readonly string[],
  startedAt: HttpRequest['at'],
): Promise<Deadline> {
  const of = { kind: 'handover', id } as const;
  const start = { id: deadlineId('handover', id), of, correlation, units: [...units], startedAt };
  const { count: _, ...counted } = startDeadline(await calendar(), { ...start, kind: 'handover' });
  return { ...counted, provisional: false };
}

interface Given {
  readonly by: string;
  readonly at: HttpRequest['at'];
}

export const send = commanding('send', (request, given) => ({
  kind: 'send',
  ...given,
  ...(request.body.byteLength === 0 ? {} : jsonBody(request, SendingBody)),
}));

/** The receipt (回执): entered by the unit that received, or for an authority outside by whoever handed over. */
export const receive = commanding('receive', (request, given) => ({
  kind: 'receive',
  ...given,
  ...jsonBody(request, ReceiptBody),
}));

export const giveBack = commanding('return', (request, given) => ({
  kind: 'return',
  ...given,
  ...jsonBody(request, ReturnBody),
}));

export const closeHandover = commanding('close', (request, given) => ({
  kind: 'close',
  ...given,
  ...jsonBody(request, HandoverEndBody),
}));

/** A route that gives a command on a handover, once however often it is sent. */
function commanding(
  kind: HandoverCommand['kind'],
  read: (request: HttpRequest, given: Given) => HandoverCommand,
): RouteHandler {
  return (request, telemetry) =>
    settled(async () => {
      // Who is asking comes first: a stranger is not told what a command would have to look like.
      const { staff, handover } = await visibleHandover(request);
      telemetry.correlate(handover.correlation);
      const asked = askedBy(request, staff);
      return answerOnce(asked, async () => {
        refuseUnpermitted(handoverLifecycle, kind, handover, standingsToHandover(handover, staff));
        const command = read(request, { by: staff.staffNo, at: request.at });
        const next = decideHandover(handover, command);
        const event = handoverEvent(next, command, causationOf(asked));
        const docket = withHandover(await docketOf(store(), handover.inspection), next, event);
        return {
          answer: handoverView(next),
          writes: [...savedHandover(next), savedDocket(docket), ...(await deadlineOf(next, command))],
          events: [event],
        };
      });
    });
}

/** Whoever was asked has answered, one way or the other: nothing is awaited any more. */
async function deadlineOf({ id }: Handover, { kind, at }: HandoverCommand): Promise<StateWrite[]> {
  if (kind !== 'receive' && kind !== 'return') return [];
  return [updatedDeadline(meetDeadline(await loadDeadline(store(), deadlineId('handover', id)), at))];
}
