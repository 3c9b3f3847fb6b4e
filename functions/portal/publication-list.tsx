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
                    {item.corrected === undefined ? null : <small> 已更正 corrected</small>}
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
