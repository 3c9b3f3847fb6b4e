import * as z from 'zod';
import { Docket, emptyDocket } from '#domain/follow-up/docket.ts';
import { RecordDraft } from '#domain/inspection/draft.ts';
import { draftKey, stateKey } from './keys.ts';
import { loadMany, type StateTable } from './store.ts';

const Beside = z.union([Docket, RecordDraft]);

/** What hangs off an inspection, and the draft of its record by one person where one is named: one request to the store. */
export async function besideInspection(
  store: StateTable,
  id: string,
  writer: string | undefined,
): Promise<{ readonly docket: Docket; readonly draft: RecordDraft | undefined }> {
  const found = await loadMany(store, Beside, [
    stateKey('DOCKET', id),
    ...(writer === undefined ? [] : [draftKey(id, writer)]),
  ]);
  return {
    docket: found.find((one) => 'followUps' in one) ?? emptyDocket(id),
    draft: found.find((one) => 'fields' in one),
  };
}
