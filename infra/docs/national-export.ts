import { submissionColumns, type SubmissionColumn } from '#domain/submission/columns.ts';
import { page, table } from './markdown.ts';

const TYPES: Readonly<Record<SubmissionColumn['type'], string>> = {
  text: 'text 文本',
  code: 'code 代码',
  date: 'date 日期, `2026-03-02`',
  number: 'number 数字',
};

/** docs/national-export.md: the columns of the file for the national system, and what becomes of a file. */
export function nationalExportPage(): string {
  return page(
    'File for the national system 报送文件',
    'shared/domain/submission/columns.ts',
    `Article 7(6) publishes results in 国家企业信用信息公示系统, in Henan through 部门协同监管平台—河南. Neither has an open interface: a file is made here
and uploaded there. What goes out is what is public already; the people who were met or who came stand in no public record and in no file.

**Before the first upload** compare the table with the template of your own platform. Its columns, headers and limits were not to be had
here: these are the labels that staff know, with limits on the careful side. Another template is another table in the one file named above.

## Columns`,
    table(
      ['#', 'column', 'from the public record', 'type', 'characters', 'needed', 'in a 撤销 row'],
      submissionColumns.map(({ header, source, type, longest, required, ofWithdrawn }, at) => [
        String(at + 1),
        header,
        source,
        TYPES[type],
        `≤ ${longest}`,
        required ? 'yes' : '',
        ofWithdrawn ? 'yes' : 'blank',
      ]),
    ),
    `Several values of one cell have ； between them. A row that does not fit (blank, too long, a code whose check character is wrong, a
date that is none) goes into no file and nothing of it is cut off: it is told with row, column and reason, and waits apart until it is corrected
更正 or asked for again. Every cell of the workbook is text; the CSV is UTF-8 with byte order mark, CR LF, formulas disarmed.

## What becomes of a file`,
    `| request | who | does |
| --- | --- | --- |
| \`POST /exports/national\` | lead section, administrator | makes the next file: at most \`submissionRows\` (1,000) records that are owed, oldest first; \`more\` says that another is due; 409 \`nothing-owed\` when nothing is. \`{"unfit": true}\` looks again at the rows that did not fit |
| \`GET /exports/national\` | and supervisor | files, newest first |
| \`GET /exports/national/{id}\` | and supervisor | one file: state, rows, hashes, and every row that did not fit |
| \`GET /exports/national/{id}/file?format=xlsx\` | and supervisor | 303 to a link that is good for 15 minutes; \`format=csv\` for CSV. The same bytes however often, with the hash that the ledger's event \`submission.made\` holds |
| \`POST /exports/national/{id}/confirm\` | lead section, administrator | the platform has taken the file |
| \`POST /exports/national/{id}/reject\` | lead section, administrator | the platform has refused it, with \`reason\`: its records are owed again, as what they were |

A record is owed from its publication, again from each correction (更正) and from a withdrawal (撤销); one that was withdrawn before it
ever went out is not. What went out of it, in which file, as which version, when and by whom stands in the record \`SENT\` of the inspection.
Two files at once are made one after the other and no record goes out in both; one that was broken off is carried on by the next request.
A file counts as delivered until it is rejected: if a later file had a correction of a record, and the earlier one with its first publication
is rejected, the later one has to be rejected as well. Results published before this existed are not owed until they are corrected.`,
  );
}
