import { answerOnce, causationOf } from '#commands/once.ts';
import {
  AcceptanceBody,
  DeclineBody,
  DocumentBody,
  DueBody,
  EvidenceReference,
  NoteBody,
  OfferBody,
  OutcomeBody,
} from '#contracts/api/follow-ups.ts';
import { deadlineId, meetDeadline, startDeadlineDue, type Deadline } from '#domain/deadline/deadline.ts';
import { withFollowUp } from '#domain/follow-up/docket.ts';
import {
  decideFollowUp,
  standingsToFollowUp,
  type FollowUpCase,
  type FollowUpCommand,
} from '#domain/follow-up/follow-up.ts';
import { followUpLifecycle } from '#domain/follow-up/lifecycle.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import type { RouteHandler } from '#lambda/http.ts';
import { settled, type StateWrite } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { docketOf, savedDocket, savedFollowUp } from '#store/follow-ups.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { askedBy, calendar, refuseUnknownUnit, store, visibleFollowUp } from './asking.ts';
import { followUpEvent } from './events.ts';
import { followUpView } from './view.ts';

interface Given {
  readonly by: string;
  readonly at: HttpRequest['at'];
}
type Reading = (request: HttpRequest, given: Given) => FollowUpCommand;

/** Sets the day by which it is to be closed (限期), and says why. */
export const setDue = commanding('set-due', (request, given) => ({
  kind: 'set-due',
  ...given,
  ...jsonBody(request, DueBody),
}));

export const note = commanding('note', (request, given) => ({
  kind: 'note',
  ...given,
  ...jsonBody(request, NoteBody),
}));

/** A paper that it left, by its number: 责令改正通知书, 行政处罚决定书 and the like. */
export const document = commanding('document', (request, given) => ({
  kind: 'document',
  ...given,
  ...jsonBody(request, DocumentBody),
}));

/** A reference to what shows that things were put right. */
export const evidence = commanding('evidence', (request, given) => ({
  kind: 'evidence',
  ...given,
  ...jsonBody(request, EvidenceReference),
}));

/** Asks another unit to answer for it (谁管辖、谁负责). */
export const offer = commanding('offer', (request, given) => ({
  kind: 'offer',
  ...given,
  ...jsonBody(request, OfferBody),
}));

export const accept = commanding('accept', (request, given) => {
  if (request.body.byteLength > 0) jsonBody(request, AcceptanceBody);
  return { kind: 'accept', ...given };
});

export const decline = commanding('decline', (request, given) => ({
  kind: 'decline',
  ...given,
  ...jsonBody(request, DeclineBody),
}));

/** Closes it with what it came to. */
export const close = commanding('close', (request, given) => ({
  kind: 'close',
  ...given,
  ...jsonBody(request, OutcomeBody),
}));

/** A route that gives a command on a follow-up, once however often it is sent. */
function commanding(kind: FollowUpCommand['kind'], read: Reading): RouteHandler {
  return (request, telemetry) =>
    settled(async () => {
      // Who is asking comes first: a stranger is not told what a command would have to look like.
      const { staff, followUp } = await visibleFollowUp(request);
      telemetry.correlate(followUp.correlation);
      const asked = askedBy(request, staff);
      return answerOnce(asked, async () => {
        refuseUnpermitted(followUpLifecycle, kind, followUp, standingsToFollowUp(followUp, staff));
        const command = read(request, { by: staff.staffNo, at: request.at });
        if (command.kind === 'offer') await refuseUnknownUnit(command.to, '/to');
        const next = decideFollowUp(followUp, command);
        const event = followUpEvent(followUp, next, command, causationOf(asked));
        const docket = withFollowUp(await docketOf(store(), followUp.inspection), next, event);
        return {
          answer: followUpView(next),
          writes: [savedFollowUp(next), savedDocket(docket), ...(await deadlineOf(next, command))],
          events: [event],
        };
      });
    });
}

/** What a command does to the deadline: a day that is set begins it anew, another unit keeps it from now on, the end meets it. */
async function deadlineOf(followUp: FollowUpCase, command: FollowUpCommand): Promise<StateWrite[]> {
  const { kind, at } = command;
  if (kind !== 'set-due' && kind !== 'accept' && kind !== 'close') return [];
  const open = await loadDeadline(store(), deadlineId('follow-up', followUp.id));
  switch (kind) {
    case 'set-due':
      return [updatedDeadline(await dueAnew(open, followUp, at))];
    case 'accept':
      return [updatedDeadline({ ...open, version: open.version + 1, units: [followUp.unit] })];
    case 'close':
      return [updatedDeadline(meetDeadline(open, at))];
  }
}

async function dueAnew(
  { id, of, correlation, version }: Deadline,
  { due, unit }: FollowUpCase,
  startedAt: Deadline['startedAt'],
): Promise<Deadline> {
  const start = { id, of, correlation, units: [unit], startedAt };
  return {
    ...startDeadlineDue(await calendar(), { ...start, kind: 'follow-up' }, due),
    version: version + 1,
  };
}
