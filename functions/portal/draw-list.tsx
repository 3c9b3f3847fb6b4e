import type { Draw } from '#domain/draw/draw.ts';
import { Heading } from '#web/bilingual.tsx';
import { DataTable } from '#web/table.tsx';
import { Moment, stateOf } from './draw-status.tsx';
import { NextPage } from './next-page.tsx';

/** The draws that are public, newest first. */
export function DrawList({ draws, next }: { readonly draws: readonly Draw[]; readonly next?: string }) {
  return (
    <>
      <Heading zh="抽取公示" en="Draws, from their commitment on" />
      {draws.length === 0 ? (
        <p>暂无抽取。 No draw has been committed yet.</p>
      ) : (
        <DataTable
          id="draws"
          caption={{ zh: '抽取', en: 'Draws, the newest first' }}
          columns={[
            { zh: '名称', en: 'Title' },
            { zh: '文号', en: 'Plan' },
            { zh: '状态', en: 'State' },
            { zh: '公布承诺', en: 'Committed' },
            { zh: '选中', en: 'Selected' },
          ]}
        >
          {draws.map((draw) => (
            <tr key={draw.id}>
              <th scope="row">
                <a href={`/public/draws/${draw.id}`}>{draw.title}</a>
              </th>
              <td>{draw.plan.number}</td>
              <td>{stateOf(draw.status)}</td>
              <td>{draw.committed === undefined ? '—' : <Moment at={draw.committed.at} />}</td>
              <td>{draw.drawn?.selected ?? '—'}</td>
            </tr>
          ))}
        </DataTable>
      )}
      <NextPage list="/public/draws" after={next} />
    </>
  );
}
