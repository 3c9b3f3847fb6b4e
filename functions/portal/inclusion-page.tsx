import type { Standing } from '#domain/draw/inclusion.ts';
import type { Draw } from '#domain/draw/draw.ts';
import type { PoolPlace } from '#store/inclusion.ts';

/** Asks for a code; works without any script. */
export function CodeForm({ draw, code = '' }: { readonly draw: Draw; readonly code?: string }) {
  return (
    <form method="get" action={`/public/draws/${draw.id}/inclusion`}>
      <label for="code">
        统一社会信用代码/注册号{' '}
        <span class="en" lang="en">
          Code of the enterprise
        </span>
      </label>
      <div class="row">
        <input
          id="code"
          name="code"
          type="text"
          value={code}
          required
          maxLength={32}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <button type="submit">查询 Look up</button>
      </div>
    </form>
  );
}

interface Found {
  readonly draw: Draw;
  /** Empty when none was asked for. */
  readonly code: string;
  readonly place?: PoolPlace;
  /** Absent until the draw is drawn. */
  readonly standing?: Standing;
}

/** Whether one enterprise was in the pool and whether it was selected, with the file to check that by. */
export function InclusionPage({ draw, code, place, standing }: Found) {
  return (
    <>
      <h1>某一企业是否在名单中</h1>
      <p class="en" lang="en">
        Was an enterprise in the pool, and was it selected?
      </p>
      <p>
        <a href={`/public/draws/${draw.id}`}>{draw.title}</a>
      </p>
      <CodeForm draw={draw} code={code} />
      {code === '' ? null : (
        <section class="answer" aria-labelledby="answer">
          <h2 id="answer">{code}</h2>
          {place === undefined ? (
            <p>
              不在本次抽取的名单中。
              <br />
              <span class="en" lang="en">
                Not in the pool of this draw.
              </span>
            </p>
          ) : (
            <InPool draw={draw} place={place} {...(standing === undefined ? {} : { standing })} />
          )}
        </section>
      )}
    </>
  );
}

function InPool({
  draw,
  place,
  standing,
}: {
  readonly draw: Draw;
  readonly place: PoolPlace;
  readonly standing?: Standing;
}) {
  const file = `/public/draws/${draw.id}/inclusion/${place.entry.id}`;
  return (
    <>
      <p>
        <strong>{`在名单中（第 ${place.index + 1} 行，类别 ${place.entry.stratum}）；${outcomeZh(standing)}。`}</strong>
        <br />
        <span class="en" lang="en">
          {`In the pool (line ${place.index + 1}, class ${place.entry.stratum}); ${outcomeEn(standing)}.`}
        </span>
      </p>
      {standing === undefined ? null : (
        <dl>
          <dt>签号 Ticket</dt>
          <dd>
            <code>{standing.ticket}</code>
          </dd>
          <dt>本类别最后一个选中的签号 Last ticket selected of its class</dt>
          <dd>
            <code>{standing.last?.ticket ?? '—'}</code>
          </dd>
        </dl>
      )}
      <p>
        以上是本服务器的回答。不必相信它：下载<a href={file}>入池证明</a>
        {draw.proof === undefined ? null : (
          <>
            和<a href={`/public/draws/${draw.id}/proof`}>抽取证明</a>
          </>
        )}
        ，在<a href="/public/verify">核验页面</a>自行核验。
        <br />
        <span class="en" lang="en">
          This is what the server says. There is no need to believe it: download the{' '}
          <a href={file}>inclusion file</a> and the proof, and <a href="/public/verify">verify</a> them
          yourself.
        </span>
      </p>
    </>
  );
}

function outcomeZh(standing: Standing | undefined): string {
  return standing === undefined ? '尚未抽取' : standing.listed ? '被选中' : '未被选中';
}

function outcomeEn(standing: Standing | undefined): string {
  return standing === undefined ? 'not drawn yet' : standing.listed ? 'selected' : 'not selected';
}
