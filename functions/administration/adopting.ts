import { newEvent } from '#contracts/events.ts';
import {
  itemsNamedIn,
  kindOf,
  versionFor,
  versionHash,
  type AnyPolicy,
  type PolicyDraft,
  type PolicyKind,
} from '#domain/policy/body.ts';
import type { Instant } from '#domain/time/time.ts';
import { cohortConditionError } from '#rules/cohort-condition.ts';
import { conditionError } from '#rules/condition.ts';
import { subjectConditionError } from '#rules/subject-condition.ts';
import { adoptedPolicy, everyVersion } from '#store/any-policy.ts';
import { commit } from '#store/commit.ts';
import { knownItems } from '#store/items.ts';
import { store } from './asking.ts';
import { refuseFaults, type PolicyFault, type PolicyFaults } from './faults.ts';
import { rehearsalOf } from './rehearsed.ts';

/*
 * The one way from a draft of any kind to a version in force: by `PUT`, by a row of a file, and as far as its check for a
 * rehearsal. Whatever is refused of one is refused of the others.
 */

/** What a draft is checked against. */
export interface Known {
  /** The codes of the item library, those that the draft names at least. */
  readonly items: ReadonlySet<string>;
  /** The newest version under its id, of whatever kind. */
  readonly latest: AnyPolicy | undefined;
}

export interface By {
  readonly at: Instant;
  readonly staffNo: string;
  /** Whether a rule that holds for half of the operating subjects or more is meant. */
  readonly confirm: boolean;
}

/** What a draft comes to: nothing, since its newest version says the same; a new version; or why it can't be adopted. */
export type Judged =
  | { readonly kind: 'unchanged'; readonly policy: AnyPolicy }
  | { readonly kind: 'new'; readonly policy: AnyPolicy; readonly confirmed: boolean }
  | { readonly kind: 'at-fault'; readonly faults: PolicyFaults };

/** Tells what adopting a draft would come to. What is in force already is not checked again. */
export async function judge(draft: PolicyDraft, known: Known, by: By): Promise<Judged> {
  const policy = versionFor(known.latest, draft);
  if (policy === known.latest) return { kind: 'unchanged', policy };
  const faults = faultsOf(draft, known);
  if (faults !== undefined) return { kind: 'at-fault', faults };
  const { fault, confirmed } = await rehearsalOf(store(), policy, by);
  return fault === undefined ? { kind: 'new', policy, confirmed } : { kind: 'at-fault', faults: [fault] };
}

/**
 * Adopts the next version of a policy (article 17), when the draft is one and nothing is wrong with it.
 * @param items as of `Known`
 * @throws Refusal `version-conflict` when somebody else adopted one meanwhile
 */
export async function adopt(draft: PolicyDraft, items: Known['items'], by: By): Promise<Judged> {
  const judged = await judge(draft, { items, latest: await latestOf(draft) }, by);
  if (judged.kind !== 'new') return judged;
  const { policy, confirmed } = judged;
  const hash = versionHash(policy);
  await commit(store(), {
    at: by.at,
    writes: adoptedPolicy(policy),
    events: [
      newEvent('policy.adopted', {
        time: by.at,
        about: { kind: 'policy', id: policy.id, version: policy.version },
        correlation: policy.id,
        causation: hash,
        actor: { kind: 'person', id: by.staffNo },
        data: { policyVersion: policy.version, contentHash: hash, ...(confirmed ? { confirmed } : {}) },
      }),
    ],
  });
  return judged;
}

/**
 * A draft as the version that it would become, or is already.
 * @param at where in the request's body it stands, as a JSON Pointer
 * @throws Refusal `policy-invalid`, `policy-id-taken`
 */
export async function workable(draft: PolicyDraft, at: string): Promise<AnyPolicy> {
  const [items, latest] = await Promise.all([itemsFor([draft]), latestOf(draft)]);
  const faults = faultsOf(draft, { items, latest });
  if (faults !== undefined) refuseFaults(faults, at);
  return versionFor(latest, draft);
}

/** The check items (抽查事项) of the library that drafts name. */
export async function itemsFor(drafts: readonly PolicyDraft[]): Promise<Known['items']> {
  const codes = drafts.flatMap((draft) => itemsNamedIn(draft).items);
  return new Set((await knownItems(store(), codes)).map(({ code }) => code));
}

async function latestOf({ id }: PolicyDraft): Promise<AnyPolicy | undefined> {
  return (await everyVersion(store(), id)).at(-1);
}

const conditionErrors: Readonly<Record<PolicyKind, (condition: string) => string | undefined>> = {
  trigger: conditionError,
  subject: subjectConditionError,
  cohort: cohortConditionError,
};

/** What would fail on the day that the policy is needed: a condition that can't be typed, an item that there is not; and an id of another kind. */
function faultsOf(draft: PolicyDraft, { items, latest }: Known): PolicyFaults | undefined {
  const wrong = conditionErrors[kindOf(draft)](draft.when);
  const named = itemsNamedIn(draft);
  const [first, ...others] = [
    ...(wrong === undefined ? [] : [untyped(wrong)]),
    ...named.items.flatMap((code, place) =>
      items.has(code) ? [] : [unlisted(code, `${named.pointer}/${place}`)],
    ),
    ...(latest === undefined || kindOf(latest) === kindOf(draft) ? [] : [taken(draft.id, kindOf(latest))]),
  ];
  return first === undefined ? undefined : [first, ...others];
}

function untyped(detail: string): PolicyFault {
  return { reason: 'condition-invalid', pointer: '/when', detail };
}

function unlisted(code: string, pointer: string): PolicyFault {
  return { reason: 'item-unknown', pointer, detail: `事项库中没有 ${code} is not in the item library` };
}

function taken(id: string, kind: PolicyKind): PolicyFault {
  return {
    reason: 'policy-id-taken',
    pointer: '/id',
    detail: `编号 ${id} 已用于 about 为 ${kind} 的规则，请换一个编号 The id ${id} belongs to a policy about ${kind}; take another one.`,
  };
}
