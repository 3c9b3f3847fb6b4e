import * as z from 'zod';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId, meetDeadline } from '#domain/deadline/deadline.ts';
import { criteriaFor } from '#domain/policy/policy.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { decideByHand, Trigger, type TriageCommand } from '#domain/trigger/trigger.ts';
import { commit, settled } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { lists } from '#store/keys.ts';
import { policiesInForce } from '#store/policies.ts';
import { mustLoad } from '#store/records.ts';
import { queryPage } from '#store/store.ts';
import { updatedTrigger } from '#store/triggers.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { DECIDING, staff, store, WATCHING } from './asking.ts';

const SHOWN = 100;

/** The newest triggers. */
export async function triggers(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { items } = await queryPage(store(), Trigger, {
    index: 'list',
    partition: lists.triggers,
    newestFirst: true,
    limit: SHOWN,
  });
  return json(200, { triggers: items });
}

export async function triggerById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  return json(200, await mustLoad(store(), Trigger, 'TRIGGER', param(request, 'id')));
}

const Firing = z.strictObject({ policy: z.string().min(1).max(64) });
const Dismissal = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** Fires a held trigger by a policy that a person chose; its condition need not hold, its draw is the policy's. */
export async function fireTrigger(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await staff(request, DECIDING);
  const { policy: id } = jsonBody(request, Firing);
  const policy = (await policiesInForce(store(), dateInShanghai(request.at))).find((one) => one.id === id);
  if (policy === undefined) {
    return refuse('body-invalid', `没有生效的规则 ${id} There is no policy ${id} in force.`, [
      { pointer: '/policy', detail: 'the id of a policy that is in force' },
    ]);
  }
  return decideTrigger(
    request,
    staffNo,
    { kind: 'fire', policy: policy.id, version: policy.version },
    (trigger) => {
      const resolved = criteriaFor(policy, trigger.report.cohort);
      if ('missing' in resolved) {
        refuse(
          'body-invalid',
          `规则 ${id} 需要触发信息注明 Policy ${id} needs the report to name: ${resolved.missing.join(', ')}.`,
          [{ pointer: '/policy', detail: 'a policy that does not take what the report leaves out' }],
        );
      }
    },
  );
}

/** Closes a held trigger without a draw, with the reason. */
export async function dismissTrigger(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await staff(request, DECIDING);
  return decideTrigger(request, staffNo, { kind: 'dismiss', reason: jsonBody(request, Dismissal).reason });
}

function decideTrigger(
  request: HttpRequest,
  staffNo: string,
  command: TriageCommand,
  check: (trigger: Trigger) => void = () => undefined,
): Promise<Answer> {
  return settled(async () => {
    const trigger = await mustLoad(store(), Trigger, 'TRIGGER', param(request, 'id'));
    const next = decideByHand(trigger, command);
    check(trigger);
    const deadline = await loadDeadline(store(), deadlineId('triage', trigger.id));
    await commit(store(), {
      at: request.at,
      writes: [updatedTrigger(next), updatedDeadline(meetDeadline(deadline, request.at))],
      events: [eventOf(next, command, request, staffNo)],
    });
    return json(200, next);
  });
}

function eventOf(
  trigger: Trigger,
  command: TriageCommand,
  request: HttpRequest,
  staffNo: string,
): MingchouEvent {
  const facts = {
    time: request.at,
    about: { kind: 'trigger', id: trigger.id, version: trigger.version },
    correlation: trigger.id,
    causation: request.id,
    actor: { kind: 'person', id: staffNo },
  } as const;
  return command.kind === 'fire'
    ? newEvent('trigger.fired', {
        ...facts,
        data: { policy: command.policy, policyVersion: command.version },
      })
    : newEvent('trigger.dismissed', { ...facts, data: { reason: command.reason } });
}
