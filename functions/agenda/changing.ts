import { answerOnce, factsOf, type Asked } from '#commands/once.ts';
import { Because, Extension, NothingMore } from '#contracts/api/agenda.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import {
  grantRequest,
  refuseRequest,
  requestChange,
  resumeDeadline,
  type DeadlineChange,
} from '#domain/deadline/change.ts';
import type { Deadline, DeadlineRequest } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { RouteHandler } from '#lambda/http.ts';
import { settled } from '#store/commit.ts';
import { updatedDeadline } from '#store/deadlines.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { store, visible } from './asking.ts';
import { viewOf } from './view.ts';

/** A deadline after a change, and what that tells. */
interface Changed {
  readonly next: Deadline;
  readonly event: (facts: EventFacts) => MingchouEvent;
}

interface Given {
  readonly by: string;
  readonly request: HttpRequest;
  readonly counting: Counting;
}

type Deciding = (deadline: Deadline, given: Given) => Changed;

/** A longer day is asked for, with a reason. */
export const extend = changing('extend', (deadline, { by, request }) => {
  const { workingDays, reason: why } = jsonBody(request, Extension);
  return asking(deadline, { what: 'extend', workingDays, reason: why, by, at: request.at });
});

/** A pause is asked for, with a reason: its days are not counted. */
export const pause = changing('pause', (deadline, { by, request }) => {
  const { reason: why } = jsonBody(request, Because);
  return asking(deadline, { what: 'pause', reason: why, by, at: request.at });
});

/** Somebody of the lead section who did not ask grants what was asked for. */
export const approve = changing('approve', (deadline, { by, request, counting }) => {
  jsonBody(request, NothingMore);
  const { next, request: granted } = grantRequest(counting, deadline, { by, at: request.at });
  const { what, workingDays, reason: why, by: requestedBy } = granted;
  const data = { what, workingDays, reason: why, requestedBy, from: deadline.due, to: next.due };
  return {
    next,
    event: (facts) => newEvent('deadline.granted', { ...facts, data: { ...whichOf(next), ...data } }),
  };
});

/** The day stands; whoever asked reads why. */
export const refuseChange = changing('refuse', (deadline, { request }) => {
  const { reason: why } = jsonBody(request, Because);
  const { next, request: refused } = refuseRequest(deadline);
  const data = { due: next.due, what: refused.what, requestedBy: refused.by, reason: why };
  return {
    next,
    event: (facts) => newEvent('deadline.request-refused', { ...facts, data: { ...whichOf(next), ...data } }),
  };
});

/** A paused deadline goes on. It only ends what was approved, and takes nobody's approval. */
export const resume = changing('resume', (deadline, { request, counting }) => {
  const { reason: why } = jsonBody(request, Because);
  const { next } = resumeDeadline(counting, deadline, request.at);
  const data = { from: deadline.due, to: next.due, reason: why };
  return {
    next,
    event: (facts) => newEvent('deadline.resumed', { ...facts, data: { ...whichOf(next), ...data } }),
  };
});

function asking(deadline: Deadline, asked: DeadlineRequest): Changed {
  const next = requestChange(deadline, asked);
  const { what, workingDays, reason: why } = asked;
  const data = { due: next.due, what, workingDays, reason: why };
  return {
    next,
    event: (facts) => newEvent('deadline.requested', { ...facts, data: { ...whichOf(next), ...data } }),
  };
}

function whichOf({ kind: deadline, of, units = [] }: Deadline) {
  return { deadline, of, units };
}

/** A route that changes a deadline, once however often it is sent. */
function changing(change: DeadlineChange, decide: Deciding): RouteHandler {
  return (request, telemetry) =>
    settled(async () => {
      // Who is asking comes first: a stranger is not told what a request would have to look like.
      const { staff, deadline, counting, mayAsk } = await visible(request);
      telemetry.correlate(deadline.correlation);
      refuseStranger(change, staff.role === 'lead-section', mayAsk);
      const asked: Asked = { store: store(), consumer: 'agenda', request, staffNo: staff.staffNo };
      return answerOnce(asked, () => {
        const { next, event } = decide(deadline, { by: staff.staffNo, request, counting });
        return {
          answer: viewOf(next, counting, dateInShanghai(request.at)),
          writes: [updatedDeadline(next)],
          events: [event(factsOf(asked, 'deadline', next))],
        };
      });
    });
}

/** Those who keep a deadline ask and resume; the lead section decides. */
function refuseStranger(change: DeadlineChange, leads: boolean, mayAsk: boolean): void {
  const decides = change === 'approve' || change === 'refuse';
  if (decides ? leads : mayAsk) return;
  refuse(
    'role-forbidden',
    decides
      ? '须由牵头科室批准 It takes the lead section to decide.'
      : '须由检查人员、承担单位负责人或牵头科室申请 It takes the team, the head of the unit or the lead section to ask.',
  );
}
