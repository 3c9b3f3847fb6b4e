import type { Draw } from '#domain/draw/draw.ts';
import { Moment, stateOf } from './draw-status.tsx';
import { NextPage } from './next-page.tsx';

/** The draws that are public, newest first. */
export function DrawList({ draws, next }: { readonly draws: readonly Draw[]; readonly next?: string }) {
  return (
    <>
      <h1>抽取公示</h1>
      <p class="en" lang="en">
        Draws, from their commitment on
      </p>
      {draws.length === 0 ? (
        <p>暂无抽取。 No draw has been committed yet.</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">名称</th>
                <th scope="col">文号</th>
                <th scope="col">状态</th>
                <th scope="col">公布承诺</th>
                <th scope="col">选中</th>
              </tr>
            </thead>
            <tbody>
              {draws.map((draw) => (
                <tr key={draw.id}>
                  <td>
                    <a href={`/public/draws/${draw.id}`}>{draw.title}</a>
                  </td>
                  <td>{draw.plan.number}</td>
                  <td>{stateOf(draw.status)}</td>
                  <td>{draw.committed === undefined ? '—' : <Moment at={draw.committed.at} />}</td>
                  <td>{draw.drawn?.selected ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NextPage list="/public/draws" after={next} />
    </>
  );
}
