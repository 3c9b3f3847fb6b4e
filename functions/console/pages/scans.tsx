import type { ScanView } from '#contracts/api/monitoring.ts';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { MONITORING } from './roles.ts';

const statusLabels: Readonly<Record<ScanView['status'], Words>> = {
  running: ['进行中', 'Running'],
  weighing: ['汇总地区行业', 'Weighing cohorts'],
  finished: ['已完成', 'Finished'],
};
/** How often the page of a scan under way asks again. */
const AGAIN_SECONDS = 10;

function Status({ status }: Pick<ScanView, 'status'>) {
  return <Badge tone={status === 'finished' ? 'good' : 'soon'}>{statusLabels[status][0]}</Badge>;
}

const list: Page = {
  path: '/scans',
  roles: MONITORING,
  nav: { group: 'watch', words: ['动态监测', 'Scans'] },
  show: async ({ api }: Asked) => {
    const { scans, pass } = await api.call('GET /scans');
    return {
      title: '动态监测扫描',
      content: (
        <>
          {pass === undefined ? null : (
            <Facts
              facts={[
                { words: ['全库复核开始于', 'Pass over the library since'], value: pass.startedOn },
                { words: ['已复核', 'Looked at'], value: pass.evaluated },
              ]}
            />
          )}
          <List
            caption={['扫描，新的在前', 'Scans, newest first']}
            columns={[
              {
                words: ['日期', 'Day'],
                cell: ({ id, day }) => <a href={`/console/scans/${id}`}>{day}</a>,
              },
              { words: ['状态', 'Status'], cell: ({ status }) => <Status status={status} /> },
              { words: ['查看对象', 'Looked at'], cell: ({ counts }) => counts.evaluated },
              { words: ['新预警', 'Raised'], cell: ({ counts }) => counts.raised },
              { words: ['变更', 'Changed'], cell: ({ counts }) => counts.changed },
              { words: ['解除', 'Cleared'], cell: ({ counts }) => counts.cleared },
              { words: ['触发抽查', 'Cohorts fired'], cell: ({ cohorts }) => cohorts.fired },
              {
                words: ['未能计算', 'Failed'],
                cell: ({ counts, cohorts }) => counts.failed + cohorts.failed,
              },
            ]}
            rows={scans}
            keyOf={({ id }) => id}
            none={['还没有扫描。每日自动进行。', 'No scan yet; one runs every day.']}
          />
        </>
      ),
    };
  },
};

const one: Page = {
  path: '/scans/{id}',
  roles: MONITORING,
  show: async ({ api, params }: Asked) => {
    const scan = await api.call('GET /scans/{id}', { params });
    const { counts, cohorts, capacity, parts, startedAt, status, territories, runningForSeconds } = scan;
    return {
      title: `扫描 ${scan.day}`,
      ...(status === 'finished' ? {} : { againAfterSeconds: AGAIN_SECONDS }),
      content: (
        <>
          <Facts
            facts={[
              { words: ['状态', 'Status'], value: <Status status={status} /> },
              { words: ['开始', 'Started'], value: <Time at={startedAt} /> },
              { words: ['已运行（秒）', 'Running for seconds'], value: runningForSeconds },
              { words: ['查看对象', 'Looked at'], value: counts.evaluated },
              { words: ['新预警', 'Raised'], value: counts.raised },
              { words: ['变更', 'Changed'], value: counts.changed },
              { words: ['解除', 'Cleared'], value: counts.cleared },
              { words: ['提出直接检查', 'Direct checks'], value: counts.checks },
              { words: ['未能计算', 'Failed'], value: counts.failed },
              { words: ['涉及地区', 'Territories'], value: territories },
              { words: ['查看的地区行业', 'Cohorts looked at'], value: cohorts.looked },
              { words: ['触发抽查', 'Cohorts fired'], value: cohorts.fired },
              { words: ['冷却期内未触发', 'Cooling down'], value: cohorts.coolingDown },
              { words: ['地区行业未能计算', 'Cohorts failed'], value: cohorts.failed },
              { words: ['耗时（毫秒）', 'Milliseconds'], value: capacity.milliseconds },
              { words: ['读取单位', 'Read units'], value: capacity.read },
              { words: ['写入单位', 'Write units'], value: capacity.write },
              {
                words: ['办理记录', 'History'],
                value: <a href={`/console/history/scan/${scan.id}`}>查看 Open</a>,
              },
            ]}
          />
          <List
            caption={['分段进度', 'Parts']}
            columns={[
              { words: ['分段', 'Part'], cell: ({ part }) => part },
              {
                words: ['状态', 'Status'],
                cell: (part) => (
                  <Badge tone={part.status === 'finished' ? 'good' : 'soon'}>
                    {statusLabels[part.status][0]}
                  </Badge>
                ),
              },
              { words: ['已查看', 'Looked at'], cell: ({ evaluated }) => evaluated },
              {
                words: ['到达', 'Came to'],
                cell: ({ after }) => (after === undefined ? '—' : <code>{after}</code>),
              },
            ]}
            rows={parts}
            keyOf={({ part }) => String(part)}
            none={['当日没有到期的对象。', 'Nothing was due on that day.']}
          />
        </>
      ),
    };
  },
};

export const scansPages: readonly Page[] = [list, one];
