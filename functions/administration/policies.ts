import * as z from 'zod';
import { sha256 } from '#sha256';
import { newEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import {
  contentHash,
  kindOf,
  PolicyBody,
  versionOf,
  type AnyPolicy,
  type PolicyKind,
} from '#domain/policy/body.ts';
import { Policy } from '#domain/policy/policy.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import { cohortConditionError } from '#rules/cohort-condition.ts';
import { conditionError } from '#rules/condition.ts';
import { subjectConditionError } from '#rules/subject-condition.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { knownItems } from '#store/items.ts';
import { adopted, allPolicies, versionsOf } from '#store/policies.ts';
import { adoptedRule, allRiskRules, versionsOfRule } from '#store/risk-rules.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { fieldErrors, jsonBody, type HttpRequest } from '#web/request.ts';
import { administrator, idOf, store } from './asking.ts';
import { requireRehearsal } from './rehearsed.ts';

/** All versions of all policies: those of triggers, then the rules about subjects and cohorts. */
export async function listPolicies(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const [policies, rules] = await Promise.all([allPolicies(store()), allRiskRules(store())]);
  return json(200, { policies: [...policies, ...rules] });
}

/** All versions of one policy, oldest first. */
export async function showPolicy(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const id = policyIdOf(request);
  const versions = await versionsOfAnyKind(id);
  const [first] = versions;
  return first === undefined
    ? refuse('not-found', `没有规则 ${id} There is no policy ${id}.`)
    : json(200, { id, about: kindOf(first), versions });
}

const Query = z.strictObject({ confirm: z.enum(['true', 'false']).default('false') });

/**
 * Adopts the next version of a policy, checked before it can take effect (article 17); one about subjects was rehearsed, too.
 * The same content again changes nothing.
 */
export async function adoptPolicy(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const body = jsonBody(request, PolicyBody);
  const id = policyIdOf(request);
  const confirm = confirmIn(request);
  const { policy, latest } = await workable(id, body);
  if (latest !== undefined && contentHash(latest) === contentHash(policy)) {
    return json(200, latest);
  }
  const { confirmed } = await requireRehearsal(store(), policy, { at: request.at, confirm });
  const hash = versionHash(policy);
  await commit(store(), {
    at: request.at,
    writes: writesOf(policy),
    events: [
      newEvent('policy.adopted', {
        time: request.at,
        about: { kind: 'policy', id, version: policy.version },
        correlation: id,
        causation: hash,
        actor: { kind: 'person', id: staff.staffNo },
        data: {
          policyVersion: policy.version,
          contentHash: hash,
          ...(confirmed ? { confirmed } : {}),
        },
      }),
    ],
  });
  return json(201, policy);
}

export function policyIdOf(request: HttpRequest): string {
  return idOf(Policy.shape.id, request);
}

/**
 * What is written, as the next version of its id, and the latest version that there is.
 * @param at where in the request's body it stands, as a JSON Pointer
 * @throws Refusal `policy-invalid` naming what could not take effect; `policy-id-taken` when the id is one of another kind
 */
export async function workable(
  id: string,
  body: PolicyBody,
  at = '',
): Promise<{ readonly policy: AnyPolicy; readonly latest: AnyPolicy | undefined }> {
  await refuseUnworkable(body, at);
  const latest = (await versionsOfAnyKind(id)).at(-1);
  if (latest !== undefined && kindOf(latest) !== kindOf(body)) {
    refuse(
      'policy-id-taken',
      `编号 ${id} 已用于 about 为 ${kindOf(latest)} 的规则，请换一个编号 The id ${id} belongs to a policy about ${kindOf(latest)}; take another one.`,
    );
  }
  return { policy: versionOf(body, id, (latest?.version ?? 0) + 1), latest };
}

/** One id has versions of one kind. */
async function versionsOfAnyKind(id: string): Promise<AnyPolicy[]> {
  const [policies, rules] = await Promise.all([versionsOf(store(), id), versionsOfRule(store(), id)]);
  return [...policies, ...rules];
}

function writesOf(policy: AnyPolicy): StateWrite[] {
  return 'about' in policy ? adoptedRule(policy) : [adopted(policy)];
}

function versionHash(policy: AnyPolicy): string {
  return sha256(canonicalJson(policy));
}

function confirmIn({ query }: HttpRequest): boolean {
  const parsed = Query.safeParse(query);
  return parsed.success
    ? parsed.data.confirm === 'true'
    : refuse(
        'query-invalid',
        '查询参数有误，见 errors The query does not fit; see errors.',
        fieldErrors(parsed.error),
      );
}

const conditionErrors: Readonly<Record<PolicyKind, (condition: string) => string | undefined>> = {
  trigger: conditionError,
  subject: subjectConditionError,
  cohort: cohortConditionError,
};

/** A rule that could not be typed or names an unknown item would fail on the day it is needed. */
async function refuseUnworkable(body: PolicyBody, at: string): Promise<void> {
  const wrong = conditionErrors[kindOf(body)](body.when);
  const { items, pointer } = itemsOf(body);
  const known = new Set((await knownItems(store(), items)).map((item) => item.code));
  const errors: FieldError[] = [
    ...(wrong === undefined ? [] : [{ pointer: `${at}/when`, detail: wrong }]),
    ...items.flatMap((code, place) =>
      known.has(code)
        ? []
        : [
            {
              pointer: `${at}${pointer}/${place}`,
              detail: `事项库中没有 ${code} is not in the item library`,
            },
          ],
    ),
  ];
  if (errors.length > 0) {
    refuse('policy-invalid', '规则不能生效，见 errors The policy can not take effect; see errors.', errors);
  }
}

/** The check items that a policy names, and where. */
function itemsOf(body: PolicyBody): { readonly items: readonly string[]; readonly pointer: string } {
  if (!('about' in body)) return { items: body.draw.items, pointer: '/draw/items' };
  const items = body.about === 'subject' ? (body.directCheck?.items ?? []) : [];
  return { items, pointer: '/directCheck/items' };
}
