import { answerOnce, causationOf, factsOf, type Asked, type Decided } from '#commands/once.ts';
import { RehearsalBody } from '#contracts/api/administration.ts';
import { newEvent } from '#contracts/events.ts';
import { contentHash, draftOf } from '#domain/policy/body.ts';
import { shareHolding } from '#domain/risk/rehearsal.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { settled } from '#store/commit.ts';
import { stateKey } from '#store/keys.ts';
import { created } from '#store/records.ts';
import { findingsOf, Rehearsal, unrehearsed, type Finding } from '#store/rehearsals.ts';
import { load } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { workable } from './adopting.ts';
import { administrator, store } from './asking.ts';
import { policyIdOf } from './policies.ts';

/**
 * Starts the rehearsal (试运行) of a policy as it would be adopted: what it would have done on the days of the window. With an
 * Idempotency-Key it is started once however often its request is sent.
 */
export async function startRehearsal(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request, 'lead-section');
  const { policy: body, from, through } = jsonBody(request, RehearsalBody);
  const id = policyIdOf(request);
  const today = dateInShanghai(request.at);
  if (through > today) {
    refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', [
      { pointer: '/through', detail: `不得晚于今日 ${today} not after today, ${today}` },
    ]);
  }
  const policy = await workable(draftOf(id, body), '/policy');
  const asked: Asked = { store: store(), consumer: 'administration', request, staffNo, status: 202 };
  const decided = (): Decided => {
    const cause = causationOf(asked);
    const run: Rehearsal = {
      id: deriveId('R', id, staffNo, cause),
      version: 1,
      status: 'started',
      contentHash: contentHash(policy),
      window: { from, through },
      by: staffNo,
      startedAt: request.at,
      done: 0,
      total: 0,
      step: 0,
      found: 0,
      kept: 0,
      of: unrehearsed(policy),
    };
    return {
      answer: viewOf(run, []),
      writes: [created('REHEARSAL', run)],
      events: [
        newEvent('rehearsal.started', {
          ...factsOf(asked, 'rehearsal', { ...run, correlation: id }),
          data: { policy: id, about: run.of.about, contentHash: run.contentHash, from, through },
        }),
      ],
    };
  };
  return settled(() => answerOnce(asked, decided));
}

/** How far a rehearsal is, and what it has found. */
export async function showRehearsal(request: HttpRequest): Promise<Answer> {
  await administrator(request, 'lead-section');
  const policy = param(request, 'id');
  const id = param(request, 'rehearsal');
  const run = await load(store(), Rehearsal, stateKey('REHEARSAL', id));
  return run?.of.policy.id === policy
    ? json(200, viewOf(run, await findingsOf(store(), id)))
    : refuse(
        'not-found',
        `规则 ${policy} 没有试运行 ${id} There is no rehearsal ${id} of the policy ${policy}.`,
      );
}

/** The counts are whole; of the findings the first are shown, in the order in which they were made. */
function viewOf(run: Rehearsal, findings: readonly Finding[]) {
  const { id, status, window, startedAt, finishedAt, done, total, found, failure, of } = run;
  return {
    id,
    policy: of.policy.id,
    about: of.about,
    contentHash: run.contentHash,
    status,
    ...window,
    startedAt,
    finishedAt,
    progress: { done, total },
    counts: of.counts,
    ...(of.about === 'subject' ? { shareBasisPoints: shareHolding(of.counts) } : {}),
    /** Counts of cohorts have no history: they are those of the rehearsal, whatever its window. */
    ...(of.about === 'cohort' ? { asOf: startedAt } : {}),
    failure,
    found,
    findings,
  };
}
