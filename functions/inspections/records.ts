import { recordFor } from '#domain/inspection/readers.ts';
import { recordsOf } from '#store/inspection-records.ts';
import { json, type Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { store, visible } from './asking.ts';

/** Every version of the record that was entered before the publication, oldest first. */
export async function records(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  const entered = await recordsOf(store(), inspection.id);
  return json(200, {
    records: entered.map(({ record, ...rest }) => ({
      ...rest,
      record: recordFor(staff, inspection, record),
    })),
  });
}
