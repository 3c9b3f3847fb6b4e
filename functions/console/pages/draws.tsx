import { optionsOf } from '#console/kit/form.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { Badge, Facts, Filters, List, Next, type Tone } from '#console/kit/list.tsx';
import type { Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { Fixed, Life, RuleOf } from '#console/pages/draw-parts.tsx';
import { DrawsQuery } from '#contracts/api/cases.ts';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { describeCriteria } from '#domain/draw/criteria.ts';
import { DrawStatus, isPublic, type LeftOutObject } from '#domain/draw/draw.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { mayGive, standingsByRole } from '#domain/lifecycle/lifecycle.ts';
import { WATCHING } from '#domain/person/person.ts';

type ShownDraw = AnswerOf<'GET /draws/{id}'>;

interface OfDraw {
  readonly draw: ShownDraw;
}

const tones: Readonly<Partial<Record<DrawStatus, Tone>>> = {
  proposed: 'soon',
  dispatched: 'good',
  closed: 'good',
  voided: 'bad',
};

function DrawState({ status }: { readonly status: DrawStatus }) {
  return (
    <Badge tone={tones[status] ?? 'plain'}>
      {drawLifecycle.statuses[status]} {status}
    </Badge>
  );
}

const statusOptions = optionsOf(DrawStatus.options, drawLifecycle.statuses);

/** What the list is narrowed to; a filter that was left open is the same as none. */
function filterOf({ status, title, after }: Asked['query']) {
  const { shape } = DrawsQuery;
  return {
    status: shape.status.safeParse(status).data,
    title: shape.title.safeParse(title).data,
    after,
  };
}

const list: Page = {
  path: '/draws',
  roles: WATCHING,
  nav: { group: 'draws', words: ['抽查', 'Draws'] },
  show: async ({ api, path, query, person }) => {
    const { draws, next } = await api.call('GET /draws', { query: filterOf(query) });
    return {
      title: '抽查',
      content: (
        <>
          {person.role === 'lead-section' ? (
            <p>
              <a class="button" href="/console/draws/new">
                <Two words={['拟定抽查', 'Propose a draw']} />
              </a>
            </p>
          ) : null}
          <Filters
            path={path}
            query={query}
            filters={[
              { name: 'status', words: ['状态', 'State'], options: statusOptions },
              { name: 'title', words: ['名称或文号', 'Title or number'] },
            ]}
          />
          <List
            caption={['抽查，新的在前', 'Draws, newest first']}
            none={['这一页没有符合条件的抽查。', 'No draw of this page fits.']}
            rows={draws}
            keyOf={({ id }) => id}
            columns={[
              { words: ['拟定时间', 'Proposed'], cell: ({ proposedAt }) => <Time at={proposedAt} /> },
              { words: ['计划文号', 'Plan'], cell: ({ plan }) => plan },
              {
                words: ['名称', 'Title'],
                cell: (one) => <a href={`/console/draws/${one.id}`}>{one.title}</a>,
              },
              {
                words: ['触发信息', 'Trigger'],
                cell: ({ trigger }) =>
                  trigger === undefined ? '—' : <a href={`/console/triggers/${trigger}`}>{trigger}</a>,
              },
              { words: ['状态', 'State'], cell: (one) => <DrawState status={one.status} /> },
            ]}
          />
          <Next path={path} query={query} next={next} />
        </>
      ),
    };
  },
};

const leftOut: Readonly<Record<LeftOutObject['reason'], string>> = {
  'not-in-library': '名录库中没有 not in the library',
  'not-operating': '登记状态不是存续 not operating',
  'no-item-applies': '抽查事项均不适用 no item applies',
};

function Particulars({ draw }: OfDraw) {
  const { id, status, plan, items, criteria, rule, named, namedLeftOut = [], coolDownDays } = draw;
  const { teamSize, staffing, trigger, policy, proposedBy, replaces, replacedBy, voided } = draw;
  const about = describeCriteria(criteria);
  return (
    <Facts
      facts={[
        { words: ['状态', 'State'], value: <DrawState status={status} /> },
        { words: ['计划文号', 'Plan'], value: plan.number },
        {
          words: ['触发信息', 'Trigger'],
          value: trigger === undefined ? undefined : <a href={`/console/triggers/${trigger}`}>{trigger}</a>,
        },
        {
          words: ['触发规则', 'Policy'],
          value: policy === undefined ? undefined : `${policy.id} v${policy.version}`,
        },
        { words: ['拟定人', 'Proposed by'], value: proposedBy },
        { words: ['抽查范围', 'Criteria'], value: <Two words={[about.zh, about.en]} /> },
        { words: ['抽查事项', 'Items'], value: items.join('、') },
        { words: ['抽查比例', 'Share'], value: <RuleOf rule={rule} /> },
        {
          words: ['点名检查', 'Checked besides'],
          value: named.length === 0 ? undefined : named.map((one) => `${one.name}（${one.id}）`).join('、'),
        },
        {
          words: ['点名而未列入', 'Named and left out'],
          value:
            namedLeftOut.length === 0
              ? undefined
              : namedLeftOut.map((one) => `${one.id}：${leftOut[one.reason]}`).join('；'),
        },
        { words: ['冷却期', 'Cool-down'], value: coolDownDays === 0 ? '无 none' : `${coolDownDays} 天 days` },
        { words: ['每组人数', 'Team size'], value: teamSize },
        {
          words: ['人员产生方式', 'Staffing'],
          value: staffing === 'random' ? '随机抽取 Random' : '承担单位直接选派 Chosen by the units',
        },
        {
          words: ['作废理由', 'Voided because'],
          value: voided?.reason,
        },
        {
          words: ['代替', 'Replaces'],
          value: replaces === undefined ? undefined : <a href={`/console/draws/${replaces}`}>{replaces}</a>,
        },
        {
          words: ['重新抽取为', 'Drawn again as'],
          value:
            replacedBy === undefined ? undefined : <a href={`/console/draws/${replacedBy}`}>{replacedBy}</a>,
        },
        { words: ['编号', 'Number'], value: <code>{id}</code> },
      ]}
    />
  );
}

/** What holds the draw up, in the words in which it was found. */
function HeldUp({ draw: { unbeaconed, unstaffed } }: OfDraw) {
  const reasons = [unbeaconed, unstaffed].filter((one) => one !== undefined);
  return reasons.length === 0 ? null : (
    <div class="refused">
      {reasons.map((reason) => (
        <p key={reason}>
          <strong>暂停 Held up</strong> {reason}
        </p>
      ))}
    </div>
  );
}

function Commands({ asked, draw }: OfDraw & { readonly asked: Asked }) {
  const standings = standingsByRole(asked.person.role);
  const may = (command: keyof typeof drawLifecycle.steps): boolean =>
    mayGive(drawLifecycle, command, draw.status, standings);
  const awaits = draw.committed?.commitment.beacon.kind === 'announced' && draw.arrived === undefined;
  return (
    <>
      <div class="actions">
        {may('approve') ? (
          <ActionForm
            asked={asked}
            action="draw-approve"
            fields={[]}
            submit={['批准抽查', 'Approve']}
            sure="批准后即自动冻结名单并公布，无法更改。确定批准？ Approve?"
          />
        ) : null}
        {may('freeze') && draw.unbeaconed !== undefined ? (
          <ActionForm
            asked={asked}
            action="draw-freeze"
            fields={[]}
            submit={['重新冻结名单', 'Try to commit again']}
          />
        ) : null}
        {may('match') && draw.unstaffed !== undefined ? (
          <ActionForm
            asked={asked}
            action="draw-match"
            fields={[]}
            submit={['重新匹配检查人员', 'Draw the inspectors again']}
          />
        ) : null}
      </div>
      <p class="actions">
        {may('enter-beacon') && awaits ? (
          <a class="button" href={`${asked.path}/beacon`}>
            <Two words={['录入公开信标', 'Enter the beacon']} />
          </a>
        ) : null}
        {may('void') ? (
          <a class="button quiet" href={`${asked.path}/void`}>
            <Two words={['作废抽查', 'Void']} />
          </a>
        ) : null}
        {may('replace') && draw.replacedBy === undefined ? (
          <a class="button" href={`${asked.path}/redraw`}>
            <Two words={['重新抽取', 'Draw again']} />
          </a>
        ) : null}
      </p>
    </>
  );
}

/** Where everybody can see and recompute the draw. */
function PublicLinks({ draw }: OfDraw) {
  const at = `/public/draws/${draw.id}`;
  return (
    <ul>
      <li>
        <a href={`/console/draws/${draw.id}/summary`}>汇总表（打印） Summary to print</a>
      </li>
      <li>
        <a href={`/console/history/draw/${draw.id}`}>办理记录 Everything that happened</a>
      </li>
      {isPublic(draw) ? (
        <li>
          <a href={at}>公示页面 Public page</a>
        </li>
      ) : null}
      {draw.proof === undefined ? null : (
        <>
          <li>
            <a href={`${at}/explanation`}>文字说明 Explanation</a>
          </li>
          <li>
            <a href={`${at}/proof`}>证明文件 Proof</a>
          </li>
          <li>
            <a href={`/public/verify?draw=${draw.id}`}>核验 Verify</a>
          </li>
        </>
      )}
    </ul>
  );
}

/** More are in the list of inspections, which goes on page by page. */
const SHOWN = 100;

function Inspections({ draw: { id, inspections } }: OfDraw) {
  return (
    <>
      <List
        caption={[`派出的检查（${inspections.length}）`, 'Inspections that it sends out']}
        none={['尚未派发检查。', 'No inspection is sent out yet.']}
        rows={inspections.slice(0, SHOWN)}
        keyOf={(one) => one.id}
        columns={[
          {
            words: ['检查', 'Inspection'],
            cell: (one) => <a href={`/console/inspections/${one.id}`}>{one.id}</a>,
          },
          {
            words: ['检查对象', 'Subject'],
            cell: ({ subject }) => <a href={`/console/subjects/${subject}`}>{subject}</a>,
          },
          {
            words: ['产生方式', 'How'],
            cell: ({ how }) => (how === 'drawn' ? '随机抽取 Drawn' : '触发点名 Named'),
          },
        ]}
      />
      {inspections.length > SHOWN ? (
        <p>
          <a href={`/console/inspections?draw=${id}`}>全部检查 All of them</a>
        </p>
      ) : null}
    </>
  );
}

/** Whether the next step follows by itself in a moment. */
function goesOn({ status, staffing, unbeaconed, unstaffed, committed, arrived }: ShownDraw): boolean {
  switch (status) {
    case 'approved':
    case 'gathering':
      return unbeaconed === undefined;
    case 'committed':
      return committed?.commitment.beacon.kind !== 'announced' || arrived !== undefined;
    case 'drawn':
      return unstaffed === undefined && staffing === 'random';
    case 'matched':
      return true;
    case 'proposed':
    case 'dispatched':
    case 'closed':
    case 'voided':
      return false;
  }
}

const one: Page = {
  path: '/draws/{id}',
  roles: WATCHING,
  actions: {
    'draw-approve': staying('POST /draws/{id}/approve', ['已批准，名单即将冻结。', 'The draw is approved.']),
    'draw-freeze': staying('POST /draws/{id}/freeze', ['将重新冻结名单。', 'It tries to commit again.']),
    'draw-match': staying('POST /draws/{id}/match', [
      '将重新匹配检查人员。',
      'The inspectors are drawn again.',
    ]),
  },
  show: async (asked) => {
    const draw = await asked.api.call('GET /draws/{id}', { params: asked.params });
    return {
      title: draw.title,
      // What was refused stays to be read.
      ...(goesOn(draw) && asked.returned === undefined ? { againAfterSeconds: 5 } : {}),
      content: (
        <>
          <HeldUp draw={draw} />
          <Particulars draw={draw} />
          <h2>
            <Two words={['办理进程', 'How it goes on']} />
          </h2>
          <Life draw={draw} />
          <Commands asked={asked} draw={draw} />
          <Fixed draw={draw} />
          <h2>
            <Two words={['公开与打印', 'In public and on paper']} />
          </h2>
          <PublicLinks draw={draw} />
          <h2>
            <Two words={['检查', 'Inspections']} />
          </h2>
          <Inspections draw={draw} />
        </>
      ),
    };
  },
};

/** The summary (汇总表) as the API draws it, to print. */
const summary: Page = {
  path: '/draws/{id}/summary',
  roles: [...WATCHING, 'unit'],
  show: async ({ api, params }) => ({
    given: await api.file('GET /draws/{id}/summary', { params, accept: 'text/html' }),
  }),
};

export const drawPages: readonly Page[] = [list, one, summary];
