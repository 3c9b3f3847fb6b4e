import type { Publication, PublicRecord } from '#domain/inspection/publication.ts';
import { isWithdrawn } from '#domain/inspection/publication.ts';
import { subjectIdFault } from '#domain/subject/subject-id.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { SubmissionKind } from './sent.ts';

/** All that a row for the national system is made of. */
export interface Reported {
  readonly kind: SubmissionKind;
  /** What stands, or that it was withdrawn. */
  readonly record: PublicRecord;
  /** The last version that said something; the record itself unless that was withdrawn. */
  readonly publication: Publication;
  /** Titles of the draws by their ids, as far as they are known. */
  readonly titles: ReadonlyMap<string, string>;
}

/** One column of the file. */
export interface SubmissionColumn {
  /** The Chinese label in the first row. */
  readonly header: string;
  /** Where the value comes from, for the people who map it to the receiving system's own template. */
  readonly source: string;
  readonly type: 'text' | 'code' | 'date' | 'number';
  /** Characters that the receiving column takes. */
  readonly longest: number;
  readonly required: boolean;
  /** Whether a row that withdraws a record has it: such a row names the record and says no more of it than that. */
  readonly ofWithdrawn: boolean;
  readonly cell: (reported: Reported) => string;
  /** What is wrong with a cell beyond its length, in Chinese. */
  readonly fault?: (cell: string) => string | undefined;
}

/** Between several values of one cell. */
const SEPARATOR = '；';

const kindLabels: Readonly<Record<SubmissionKind, string>> = {
  new: '新增',
  corrected: '更正',
  withdrawn: '撤销',
};

const joined = (values: readonly (string | number)[]): string =>
  [...new Set(values.map(String))].join(SEPARATOR);

/** A day as ISO 8601 has it, which the receiving systems take. */
const notADay = (cell: string) => (/^\d{4}-\d{2}-\d{2}$/.test(cell) ? undefined : '应为日期，如 2026-03-02');

/**
 * The file for 国家企业信用信息公示系统 and 部门协同监管平台—河南 (article 7(6)), column by column. What leads to the people
 * who were met or who came is not in the public record and does not go out. Another province's template is another order of
 * these, with other headers and limits: it is changed here and nowhere else (docs/national-export.md).
 */
