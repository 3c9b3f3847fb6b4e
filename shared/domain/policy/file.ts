import type { Library } from '#domain/library/column.ts';
import { memberOf, writeText } from '#domain/library/writing.ts';
import { kindOf, type PolicyDraft, type PolicyKind } from './body.ts';
import type { Policy } from './policy.ts';
import { cohortTable, subjectTable } from './risk-tables.ts';
import { triggerTable } from './trigger-table.ts';

/** Each kind of policy has a table of its own, since each says something else. */
export const policyTables: Readonly<Record<PolicyKind, Library<PolicyDraft>>> = {
  trigger: triggerTable,
  subject: subjectTable,
  cohort: cohortTable,
};

/** The header row of a file of policies of a kind. */
export function policyHeader(kind: PolicyKind): string[] {
  return policyTables[kind].columns.map(({ header }) => header);
}

/** A policy as a row under the header of its kind; the row read again is the policy without its version. */
export function policyRow(policy: PolicyDraft): string[] {
  return policyTables[kindOf(policy)].columns.map(({ path, write = writeText }) =>
    write(memberOf(policy, path)),
  );
}

/** The newest version of each policy, by id: what an export holds. */
export function newest<Versioned extends Pick<Policy, 'id' | 'version'>>(
  versions: readonly Versioned[],
): Versioned[] {
  const latest = new Map<string, Versioned>();
  for (const policy of versions) {
    const known = latest.get(policy.id);
    if (known === undefined || known.version < policy.version) latest.set(policy.id, policy);
  }
  return [...latest.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** The column of a kind's table that a fault is about, by the fault's JSON pointer: `/draw/items/1` is 抽查事项. */
export function columnAt(kind: PolicyKind, pointer: string): string {
  const path = pointer.slice(1).replaceAll('/', '.');
  const column = policyTables[kind].columns.find(
    (one) => path === one.path || path.startsWith(`${one.path}.`),
  );
  return column?.header ?? '';
}
