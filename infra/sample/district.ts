import { encodeGb18030 } from '#infra/sample/gb18030.ts';
import { faultySubjectRows } from '#infra/sample/faulty.ts';
import { ITEM_HEADERS, itemRows } from '#infra/sample/items.ts';
import { at, seededRandom } from '#infra/sample/random.ts';
import { INSPECTOR_HEADERS, inspectorRows, PEOPLE_HEADERS, peopleRows } from '#infra/sample/staff.ts';
import { SUBJECT_HEADERS, subjectRows } from '#infra/sample/subjects.ts';
import type { LibraryName } from '#domain/library/library.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { csvText, writeCsv } from '#files/csv.ts';
import type { TextEncoding } from '#files/decode.ts';

/** One file as a bureau would send it. */
export interface SampleFile {
  readonly name: string;
  readonly library: LibraryName;
  readonly encoding: TextEncoding;
  readonly bytes: Uint8Array;
  /** The file shows what the import refuses; every row of the others is accepted. */
  readonly deliberateErrors: boolean;
}

/**
 * The files of a district that doesn't exist: 5,000 subjects, 60 inspectors in 6 units, 73 people, 24 check items,
 * a month's changed credit classes, and a file with deliberate errors. The same seed and day give the same bytes.
 * @param today the day that certificates, classes and ages are counted from
 */
export function sampleDistrict({
  seed,
  today,
}: {
  readonly seed: string;
  readonly today: CalendarDate;
}): SampleFile[] {
  const subjects = subjectRows(
    { random: seededRandom(`${seed}/subjects`), licences: seededRandom(`${seed}/licences`) },
    today,
  );
  const inspectors = inspectorRows(seededRandom(`${seed}/inspectors`), today);
  const people = peopleRows(seededRandom(`${seed}/people`), inspectors);
  return [
    gb18030File('subjects.csv', 'subjects', [[...SUBJECT_HEADERS], ...subjects]),
    gb18030File('inspectors.csv', 'inspectors', [[...INSPECTOR_HEADERS], ...inspectors]),
    utf8File('people.csv', 'people', [[...PEOPLE_HEADERS], ...people]),
    utf8File('items.csv', 'items', [[...ITEM_HEADERS], ...itemRows()]),
    utf8File('credit-classes.csv', 'classings', classingRows(subjects, today)),
    {
      ...gb18030File('subjects-with-errors.csv', 'subjects', faultySubjectRows(today)),
      deliberateErrors: true,
    },
  ];
}

/** Every 25th subject is one class worse (D stays D) from today on: enough for warnings, and no two runs differ. */
function classingRows(subjects: readonly (readonly string[])[], today: CalendarDate): string[][] {
  const classColumn = SUBJECT_HEADERS.indexOf('信用风险类别');
  const worse = new Map([
    ['A', 'B'],
    ['B', 'C'],
  ]);
  const changed = subjects.filter((_, index) => index % 25 === 0);
  return [
    ['统一社会信用代码', '企业名称', '信用风险类别', '评定日期'],
    ...changed.map((row) => [at(row, 0), at(row, 1), worse.get(at(row, classColumn)) ?? 'D', today]),
  ];
}

function gb18030File(name: string, library: LibraryName, rows: readonly (readonly string[])[]): SampleFile {
  return { name, library, encoding: 'gb18030', bytes: encodeGb18030(csvText(rows)), deliberateErrors: false };
}

function utf8File(name: string, library: LibraryName, rows: readonly (readonly string[])[]): SampleFile {
  return { name, library, encoding: 'utf-8', bytes: writeCsv(rows), deliberateErrors: false };
}
