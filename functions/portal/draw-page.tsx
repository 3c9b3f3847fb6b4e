import { beaconMeaning } from '#domain/draw/beacon.ts';
import { describeCriteria } from '#domain/draw/criteria.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { creditClassLabels } from '#domain/subject/subject.ts';
import type { Instant } from '#domain/time/time.ts';
import { DataTable } from '#web/table.tsx';
import { Moment, stateOf } from './draw-status.tsx';
import { CodeForm } from './inclusion-page.tsx';

interface Shown {
  readonly draw: Draw;
  /** In how many parts the pool is downloaded. */
  readonly parts: number;
}

/** A draw as the public sees it, from its commitment on: its life, what was fixed before, what came out, and how to check it. */
export function DrawPage({ draw, parts }: Shown) {
  const { committed, drawn } = draw;
  return (
    <>
      <h1>{draw.title}</h1>
      <dl>
        <dt>文号 Plan number</dt>
        <dd>{draw.plan.number}</dd>
        <dt>状态 Status</dt>
        <dd>
          {stateOf(draw.status)}
          {draw.voided === undefined ? null : `：${draw.voided.reason}`}
          {draw.awaited === undefined || draw.arrived !== undefined || draw.status !== 'committed' ? null : (
            <>
              ，等待随机信标，不早于 waiting for its beacon, not before <Moment at={draw.awaited.readyAt} />
            </>
          )}
        </dd>
        <dt>范围 Scope</dt>
        <dd>
          {describeCriteria(draw.criteria).zh}
          <br />
          <span class="en" lang="en">
            {describeCriteria(draw.criteria).en}
          </span>
        </dd>
        <dt>检查事项 Items</dt>
        <dd>{draw.items.join('、')}</dd>
        <Related draw={draw} />
      </dl>
      <Life draw={draw} />
      {committed === undefined ? null : (
        <>
          <h2>事先公布的承诺 The commitment</h2>
          <dl>
            <dt>承诺值 Commitment (SHA-256)</dt>
            <dd>
              <code>{committed.hash}</code>
            </dd>
            <dt>名单根值 Pool root (RFC 6962)</dt>
            <dd>
              <code>{committed.commitment.pool.root}</code>
            </dd>
            <dt>随机源 Beacon: {committed.commitment.beacon.kind}</dt>
            <dd>
              {beaconMeaning(committed.commitment.beacon).zh}
              <br />
              <span class="en" lang="en">
                {beaconMeaning(committed.commitment.beacon).en}
              </span>
            </dd>
            {drawn === undefined ? null : (
              <>
                <dt>种子 Seed</dt>
                <dd>
                  <code>{drawn.seed}</code>
                </dd>
              </>
            )}
          </dl>
          <Strata committed={committed} />
          <Checking draw={draw} parts={parts} />
        </>
      )}
    </>
  );
}

/** What stands beside the draw: objects that are checked without being drawn, and the draws that it is made instead of or that is made instead. */
function Related({ draw }: { readonly draw: Draw }) {
  const { named, replaces, replacedBy } = draw;
  return (
    <>
      {named.length === 0 ? null : (
        <>
          <dt>线索点名，另行检查（不参加抽取） Named by the trigger, checked besides the draw</dt>
          {named.map(({ id, name }) => (
            <dd key={id}>
              {name}（{id}）
            </dd>
          ))}
        </>
      )}
      {replaces === undefined ? null : (
        <>
          <dt>替代已作废的抽取 Made instead of</dt>
          <dd>
            <a href={`/public/draws/${replaces}`}>{replaces}</a>
          </dd>
        </>
      )}
      {replacedBy === undefined ? null : (
        <>
          <dt>已重新抽取 Drawn again as</dt>
          <dd>
            <a href={`/public/draws/${replacedBy}`}>{replacedBy}</a>
          </dd>
        </>
      )}
    </>
  );
}

const steps: readonly (readonly [string, (draw: Draw) => Instant | undefined])[] = [
  ['拟定 Proposed', (draw) => draw.proposedAt],
  ['批准 Approved', (draw) => draw.approvedAt],
  ['冻结名单，公布承诺 Pool frozen, commitment published', (draw) => draw.committed?.at],
  ['信标到达 The beacon’s value arrived', (draw) => draw.arrived?.at],
  ['公开随机数，抽取对象 Randomness opened, objects drawn', (draw) => draw.drawn?.at],
  ['匹配检查人员 Inspectors matched', (draw) => draw.matched?.at],
  ['派发 Dispatched', (draw) => draw.dispatchedAt],
  ['全部办结 Closed', (draw) => draw.closedAt],
  ['作废 Voided', (draw) => draw.voided?.at],
];

/** What happened, in the order of time: steps of the same moment keep the order of the procedure. */
function Life({ draw }: { readonly draw: Draw }) {
  const life = steps
    .flatMap(([name, when]) => {
      const at = when(draw);
      return at === undefined ? [] : [{ name, at }];
    })
    .toSorted((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
  return (
    <>
      <h2>经过 What happened</h2>
      <ol class="life">
        {life.map(({ name, at }) => (
          <li key={name}>
            <Moment at={at} /> {name}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The files, and how anybody checks them. */
function Checking({ draw, parts }: Shown) {
  const at = `/public/draws/${draw.id}`;
  return (
    <>
      <h2>自行核验 Verify it yourself</h2>
      <ol>
        <li>
          下载 Download:{' '}
          {draw.proof === undefined ? null : (
            <>
              <a href={`${at}/proof`} download>
                证明 Proof
              </a>{' '}
              ·{' '}
            </>
          )}
          {Array.from({ length: parts }, (_, part) => part + 1).map((part) => (
            <>
              {part === 1 ? '' : ' · '}
              <a href={part === 1 ? `${at}/pool` : `${at}/pool?part=${part}`} download>
                {parts === 1 ? '名单 Pool' : `名单 Pool ${part}/${parts}`}
              </a>
            </>
          ))}
        </li>
        <li>
          打开<a href="/public/verify">核验页面</a>
          ，选择下载的文件：计算全部在您的浏览器中进行，不向服务器发送任何内容。
          <br />
          <span class="en" lang="en">
            Open the <a href="/public/verify">verification page</a> and choose the files: everything is
            computed in your browser, and nothing is sent to the server.
          </span>
        </li>
        <li>
          或用命令行 Or in a terminal: <code>npm run --silent mingchou -- draw fetch {draw.id}</code>
        </li>
      </ol>
      {draw.proof === undefined ? null : (
        <p>
          <a href={`${at}/explanation`}>用平实的语言说明这次抽取 This draw in plain words</a>
        </p>
      )}
      <h2>某一企业是否在名单中 Was an enterprise in the pool?</h2>
      <CodeForm draw={draw} />
    </>
  );
}

function Strata({ committed }: { readonly committed: NonNullable<Draw['committed']> }) {
  const { pool, quota } = committed.commitment;
  return (
    <DataTable
      id="strata"
      caption={{ zh: '各类别的名单与抽取数', en: 'Pool and quota of each class' }}
      columns={[
        { zh: '信用风险类别', en: 'Class' },
        { zh: '符合条件', en: 'Eligible' },
        { zh: '抽取', en: 'Drawn' },
      ]}
    >
      {Object.keys(pool.size)
        .toSorted()
        .map((stratum) => (
          <tr key={stratum}>
            <th scope="row">{labels.get(stratum) ?? stratum}</th>
            <td>{pool.size[stratum]}</td>
            <td>{quota[stratum] ?? 0}</td>
          </tr>
        ))}
    </DataTable>
  );
}

const labels = new Map<string, string>(Object.entries(creditClassLabels));
