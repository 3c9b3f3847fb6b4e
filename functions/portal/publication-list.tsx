import type { Publication } from '#domain/inspection/publication.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { Place } from '#store/finding.ts';
import { DataTable } from '#web/table.tsx';
import { SearchForm, searchLabels } from './search-form.tsx';
import { searchPath } from './search-query.ts';

const LIST = '/public/inspections';

interface Shown {
  /** What was asked, as it was typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly items: readonly Publication[];
  /** Whether it begins with the newest. */
  readonly first: boolean;
  readonly next?: Place | undefined;
  /** Whether `next` is there because the search has read as much as one page may, not because the page is full. */
  readonly spent: boolean;
}

/** The results that were looked for, newest first, below the form that asks for them. */
export function PublicationList({ typed, items, first, next, spent }: Shown) {
  return (
    <>
      <Heading />
      <SearchForm typed={typed} />
      <h2>查询结果 Results</h2>
      <Count items={items.length} first={first} more={next !== undefined} />
      {items.length === 0 ? null : <Results items={items} />}
      {next === undefined ? null : <GoOn next={next} typed={typed} spent={spent} />}
      <Formats typed={typed} />
    </>
  );
}

/** The form again, with what is wrong beside each field. */
export function SearchNotTaken({
  typed,
  faults,
}: {
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FieldError[];
}) {
  return (
    <>
      <Heading />
      <section class="verdict failed" role="alert">
        <h2>查询条件有误 Something is wrong with what you look for</h2>
        {faults.map(({ pointer, detail }) => (
          <p key={pointer}>
            <a href={`#${pointer.slice(1)}`}>{labelOf(pointer.slice(1))}</a>：{detail}
          </p>
        ))}
      </section>
      <SearchForm typed={typed} faults={faults} />
    </>
  );
}

function labelOf(name: string): string {
  return Object.entries(searchLabels).find(([field]) => field === name)?.[1] ?? name;
}

function Heading() {
  return (
    <>
      <h1>抽查检查结果公示</h1>
      <p class="en" lang="en">
        Published results of inspections
      </p>
    </>
  );
}

/** How many there are in all is told where it is known: when all of them stand on this page. */
function Count({
  items,
  first,
  more,
}: {
  readonly items: number;
  readonly first: boolean;
  readonly more: boolean;
}) {
  if (items === 0 && !more) {
    return <p>{first ? '没有符合条件的公示结果。 Nothing was found.' : '没有更多了。 No more.'}</p>;
  }
  return (
    <p>
      {first && !more ? `共 ${items} 条 ${items} in all` : `本页 ${items} 条 ${items} on this page`}
      ，按公示日期倒序 newest first
    </p>
  );
}

function Results({ items }: { readonly items: readonly Publication[] }) {
  return (
    <DataTable
      id="found"
      caption={{ zh: '抽查检查结果', en: 'Results of inspections' }}
      columns={[
        { zh: '企业名称', en: 'Name' },
        { zh: '统一社会信用代码/注册号', en: 'Code' },
        { zh: '检查结果', en: 'Result' },
        { zh: '检查日期', en: 'Inspected' },
        { zh: '公示日期', en: 'Published' },
      ]}
    >
      {items.map((item) => (
        <tr key={item.id}>
          <th scope="row">
            <a href={`${LIST}/${item.id}`}>{item.subjectName}</a>
            {item.corrected === undefined ? null : <small> 已更正 corrected</small>}
          </th>
          <td>{item.subjectId}</td>
          <td>{item.results.map((result) => result.text).join('；')}</td>
          <td>{item.inspectedOn}</td>
          <td>
            {dateInShanghai(item.publishedAt)}
            {item.onTime ? null : <span class="late"> 逾期 late</span>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function GoOn({
  next,
  typed,
  spent,
}: {
  readonly next: Place;
  readonly typed: Readonly<Record<string, string>>;
  readonly spent: boolean;
}) {
  const link = searchPath(LIST, typed, { next });
  return spent ? (
    <p>
      已查到 {dateInShanghai(next.at)} 的公示信息，更早的尚未查看：<a href={link}>继续查询 Go on</a>
      <br />
      <span class="en" lang="en">
        Looked back to {dateInShanghai(next.at)}; what is older was not looked at yet.
      </span>
    </p>
  ) : (
    <p>
      <a href={link}>下一页 Next page</a>
    </p>
  );
}

/** The same results for programs and spreadsheets. */
function Formats({ typed }: { readonly typed: Readonly<Record<string, string>> }) {
  return (
    <p>
      <a href={searchPath(`${LIST}.csv`, typed)}>下载 CSV</a> ·{' '}
      <a href={searchPath(`${LIST}.json`, typed)}>JSON</a> ·{' '}
      <a href={searchPath(`${LIST}.atom`, typed)} type="application/atom+xml">
        订阅 Atom
      </a>
      <br />
      <small>
        CSV 每个文件最多 5,000 行，更多时请按日期分段。{' '}
        <span lang="en">A CSV file has at most 5,000 rows; narrow the days for more.</span>
      </small>
    </p>
  );
}
