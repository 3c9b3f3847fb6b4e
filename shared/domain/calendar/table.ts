import type { Library } from '#domain/library/column.ts';
import { readDate, readLabel, readText } from '#domain/library/reading.ts';
import { ArrangedDay, arrangedLabels } from './arrangement.ts';

/** How other offices write the two kinds of day. 调休 is not among them: it stands for either. */
const OTHER_WORDS = {
  off: ['休息', '休息日', '放假', '假期', '节假日'],
  work: ['上班', '补班', '上班日', '补班日', '调休上班'],
} as const;

/** An arrangement as a table: `日期 | 类型 | 名称`, in any order of the columns. */
export const arrangementTable: Library<ArrangedDay> = {
  label: '放假安排 arrangement of a year',
  keyColumn: '日期',
  keyOf: ({ date, kind }) => `${date} ${kind}`,
  columns: [
    { header: '日期', path: 'date', required: true, read: readDate },
    {
      header: '类型',
      otherHeaders: ['休/班', '休班'],
      path: 'kind',
      required: true,
      read: readLabel(arrangedLabels, OTHER_WORDS),
    },
    {
      header: '名称',
      otherHeaders: ['节日', '节日名称', '假期名称'],
      path: 'name',
      read: readText,
      whenBlank: { value: () => '', note: '班可不填' },
    },
  ],
  schema: ArrangedDay,
};

/** The header row of an arrangement's table. */
export const ARRANGEMENT_HEADER: readonly string[] = arrangementTable.columns.map(({ header }) => header);

/** A day as a row under ARRANGEMENT_HEADER; importing it gives the day again. */
export function arrangementRow({ date, kind, name }: ArrangedDay): string[] {
  return [date, arrangedLabels[kind], name];
}
