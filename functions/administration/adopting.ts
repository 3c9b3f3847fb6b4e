import { sha256 } from '#sha256';
import { newEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { PolicyDraft } from '#domain/policy/file.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Instant } from '#domain/time/time.ts';
import { conditionError } from '#rules/condition.ts';
import { commit } from '#store/commit.ts';
import { adopted, versionsOf } from '#store/policies.ts';
import { store } from './asking.ts';

/** Why a policy can't take effect, as a JSON pointer into it and the value that stands there. */
export interface Unworkable {
  readonly pointer: string;
  readonly value: string;
  readonly reason: 'condition-invalid' | 'item-unknown';
  readonly detail: string;
}

/**
 * What would fail on the day that the policy is needed: a condition that can't be typed, an item that there is not.
 * @param items the codes of the item library, those that the policy names at least
 */
export function unworkable(
  { when, draw }: Pick<PolicyDraft, 'when' | 'draw'>,
  items: ReadonlySet<string>,
): Unworkable[] {
  const wrong = conditionError(when);
  const untyped: Unworkable[] =
    wrong === undefined
      ? []
      : [{ pointer: '/when', value: when, reason: 'condition-invalid', detail: wrong }];
  return [
    ...untyped,
    ...draw.items.flatMap((code, at): Unworkable[] =>
      items.has(code)
        ? []
        : [
            {
              pointer: `/draw/items/${at}`,
              value: code,
              reason: 'item-unknown',
              detail: `事项库中没有 ${code} is not in the item library`,
            },
          ],
    ),
  ];
}

/** The version that a draft becomes: the next one, or the newest itself when it says the same already. */
export function versionFor(latest: Policy | undefined, draft: PolicyDraft): Policy {
  return latest !== undefined && contentHash(latest) === contentHash({ ...draft, version: latest.version })
    ? latest
    : { ...draft, version: (latest?.version ?? 0) + 1 };
}

interface By {
  readonly at: Instant;
  readonly staffNo: string;
}

/**
 * Adopts the next version of a policy (article 17). The same content again changes nothing.
 * @throws Refusal `version-conflict` when somebody else adopted one meanwhile
 */
export async function adopt(
  draft: PolicyDraft,
  { at, staffNo }: By,
): Promise<{ readonly policy: Policy; readonly isNew: boolean }> {
  const latest = (await versionsOf(store(), draft.id)).at(-1);
  const policy = versionFor(latest, draft);
  if (policy === latest) return { policy, isNew: false };
  await commit(store(), {
    at,
    writes: [adopted(policy)],
    events: [
      newEvent('policy.adopted', {
        time: at,
        about: { kind: 'policy', id: policy.id, version: policy.version },
        correlation: policy.id,
        causation: contentHash(policy),
        actor: { kind: 'person', id: staffNo },
        data: { policyVersion: policy.version, contentHash: contentHash(policy) },
      }),
    ],
  });
  return { policy, isNew: true };
}

function contentHash(policy: Policy): string {
  return sha256(canonicalJson(policy));
}