export const submissionColumns: readonly SubmissionColumn[] = [
  {
    header: '操作类型',
    source: '新增 the first time, 更正 after a correction, 撤销 after a withdrawal',
    type: 'text',
    longest: 2,
    required: true,
    ofWithdrawn: true,
    cell: ({ kind }) => kindLabels[kind],
  },
  {
    header: '公示编号',
    source: '`inspection` of the public record: the same in every version',
    type: 'text',
    longest: 32,
    required: true,
    ofWithdrawn: true,
    cell: ({ record }) => record.inspection,
  },
  {
    header: '公示版本',
    source: '`version` of the public record',
    type: 'number',
    longest: 6,
    required: true,
    ofWithdrawn: true,
    cell: ({ record }) => String(record.version),
  },
  {
    header: '任务编号',
    source: 'document numbers 文号 of the plans, `draws[].planNumber`',
    type: 'text',
    longest: 100,
    required: true,
    ofWithdrawn: true,
    cell: ({ publication }) => joined(publication.draws.map(({ planNumber }) => planNumber)),
  },
  {
    header: '任务名称',
    source: 'titles of the draws 抽取',
    type: 'text',
    longest: 200,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication, titles }) => joined(publication.draws.flatMap(({ id }) => titles.get(id) ?? [])),
  },
  {
    header: '统一社会信用代码/注册号',
    source: '`subjectId`: 18 characters, or 15 digits where there never was a code',
    type: 'code',
    longest: 18,
    required: true,
    ofWithdrawn: true,
    cell: ({ publication }) => publication.subjectId,
    fault: (cell) => subjectIdFault(cell)?.detail,
  },
  {
    header: '企业名称',
    source: '`subjectName`',
    type: 'text',
    longest: 100,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => publication.subjectName,
  },
  {
    header: '抽查机关',
    source: '`units`',
    type: 'text',
    longest: 200,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => joined(publication.units),
  },
  {
    header: '抽查事项编号',
    source: '`items[].code`',
    type: 'text',
    longest: 500,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => joined(publication.items.map(({ code }) => code)),
  },
  {
    header: '抽查事项',
    source: '`items[].matter`',
    type: 'text',
    longest: 2000,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => joined(publication.items.map(({ matter }) => matter)),
  },
  {
    header: '检查结果代码',
    source: '`results[].code`, 1 to 12 of the record form',
    type: 'text',
    longest: 40,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => joined(publication.results.map(({ code }) => code)),
  },
  {
    header: '检查结果',
    source: '`results[].text`',
    type: 'text',
    longest: 500,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => joined(publication.results.map(({ text }) => text)),
  },
  {
    header: '检查日期',
    source: '`inspectedOn`: the day on which the visit ended',
    type: 'date',
    longest: 10,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => publication.inspectedOn,
    fault: notADay,
  },
  {
    header: '公示日期',
    source: 'day of `publishedAt` in Asia/Shanghai: of the first publication, whatever was corrected since',
    type: 'date',
    longest: 10,
    required: true,
    ofWithdrawn: false,
    cell: ({ publication }) => dateInShanghai(publication.publishedAt),
    fault: notADay,
  },
  {
    header: '更正或撤销日期',
    source: 'day of `corrected.at` or `withdrawn.at`; blank on the first version',
    type: 'date',
    longest: 10,
    required: false,
    ofWithdrawn: true,
    cell: (reported) => {
      const at = isWithdrawn(reported.record) ? reported.record.withdrawn.at : reported.record.corrected?.at;
      return at === undefined ? '' : dateInShanghai(at);
    },
    fault: notADay,
  },
  {
    header: '更正理由或撤销依据',
    source: '`corrected.reason` or `withdrawn.legalReason`; blank on the first version',
    type: 'text',
    longest: 1000,
    required: false,
    ofWithdrawn: true,
    cell: ({ record }) =>
      isWithdrawn(record) ? record.withdrawn.legalReason : (record.corrected?.reason ?? ''),
  },
];

/** The first row of the file. */
export const submissionHeader: readonly string[] = submissionColumns.map(({ header }) => header);

/** Enough of a cell to know it by. */
const SHOWN = 200;

/** What is wrong with one cell of a row. */
export interface CellFault {
  readonly column: string;
  /** The cell, as far as a person needs it to find it. */
  readonly value: string;
  readonly reason: 'missing' | 'too-long' | 'malformed';
  /** A sentence in Chinese for the person who has it corrected. */
  readonly detail: string;
}

interface SubmissionRow {
  readonly cells: readonly string[];
  /** Everything that does not fit: such a row goes into no file, and nothing of it is cut off. */
  readonly faults: readonly CellFault[];
}

/** The row of a record, in the order of the columns. */
export function submissionRow(reported: Reported): SubmissionRow {
  const withdrawn = isWithdrawn(reported.record);
  const read = submissionColumns.map((column) => {
    const told = !withdrawn || column.ofWithdrawn;
    const cell = told ? column.cell(reported) : '';
    return { cell, faults: told ? faultsOf(column, cell) : [] };
  });
  return { cells: read.map(({ cell }) => cell), faults: read.flatMap(({ faults }) => faults) };
}

function faultsOf({ header, longest, required, fault }: SubmissionColumn, cell: string): CellFault[] {
  if (cell === '') {
    return required ? [{ column: header, value: '', reason: 'missing', detail: '必填，现为空' }] : [];
  }
  const length = Array.from(cell).length;
  const malformed = fault?.(cell);
  const shown = Array.from(cell).slice(0, SHOWN).join('');
  return [
    ...(length > longest
      ? [
          {
            column: header,
            value: shown,
            reason: 'too-long' as const,
            detail: `最多 ${longest} 个字符，现为 ${length} 个`,
          },
        ]
      : []),
    ...(malformed === undefined
      ? []
      : [{ column: header, value: shown, reason: 'malformed' as const, detail: malformed }]),
  ];
}
