import { beaconMeaning } from '#domain/draw/beacon.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { creditClassLabels } from '#domain/subject/subject.ts';

const statusLabels: Readonly<Record<Draw['status'], string>> = {
  proposed: '拟定 proposed',
  approved: '已批准 approved',
  gathering: '名单汇集中 gathering',
  committed: '已公布承诺 committed',
  drawn: '已抽取 drawn',
  matched: '已匹配人员 matched',
  dispatched: '已派发 dispatched',
  closed: '已办结 closed',
  voided: '已作废 voided',
};

/** A draw as the public sees it, from its commitment on: what was fixed before, what came out, and how to check it. */
export function DrawPage({ draw }: { readonly draw: Draw }) {
  const { committed, drawn } = draw;
  return (
    <>
      <h1>{draw.title}</h1>
      <dl>
        <dt>文号 Plan number</dt>
        <dd>{draw.plan.number}</dd>
        <dt>状态 Status</dt>
        <dd>
          {statusLabels[draw.status]}
          {draw.voided === undefined ? null : `：${draw.voided.reason}`}
        </dd>
        {committed === undefined ? null : (
          <>
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
          </>
        )}
        {drawn === undefined ? null : (
          <>
            <dt>种子 Seed</dt>
            <dd>
              <code>{drawn.seed}</code>
            </dd>
          </>
        )}
      </dl>
      {committed === undefined ? null : <Strata committed={committed} />}
      {drawn === undefined ? null : (
        <p>
          <a href={`/public/draws/${draw.id}/proof`}>下载证明 Proof</a> ·{' '}
          <a href={`/public/draws/${draw.id}/pool`}>下载名单 Pool</a>
          <br />
          <small>
            复核 Verify: <code>npm run --silent mingchou -- draw verify PROOF.json POOL.txt</code>
          </small>
        </p>
      )}
    </>
  );
}

function Strata({ committed }: { readonly committed: NonNullable<Draw['committed']> }) {
  const { pool, quota } = committed.commitment;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">信用风险类别 Class</th>
            <th scope="col">符合条件 Eligible</th>
            <th scope="col">抽取 Drawn</th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(pool.size)
            .toSorted()
            .map((stratum) => (
              <tr key={stratum}>
                <td>{labels.get(stratum) ?? stratum}</td>
                <td>{pool.size[stratum]}</td>
                <td>{quota[stratum] ?? 0}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

const labels = new Map<string, string>(Object.entries(creditClassLabels));
