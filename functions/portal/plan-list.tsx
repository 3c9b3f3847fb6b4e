import type { PublicPlan } from '#contracts/open-data.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { Heading } from '#web/bilingual.tsx';
import { DataTable } from '#web/table.tsx';
import { stateOf } from './draw-status.tsx';
import { NextPage } from './next-page.tsx';

interface Shown {
  readonly plans: readonly PublicPlan[];
  readonly next?: string | undefined;
}

/** Plans under their document numbers with their draws (article 7(1)), those of the newest draws first. */
export function PlanList({ plans, next }: Shown) {
  return (
    <>
      <Heading zh="抽查计划" en="Plans, each under its document number, with its draws" />
      <p>
        每次抽取都列入计划，计划有文号，文号在一年内连续。抽取自公布承诺或作废起公开。
        <br />
        <span class="en" lang="en">
          Every draw belongs to a plan, whose number has no gaps within a year. A draw is public from its
          commitment on, or once it is voided.
        </span>
      </p>
      {plans.length === 0 ? (
        <p>
          暂无计划。{' '}
          <span class="en" lang="en">
            There is no plan to be shown yet.
          </span>
        </p>
      ) : (
        <Plans plans={plans} />
      )}
      <NextPage list="/public/plans" after={next} />
    </>
  );
}

function Plans({ plans }: Pick<Shown, 'plans'>) {
  return (
    <DataTable
      id="plans"
      caption={{ zh: '计划及其抽取', en: 'Plans and their draws' }}
      columns={[
        { zh: '文号', en: 'Number' },
        { zh: '名称', en: 'Title' },
        { zh: '制定日期', en: 'Made on' },
        { zh: '抽取', en: 'Draws' },
      ]}
    >
      {plans.map(({ number, title, madeAt, draws }) => (
        <tr key={number}>
          <th scope="row">{number}</th>
          <td>{title}</td>
          <td>{dateInShanghai(madeAt)}</td>
          <td>
            {draws.map((draw) => (
              <div key={draw.id}>
                <a href={`/public/draws/${draw.id}`}>{draw.title}</a>
                <br />
                <small>
                  {stateOf(draw.status)}
                  {draw.selected === undefined ? null : `，选中 ${draw.selected} selected`}
                </small>
              </div>
            ))}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
