import * as z from 'zod';
import { type Publication, resultsOf, type Withdrawal } from '#domain/inspection/publication.ts';
import { resultErrors } from '#domain/inspection/record-rules.ts';
import { type InspectionRecord, ResultCode } from '#domain/inspection/record.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import type { Instant } from '#domain/time/time.ts';

/** What no correction changes: who was inspected by whom, when it ended, and when that was published first, in time or late. */
const fixed = z
  .never({
    error: '法定事实，不得更正 a fact by law, which no correction changes; withdraw the record instead',
  })
  .optional();

const text = z.string().trim().min(1).max(500);

/** What a correction may change; what is left out stays. */
export const Changes = z.strictObject({
  subjectName: text.optional(),
  results: z.array(ResultCode).min(1).optional(),
  /** The words of items that are on the record; none comes and none goes, since that is what was inspected. */
  items: z
    .array(z.strictObject({ code: z.string(), matter: text, legalBasis: text }))
    .min(1)
    .optional(),
  id: fixed,
  version: fixed,
  inspection: fixed,
  draws: fixed,
  subjectId: fixed,
  units: fixed,
  inspectedOn: fixed,
  publishedAt: fixed,
  publishBy: fixed,
  onTime: fixed,
  corrected: fixed,
});
export type Changes = Pick<z.infer<typeof Changes>, 'subjectName' | 'results' | 'items'>;

interface Why {
  readonly at: Instant;
  readonly reason: string;
}

/**
 * The next version of a public record.
 * @param record of the inspection: result 8 is published only where its record has one of the four kinds of article 12
 * @throws Refusal `body-invalid` naming each change that can't be made, or when nothing would change
 */
export function correctedPublication(
  before: Publication,
  changes: Changes,
  { at, reason }: Why,
  record: InspectionRecord | undefined,
): Publication {
  const faults = faultsOf(before, changes, record);
  const worded = new Map(changes.items?.map((item) => [item.code, item]));
  const after: Publication = {
    ...before,
    subjectName: changes.subjectName ?? before.subjectName,
    results: changes.results === undefined ? before.results : resultsOf(changes.results),
    items: before.items.map((item) => worded.get(item.code) ?? item),
  };
  if (faults.length === 0 && JSON.stringify(after) === JSON.stringify(before)) {
    faults.push({ pointer: '/changes', detail: '与现公示内容相同 nothing would change' });
  }
  if (faults.length > 0) {
    throw new Refusal('body-invalid', '更正内容有误，见 errors The changes do not fit; see errors.', faults);
  }
  return { ...after, version: before.version + 1, corrected: { at, reason } };
}

function faultsOf(
  { items: known }: Publication,
  { results, items = [] }: Changes,
  record: InspectionRecord | undefined,
): FieldError[] {
  const codes = known.map(({ code }) => code);
  const wrongResults = results === undefined ? [] : resultErrors({ results });
  const unproven = results?.includes(8) === true && record?.nonCooperation === undefined;
  return [
    ...wrongResults.map(({ pointer, detail }) => ({ pointer: `/changes${pointer}`, detail })),
    ...(unproven
      ? [
          {
            pointer: '/changes/results',
            detail:
              '检查记录未载明第十二条情形 result 8 needs a kind of article 12 in the record of the visit',
          },
        ]
      : []),
    ...items.flatMap(({ code }, at) =>
      codes.includes(code) && items.findIndex((item) => item.code === code) === at
        ? []
        : [{ pointer: `/changes/items/${at}/code`, detail: `one of ${codes.join(', ')}, each once` }],
    ),
  ];
}

/** What stands in place of a public record that is withdrawn by law. */
export function withdrawnPublication(
  { id, inspection, version }: Publication,
  withdrawn: { readonly at: Instant; readonly legalReason: string },
): Withdrawal {
  return { id, version: version + 1, inspection, withdrawn };
}
