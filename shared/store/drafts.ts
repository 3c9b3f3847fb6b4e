import { RecordDraft } from '#domain/inspection/draft.ts';
import type { StateWrite } from './commit.ts';
import { draftKey } from './keys.ts';
import { load, type StateTable } from './store.ts';

/** What a person has filled in of an inspection's record; undefined before they have saved anything. */
export function draftOf(
  store: StateTable,
  inspection: string,
  person: string,
): Promise<RecordDraft | undefined> {
  return load(store, RecordDraft, draftKey(inspection, person));
}

/** Stores a draft in its first version or a later one. */
export function savedDraft(draft: RecordDraft): StateWrite {
  return {
    key: draftKey(draft.inspection, draft.by),
    item: draft,
    expect: draft.version === 1 ? 'absent' : { version: draft.version - 1 },
  };
}
