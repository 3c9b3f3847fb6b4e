import { AdoptionQuery } from '#contracts/api/administration.ts';
import { draftOf, kindOf, PolicyBody } from '#domain/policy/body.ts';
import { Policy } from '#domain/policy/policy.ts';
import { everyPolicy, everyVersion } from '#store/any-policy.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, jsonBody, type HttpRequest } from '#web/request.ts';
import { adopt, itemsFor } from './adopting.ts';
import { administrator, idOf, store } from './asking.ts';
import { refuseFaults } from './faults.ts';

/** All versions of all policies: those of triggers, then the rules about subjects and cohorts. The lead section fires held triggers by them. */
export async function listPolicies(request: HttpRequest): Promise<Answer> {
  await administrator(request, 'lead-section');
  return json(200, { policies: await everyPolicy(store()) });
}

/** All versions of one policy, oldest first. */
export async function showPolicy(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const id = policyIdOf(request);
  const versions = await everyVersion(store(), id);
  const [first] = versions;
  return first === undefined
    ? refuse('not-found', `没有规则 ${id} There is no policy ${id}.`)
    : json(200, { id, about: kindOf(first), versions });
}

/**
 * Adopts the next version of a policy, checked before it can take effect (article 17); one about subjects was rehearsed, too.
 * The same content again changes nothing.
 */
export async function adoptPolicy(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const body = jsonBody(request, PolicyBody);
  const draft = draftOf(policyIdOf(request), body);
  const confirm = queryOf(request, AdoptionQuery).confirm === 'true';
  const judged = await adopt(draft, await itemsFor([draft]), { at: request.at, staffNo, confirm });
  if (judged.kind !== 'at-fault') return json(judged.kind === 'new' ? 201 : 200, judged.policy);
  return refuseFaults(judged.faults);
}

export function policyIdOf(request: HttpRequest): string {
  return idOf(Policy.shape.id, request);
}
