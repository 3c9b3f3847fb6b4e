import type { Publication } from '#domain/inspection/publication.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { NextPage } from './next-page.tsx';

/** The list of published results, newest first. */
export function PublicationList({
  items,
  next,
}: {
  readonly items: readonly Publication[];
  readonly next?: string;
}) {
  return (
    <>
      <h1>抽查检查结果公示</h1>
      <p class="en" lang="en">
        Published results of inspections
      </p>
      {items.length === 0 ? (
        <p>暂无公示结果。 No results have been published yet.</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">企业名称</th>
                <th scope="col">统一社会信用代码/注册号</th>
                <th scope="col">检查结果</th>
                <th scope="col">检查日期</th>
                <th scope="col">公示日期</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <td>
                    <a href={`/public/inspections/${item.id}`}>{item.subjectName}</a>
                  </td>
                  <td>{item.subjectId}</td>
                  <td>{item.results.map((result) => result.text).join('；')}</td>
                  <td>{item.inspectedOn}</td>
                  <td>{dateInShanghai(item.publishedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NextPage list="/public/inspections" after={next} />
    </>
  );
}

/** One published result. */
export function PublicationPage({ publication }: { readonly publication: Publication }) {
  return (
    <>
      <h1>{publication.subjectName}</h1>
      <p class="en" lang="en">
        Published inspection result
      </p>
      <dl>
        <dt>统一社会信用代码/注册号</dt>
        <dd>{publication.subjectId}</dd>
        <dt>检查结果 Result</dt>
        <dd>
          {publication.results.map((result) => (
            <div key={result.code}>{`${result.code}. ${result.text}`}</div>
          ))}
        </dd>
        <dt>检查日期 Inspected on</dt>
        <dd>{publication.inspectedOn}</dd>
        <dt>承担单位 Units</dt>
        <dd>{publication.units.join('、')}</dd>
        <dt>公示日期 Published on</dt>
        <dd>
          {dateInShanghai(publication.publishedAt)}（法定期限 statutory deadline {publication.publishBy}
          {publication.onTime ? '，按期 on time' : <span class="late">，逾期 late</span>}）
        </dd>
        <dt>任务文号 Plan</dt>
        <dd>
          {publication.draws.map(({ id, planNumber }) => (
            <div key={id}>
              {planNumber} · <a href={`/public/draws/${id}`}>抽取过程与证明 The draw and its proof</a>
            </div>
          ))}
        </dd>
      </dl>
      <h2>检查事项 Items</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">编号</th>
              <th scope="col">事项</th>
              <th scope="col">依据</th>
            </tr>
          </thead>
          <tbody>
            {publication.items.map((item) => (
              <tr key={item.code}>
                <td>{item.code}</td>
                <td>{item.matter}</td>
                <td>{item.legalBasis}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
