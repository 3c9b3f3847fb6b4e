import { factsOf as facts } from '#commands/once.ts';
import { Dismissal, Firing, Merging, TriggersQuery } from '#contracts/api/cases.ts';
import { placeText } from '#contracts/api/place.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/events.ts';
import { deadlineId, meetDeadline } from '#domain/deadline/deadline.ts';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { criteriaFor } from '#domain/policy/policy.ts';
import { WATCHING } from '#domain/person/person.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { triggerLifecycle, type TriggerCommandKind } from '#domain/trigger/lifecycle.ts';
import { mergeByHand } from '#domain/trigger/merging.ts';
import { decideByHand, Trigger } from '#domain/trigger/trigger.ts';
import type { StateWrite } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { stateKey } from '#store/keys.ts';
import { looking } from '#store/looking.ts';
import { policiesInForce } from '#store/policies.ts';
import { load } from '#store/store.ts';
import { firedLast, lastFiring, loadTrigger, newestTriggers, updatedTrigger } from '#store/triggers.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, queryOf, type HttpRequest } from '#web/request.ts';
import { commanding, staff, store } from './asking.ts';
import { carryOut, type Decided } from './command.ts';

const SHOWN = 100;

/** The triggers that meet a filter, newest first; `next` is there while others may follow. */
export async function triggers(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { after, ...filter } = queryOf(request, TriggersQuery);
  const { rows, last } = await looking(
    (limit) => newestTriggers(store(), limit, after),
    SHOWN,
    Object.keys(filter).length === 0 ? undefined : (trigger) => meets(trigger, filter),
  );
  return json(200, {
    triggers: rows,
    ...(last === undefined ? {} : { next: placeText({ at: last.receivedAt, id: last.id }) }),
  });
}

function meets(
  { status, report, source }: Trigger,
  filter: Pick<TriggersQuery, 'status' | 'category' | 'source'>,
): boolean {
  return (
    (filter.status === undefined || status === filter.status) &&
    (filter.category === undefined || report.category === filter.category) &&
    (filter.source === undefined || source === filter.source)
  );
}

export async function triggerById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  return json(200, await loadTrigger(store(), param(request, 'id')));
}

/** Fires a held trigger by a policy that a person chose; its condition need not hold, its draw is the policy's. */
export async function fireTrigger(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, triggerLifecycle, 'fire');
  const { policy: id } = jsonBody(request, Firing);
  return onTrigger(request, 'fire', staffNo, async (trigger) => {
    const policy = (await policiesInForce(store(), dateInShanghai(request.at))).find((one) => one.id === id);
    if (policy === undefined) {
      return refuse('body-invalid', `没有生效的规则 ${id} There is no policy ${id} in force.`, [
        { pointer: '/policy', detail: 'the id of a policy that is in force' },
      ]);
    }
    const command = { kind: 'fire', policy: policy.id, version: policy.version } as const;
    const next = decideByHand(trigger, command, request.at);
    const resolved = criteriaFor(policy, trigger.report.cohort);
    if ('missing' in resolved) {
      return refuse(
        'body-invalid',
        `规则 ${id} 需要触发信息注明 Policy ${id} needs the report to name: ${resolved.missing.join(', ')}.`,
        [{ pointer: '/policy', detail: 'a policy that does not take what the report leaves out' }],
      );
    }
    const { criteria } = resolved;
    const known = policy.merge && (await lastFiring(store(), id, criteria));
    const firing = { trigger: trigger.id, at: request.at };
    return {
      answer: next,
      writes: [
        updatedTrigger(next),
        ...(policy.merge === undefined ? [] : [firedLast(known, id, criteria, firing)]),
      ],
      events: [
        newEvent('trigger.fired', {
          ...factsOf(next, request, staffNo),
          data: { policy: policy.id, policyVersion: policy.version },
        }),
      ],
    };
  });
}

/** Closes a held trigger without a draw, with the reason. */
export async function dismissTrigger(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, triggerLifecycle, 'dismiss');
  const { reason } = jsonBody(request, Dismissal);
  return onTrigger(request, 'dismiss', staffNo, (trigger) => {
    const next = decideByHand(trigger, { kind: 'dismiss', reason }, request.at);
    return {
      answer: next,
      writes: [updatedTrigger(next)],
      events: [newEvent('trigger.dismissed', { ...factsOf(next, request, staffNo), data: { reason } })],
    };
  });
}

/** Deals with a held trigger together with another one that is open or fired, with the reason. */
export async function mergeTrigger(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, triggerLifecycle, 'merge');
  const { into: target, reason } = jsonBody(request, Merging);
  return onTrigger(request, 'merge', staffNo, async (trigger) => {
    const other = await load(store(), Trigger, stateKey('TRIGGER', target));
    if (other === undefined || other.id === trigger.id) {
      return refuse('body-invalid', `不能并入 ${target} ${trigger.id} can't be merged into ${target}.`, [
        { pointer: '/into', detail: 'the id of another trigger' },
      ]);
    }
    const { merged, into } = mergeByHand(trigger, other, { at: request.at, reason });
    const reports = into.merged ?? [];
    const own = reports.find(({ id }) => id === trigger.id);
    return {
      answer: merged,
      writes: [updatedTrigger(merged), updatedTrigger(into)],
      events: [
        newEvent('trigger.merged', {
          ...factsOf(merged, request, staffNo),
          data: {
            into: into.id,
            title: trigger.report.title,
            reason,
            ...(own?.late === true ? { late: own.subject } : {}),
          },
        }),
        newEvent('trigger.extended', {
          ...factsOf(into, request, staffNo),
          data: { merged: trigger.id, reports: reports.length },
        }),
      ],
    };
  });
}

/** Carries out what a person decides about a held trigger; nobody is reminded to decide any more. In another state nothing else is looked at. */
function onTrigger(
  request: HttpRequest,
  command: TriggerCommandKind,
  staffNo: string,
  follows: (trigger: Trigger) => Decided | Promise<Decided>,
): Promise<Answer> {
  return carryOut(request, staffNo, 200, async () => {
    const trigger = await loadTrigger(store(), param(request, 'id'));
    refuseWrongState(triggerLifecycle, command, trigger);
    const { answer, writes, events } = await follows(trigger);
    return { answer, writes: [...writes, await triaged(trigger, request.at)], events };
  });
}

async function triaged(trigger: Trigger, at: Instant): Promise<StateWrite> {
  return updatedDeadline(meetDeadline(await loadDeadline(store(), deadlineId('triage', trigger.id)), at));
}

function factsOf(trigger: Trigger, request: HttpRequest, staffNo: string): EventFacts {
  return facts({ request, staffNo }, 'trigger', { ...trigger, correlation: trigger.id });
}
