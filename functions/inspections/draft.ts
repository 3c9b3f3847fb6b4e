import { isDeepStrictEqual } from 'node:util';
import { InspectionDraftBody } from '#contracts/api/inspection-lists.ts';
import { currentDraft, drafted, MAX_DRAFT_BYTES, shownDraft } from '#domain/inspection/draft.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { commit, settled } from '#store/commit.ts';
import { draftOf, savedDraft } from '#store/drafts.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { store, visible } from './asking.ts';

/** Keeps what somebody of the team has filled in of the record, in place of what they had filled in before. */
export async function saveDraft(request: HttpRequest): Promise<Answer> {
  const outcome = await settled(async (): Promise<Answer | Refusal> => {
    const { staff, inspection } = await visible(request);
    const known = await draftOf(store(), inspection.id, staff.staffNo);
    const { staffNo: by } = staff;
    // Who may write one comes first: a stranger is not told what a draft would have to look like.
    drafted(inspection, known, { by, at: request.at, fields: {} });
    const { fields } = jsonBody(request, InspectionDraftBody, MAX_DRAFT_BYTES);
    // A request that is sent again because its answer got lost: it is kept already, under whichever version was named.
    if (known !== undefined && isDeepStrictEqual(currentDraft(inspection, known)?.fields, fields)) {
      return json(200, shownDraft(known), { etag: `"${known.version}"` });
    }
    const current = known === undefined ? '"0"' : `"${known.version}"`;
    const expected = request.headers['if-match'];
    if (expected !== undefined && expected !== current) {
      return new Refusal(
        'version-conflict',
        `草稿当前版本为 ${current}，而非 ${expected}，可能已在另一窗口保存 The draft's version is ${current}, not ${expected}; it was saved in another window.`,
      );
    }
    const next = drafted(inspection, known, { by, at: request.at, fields });
    await commit(store(), { at: request.at, writes: [savedDraft(next)], events: [] });
    return json(200, shownDraft(next), { etag: `"${next.version}"` });
  });
  // Thrown within the step it would be tried again, and whoever looked at an old version would wait for the same answer.
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}
