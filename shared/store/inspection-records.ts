import * as z from 'zod';
import { InspectionRecord } from '#domain/inspection/record.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { RECORD_PREFIX, recordKey, recordPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** A record as it was entered: by whom, when, and in which version of the inspection it stood first. */
const EnteredRecord = z.object({
  version: z.int().positive(),
  by: z.string(),
  at: Instant,
  record: InspectionRecord,
});
type EnteredRecord = z.infer<typeof EnteredRecord>;

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
