import { Policy, inForce } from '#domain/policy/policy.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { lists, stateKey } from './keys.ts';
import { mustLoad } from './records.ts';
import { queryAll, type StateTable } from './store.ts';

/** Each version is a record of its own: what a draw went by can always be read again (article 17). */
const versionId = (id: string, version: number): string => `${id}@${version}`;

/** Adopts a version; fails when that version exists. */
export function adopted(policy: Policy): StateWrite {
  return {
    key: stateKey('POLICY', versionId(policy.id, policy.version)),
    item: {
      ...policy,
      listPk: lists.policies,
      listSk: `${policy.id}#${String(policy.version).padStart(6, '0')}`,
    },
    expect: 'absent',
  };
}

/** Stored rows carry their keys; what is parsed of them is the policy alone. */
const StoredPolicy = Policy.strip();

/** All versions of all policies, by id and version. */
export function allPolicies(store: StateTable): Promise<Policy[]> {
  return queryAll(store, StoredPolicy, { index: 'list', partition: lists.policies });
}

/** All versions of one policy, oldest first. */
export function versionsOf(store: StateTable, id: string): Promise<Policy[]> {
  return queryAll(store, StoredPolicy, { index: 'list', partition: lists.policies, prefix: `${id}#` });
}

export async function policiesInForce(store: StateTable, day: CalendarDate): Promise<Policy[]> {
  return inForce(await allPolicies(store), day);
}

/** @throws Refusal `not-found` */
export function policyVersion(store: StateTable, id: string, version: number): Promise<Policy> {
  return mustLoad(store, StoredPolicy, 'POLICY', versionId(id, version));
}
