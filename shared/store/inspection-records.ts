import { EnteredRecord } from '#domain/inspection/record.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { StateWrite } from './commit.ts';
import { RECORD_PREFIX, recordKey, recordPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** What was entered, to be kept beside what stands now. @throws TypeError when the inspection has no record */
export function enteredRecord({ id, version, record, recordedBy, recordedAt }: Inspection): StateWrite {
  if (record === undefined || recordedBy === undefined || recordedAt === undefined) {
    throw new TypeError(`${id} has no record`);
  }
  return {
    key: recordKey(id, version),
    item: { version, by: recordedBy, at: recordedAt, record },
    expect: 'absent',
  };
}

/** Every version of an inspection's record, oldest first. */
export function recordsOf(store: StateTable, inspection: string): Promise<EnteredRecord[]> {
  return queryAll(store, EnteredRecord, {
    partition: recordPartition('inspection', inspection),
    prefix: RECORD_PREFIX,
  });
}
