import { Evidence } from '#domain/evidence/evidence.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { StateWrite } from './commit.ts';
import { EVIDENCE_PREFIX, evidenceKey, recordPartition } from './keys.ts';
import { load, queryAll, type StateTable } from './store.ts';

/** All evidence of an inspection, stored or only announced, in no order that means anything. */
export function evidenceOf(store: StateTable, inspection: string): Promise<Evidence[]> {
  return queryAll(store, Evidence, {
    partition: recordPartition('inspection', inspection),
    prefix: EVIDENCE_PREFIX,
  });
}

/** @throws Refusal `not-found` */
export async function loadEvidence(store: StateTable, inspection: string, id: string): Promise<Evidence> {
  const found = await load(store, Evidence, evidenceKey(inspection, id));
  if (found === undefined) {
    throw new Refusal('not-found', `没有找到证据 evidence ${id} of ${inspection} was not found.`);
  }
  return found;
}

/** A new version of a piece of evidence. Committing it fails when the stored one is not the version before. */
export function savedEvidence(evidence: Evidence): StateWrite {
  const before = evidence.version - 1;
  return {
    key: evidenceKey(evidence.inspection, evidence.id),
    item: evidence,
    expect: before === 0 ? 'absent' : { version: before },
  };
}
