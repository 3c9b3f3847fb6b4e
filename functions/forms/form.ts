import type { Inspection } from '#domain/inspection/inspection.ts';
import { recordFor } from '#domain/inspection/readers.ts';
import { registrationForm } from '#domain/inspection/registration-form.ts';
import { titlesOf } from '#store/draws.ts';
import { evidenceOf } from '#store/evidence.ts';
import { json, type Answer } from '#web/answer.ts';
import { documentAnswer } from '#web/document.tsx';
import { registrationFormText } from '#web/registration-form.tsx';
import { wantsJson, type HttpRequest } from '#web/request.ts';
import { store, visible } from './asking.ts';

/** The registration form 执法检查登记表: empty before the visit, filled once it is recorded. */
export async function form(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  const { record } = inspection;
  const shown: Inspection =
    record === undefined ? inspection : { ...inspection, record: recordFor(staff, inspection, record) };
  const [titles, evidence] = await Promise.all([
    titlesOf(
      store(),
      inspection.draws.map(({ id }) => id),
    ),
    evidenceOf(store(), inspection.id),
  ]);
  const filled = registrationForm(shown, titles, evidence);
  return wantsJson(request) ? json(200, filled) : documentAnswer(registrationFormText(filled));
}
