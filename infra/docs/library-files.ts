import type { Column } from '#domain/library/column.ts';
import { libraries, LibraryName } from '#domain/library/library.ts';
import { LiftableKind, signalLabels } from '#domain/signal/signal.ts';
import { code, page, table } from './markdown.ts';

const KINDS = Object.entries(signalLabels)
  .map(([kind, label]) => `${label} ${code(kind)}`)
  .join(', ');

/** What importing a row means, library by library. */
const MEANING: Readonly<Record<LibraryName, string>> = {
  subjects: `A row is the whole truth of its subject, but for the credit-risk class: one that is older than the class that stands, or is left blank, does not take its
place (one of the same day corrects it). Each class is kept in the subject's history. A row that only tells an older class counts as unchanged.

Columns that registers add for a state without its day (经营异常名录, 严重违法失信, 年报状态) are not read, and the report names them among the unknown ones:
a signal needs the day on which it happened, and the day of the import is not that; a file that says 是 every month would become a new signal every month. Import
them as a file of signals.`,
  inspectors: 'A row is the whole truth of its inspector.',
  items: 'A row is the whole truth of its check item.',
  people: 'A row is the whole truth of its person.',
  licences: `A row adds tags and a licence to a subject that the library has, and takes nothing away. A licence of the same name and number is replaced by its newer
state. A row needs a special library (专项库名称) or a licence. In an export the first tag of a subject stands as its special library.`,
  classings: `A row gives a subject that the library has the class of a day. A class that is older than the one that stands changes nothing of the subject, counts as
unchanged, and is in its history all the same. A file may have several days of one subject.`,
  signals: `A row tells of one risk signal (风险信号) about a subject that the library has. It is known by subject, kind, day and number (文书号): the same row again,
also from another file or recorded by a person, changes nothing, and one that says something else of it (备注, 修复范围) is refused (\`signal-differs\`), since signals are
never changed. Two of the same kind and day need numbers of their own. A day after the day of the import is refused (\`date-future\`).

信号类型 is the label or the code: ${KINDS}. A 信用修复 names in 修复范围 what it lifts from its day on,
with 、 between: ${LiftableKind.options.map((kind) => signalLabels[kind]).join('、')}, or 全部 for all of them. Complaints that come as triggers and published
inspections become signals by themselves; an export has those too.`,
};

/** docs/files.md: the columns of every file that can be imported, and what its rows mean. */
export function libraryFilesPage(): string {
  return page(
    'Files 名录库文件',
    'shared/domain/library',
    `Files come as CSV (UTF-8 or GB18030) or XLSX, by \`mingchou import FILE --library NAME\` or [over HTTP](routes.md), with a dry run first where you like. The first row that
is not blank names the columns, in any order and by any of the names below. A second row that explains and a row 案例（请删除） are left out. Rows at fault are reported with row,
column and reason; the others are imported. The same file again changes nothing. \`mingchou export --library NAME --out FILE\` writes any of them whole: its columns are the
first names below, and it imports again unchanged. Whatever changes a subject makes it due for the next scan of risks.`,
    ...LibraryName.options.flatMap((name) => [
      `## ${code(name)} ${libraries[name].label}\n\n${MEANING[name]}`,
      table(['column', 'other names', 'needed', 'blank is taken for'], libraries[name].columns.map(rowOf)),
    ]),
  );
}

function rowOf({ header, otherHeaders = [], required, whenBlank }: Column): string[] {
  const needed = { true: 'yes', 'in-header': 'the column; the cell may be blank', undefined: 'no' };
  return [header, otherHeaders.join('、'), needed[`${required}`], whenBlank?.note ?? ''];
}
