import type { RowError } from '#domain/library/column.ts';
import type { AmendingLibraryName, LibraryRecord } from '#domain/library/library.ts';
import { withPermit } from '#domain/library/permits.ts';
import { idColumn, withClass } from '#domain/library/subjects.ts';
import type { Subject } from '#domain/subject/subject.ts';

/** A row that says something of a subject that the register has. */
export interface Amendment<Name extends AmendingLibraryName> {
  readonly row: number;
  readonly record: LibraryRecord[Name];
}

export type Amended =
  | { readonly ok: true; readonly subject: Subject }
  | { readonly ok: false; readonly error: RowError };

const amend: {
  readonly [Name in AmendingLibraryName]: (
    subject: Subject,
    record: LibraryRecord[Name],
  ) => Subject | undefined;
} = { licences: withPermit, classings: withClass };

/** The subject as a row amends it; a row for a subject that the register does not have is at fault, and so is one too many. */
export function amended<Name extends AmendingLibraryName>(
  name: Name,
  subject: Subject | undefined,
  { row, record }: Amendment<Name>,
): Amended {
  if (subject === undefined) return { ok: false, error: unknownSubject(row, record.id) };
  const decide: (subject: Subject, record: LibraryRecord[Name]) => Subject | undefined = amend[name];
  const next = decide(subject, record);
  return next === undefined
    ? { ok: false, error: fault(row, record.id, 'too-many', '该对象的监管标签或许可证将超过 30 个') }
    : { ok: true, subject: next };
}

/** What is wrong with a row about a subject that the register does not have. */
export function unknownSubject(row: number, id: string): RowError {
  return fault(row, id, 'subject-unknown', '检查对象库中没有这个代码：请核对，或先导入检查对象');
}

function fault(row: number, value: string, reason: string, detail: string): RowError {
  return { row, column: idColumn.header, value, reason, detail };
}
