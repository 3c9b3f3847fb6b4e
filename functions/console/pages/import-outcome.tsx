import type { ImportReport } from '#contracts/api/import-report.ts';
import type { ImportProgress } from '#contracts/api/libraries.ts';
import { Badge, Facts, List, type Tone } from '#console/kit/list.tsx';
import type { Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { libraries } from '#domain/library/library.ts';
import { errorsCsv } from '#files/csv.ts';

/** Rows at fault that a page shows; the file has all that the API named. */
const SHOWN = 50;

interface ImportedProps {
  readonly report: ImportReport;
  /** The file's own name; absent where it was uploaded before. */
  readonly name?: string;
}

/** What came of a file that was read in one request, or would come of it, and what is to be done next. */
export function Imported({ report, name }: ImportedProps) {
  const { dryRun, rejected, errors } = report;
  return (
    <>
      <p>
        <strong>{dryRun ? '试导入，未写入 A dry run: nothing was written' : '已导入 Imported'}</strong>
        {name === undefined ? '' : `：${name}`}
        {report.changed ? '' : '；与库内一致，没有变化 nothing is other than before'}
      </p>
      <p>
        <Two words={nextOf(report)} />
      </p>
      <Counts of={report} rows={report.rows} words={['合格的行', 'Valid rows']} />
      <Beside
        encoding={report.encoding}
        skipped={report.skipped.length}
        shortRows={report.shortRows}
        unknownColumns={report.unknownColumns}
      />
      {rejected === 0 ? null : (
        <>
          <p>
            <a
              href={`data:text/csv;base64,${Buffer.from(errorsCsv(errors)).toString('base64')}`}
              download={`${report.library}-errors.csv`}
            >
              下载错误文件 Download the rows at fault
            </a>
            {errors.length > SHOWN ? `；下表为前 ${SHOWN} 处 the first ${SHOWN} are below` : ''}
          </p>
          <List
            caption={['未导入的行', 'Rejected rows']}
            none={['没有', 'None']}
            rows={errors.slice(0, SHOWN).map((error, place) => ({ ...error, place }))}
            keyOf={({ place }) => String(place)}
            columns={[
              { words: ['行号', 'Row'], cell: ({ row }) => row },
              { words: ['列', 'Column'], cell: ({ column }) => column },
              { words: ['原值', 'Value'], cell: ({ value }) => value },
              { words: ['原因', 'Reason'], cell: ({ detail }) => detail },
            ]}
          />
        </>
      )}
    </>
  );
}

function nextOf({ dryRun, rejected }: ImportReport): Words {
  if (rejected > 0) {
    return [
      '下一步：在文件中改正下列行，再选一次文件；合格的行可先导入，改正后重复导入不会重复。',
      'Next: correct these rows in the file and choose it again. Rows that are right may be imported now; importing them twice changes nothing.',
    ];
  }
  return dryRun
    ? [
        '下一步：文件无误。再选一次文件，方式选“正式导入”。',
        'Next: nothing is wrong. Choose the file again, and import it.',
      ]
    : ['全部行已在库中。', 'All rows are in the library.'];
}

interface Counted {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

interface CountsProps {
  readonly of: Counted;
  readonly rows: number | string;
  /** What the rows are that are counted. */
  readonly words: Words;
}

function Counts({ of, rows, words }: CountsProps) {
  return (
    <Facts
      facts={[
        { words, value: rows },
        { words: ['新增', 'Added'], value: of.added },
        { words: ['更新', 'Updated'], value: of.updated },
        { words: ['不变', 'Unchanged'], value: of.unchanged },
        {
          words: ['未导入', 'Rejected'],
          value: of.rejected === 0 ? 0 : <Badge tone="bad">{of.rejected}</Badge>,
        },
      ]}
    />
  );
}

interface BesideProps {
  readonly encoding: string | undefined;
  readonly skipped: number;
  readonly shortRows: readonly number[];
  readonly unknownColumns: readonly string[];
}

/** What else the reading of a file noticed. */
function Beside({ encoding, skipped, shortRows, unknownColumns }: BesideProps) {
  return (
    <Facts
      facts={[
        { words: ['编码', 'Encoding'], value: encoding },
        { words: ['跳过的行（空行、说明、合计）', 'Skipped rows'], value: skipped === 0 ? '' : skipped },
        { words: ['列数不足的行', 'Short rows'], value: shortRows.slice(0, 20).join('、') },
        { words: ['不认识的列，未导入', 'Unknown columns'], value: unknownColumns.join('、') },
      ]}
    />
  );
}

const states: Readonly<Record<ImportProgress['status'], { readonly words: Words; readonly tone: Tone }>> = {
  started: { words: ['等待处理', 'Waiting'], tone: 'soon' },
  running: { words: ['正在导入', 'Running'], tone: 'soon' },
  finished: { words: ['已完成', 'Finished'], tone: 'good' },
  refused: { words: ['文件被拒绝', 'Refused'], tone: 'bad' },
};

/** How far the import of an uploaded file is, and what came of it. */
export function Running({ progress }: { readonly progress: ImportProgress }) {
  const { status, library, dryRun, rows, refusal, errors, skipped, shortRows, unknownColumns } = progress;
  const { words, tone } = states[status];
  return (
    <>
      <Facts
        facts={[
          {
            words: ['状态', 'State'],
            value: (
              <Badge tone={tone}>
                <Two words={words} />
              </Badge>
            ),
          },
          { words: ['方式', 'Kind'], value: dryRun ? '试导入 Dry run' : '正式导入 Import' },
          { words: ['开始', 'Started'], value: <Time at={progress.startedAt} /> },
          {
            words: ['完成', 'Finished'],
            value: progress.finishedAt === undefined ? '' : <Time at={progress.finishedAt} />,
          },
        ]}
      />
      {refusal === undefined ? null : <p class="refused">{refusal.detail}</p>}
      <Counts of={progress} rows={`${rows.done} / ${rows.total}`} words={['已处理的行', 'Rows done']} />
      <Beside
        encoding={progress.encoding}
        skipped={skipped.count}
        shortRows={shortRows.rows}
        unknownColumns={unknownColumns}
      />
      {errors === undefined ? null : (
        <p>
          <a href={errors}>下载错误文件 Download the rows at fault</a>（15 分钟内有效 good for 15 minutes）
        </p>
      )}
      <p>
        <a href={`/console/libraries/${library}`}>返回{libraries[library].label} Back to the library</a>
      </p>
    </>
  );
}
