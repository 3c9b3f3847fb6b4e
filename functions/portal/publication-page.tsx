import type { PublicVersion } from '#contracts/open-data.ts';
import type { Publication, Withdrawal } from '#domain/inspection/publication.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { CorrectionForm } from '#web/correction-form.tsx';
import { DataTable } from '#web/table.tsx';

interface Shown {
  readonly publication: Publication;
  /** Every version there is, the first one first. */
  readonly versions: readonly PublicVersion[];
}

/** One version of a published result; the one that stands can be asked to be corrected (article 16). */
export function PublicationPage({ publication, versions }: Shown) {
  const shown = versions.find(({ version }) => version === publication.version);
  const superseded = shown?.superseded;
  return (
    <>
      <h1>{publication.subjectName}</h1>
      <p class="en" lang="en">
        Published inspection result
      </p>
      {superseded === undefined ? null : <Superseded {...superseded} of={publication} />}
      <Facts publication={publication} />
      <Items publication={publication} />
      <Versions publication={publication} versions={versions} />
      <p>
        永久链接 Permanent link{' '}
        <a href={`/public/inspections/${publication.id}`}>/public/inspections/{publication.id}</a> ·{' '}
        <a href={`/public/inspections/${publication.id}.json`}>JSON</a>
      </p>
      {superseded === undefined ? (
        <>
          <h2 id="correction">申请更正 Ask for a correction</h2>
          <p>
            公示信息不准确的，任何人都可以申请更正，承担单位在 5 个工作日内答复。
            <br />
            <span class="en" lang="en">
              Anyone can ask for a correction of what is wrong here; the unit answers within 5 working days.
            </span>
          </p>
          <CorrectionForm inspection={publication.id} />
        </>
      ) : null}
    </>
  );
}

interface Replaced {
  readonly on: string;
  readonly reason: string;
  readonly of: Publication;
}

function Superseded({ on, reason, of }: Replaced) {
  return (
    <section class="verdict failed">
      <h2>第 {of.version} 版已被更正，不再有效</h2>
      <p>
        {on} 更正，理由：{reason}
      </p>
      <p>
        <a href={`/public/inspections/${of.id}`}>查看现行公示信息</a>
        <br />
        <span class="en" lang="en">
          Version {of.version} was corrected on {on} and does not stand any more;{' '}
          <a href={`/public/inspections/${of.id}`}>see the record that stands</a>.
        </span>
      </p>
    </section>
  );
}

function Facts({ publication }: { readonly publication: Publication }) {
  return (
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
  );
}

function Items({ publication }: { readonly publication: Publication }) {
  return (
    <>
      <h2>检查事项 Items</h2>
      <DataTable
        id="items"
        caption={{ zh: '本次检查的事项', en: 'What was checked' }}
        columns={[
          { zh: '编号', en: 'Code' },
          { zh: '事项', en: 'Matter' },
          { zh: '依据', en: 'Legal basis' },
        ]}
      >
        {publication.items.map((item) => (
          <tr key={item.code}>
            <th scope="row">{item.code}</th>
            <td>{item.matter}</td>
            <td>{item.legalBasis}</td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}

/** Every version with what it was hashed to: the ledger holds each hash from the moment at which the version was published. */
function Versions({ publication, versions }: Shown) {
  return (
    <>
      <h2>版本 Versions</h2>
      <ol class="life">
        {versions.map(({ version, on, reason, hash, superseded, link }) => (
          <li key={version}>
            <time datetime={on}>{on}</time>
            {version === publication.version ? (
              <strong>第 {version} 版</strong>
            ) : (
              <a href={link}>第 {version} 版</a>
            )}
            {reason === undefined ? '，首次公示 first published' : `，更正：${reason}`}
            {superseded === undefined ? '，现行 stands' : `，${superseded.on} 被更正 superseded`}
            <br />
            <small>
              永久链接 Permanent link <a href={link}>{link}</a>
            </small>
            <br />
            <small>
              SHA-256 <code>{hash}</code>
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What is left of a result that was withdrawn by law, whichever version was asked for. */
export function WithdrawnPage({ withdrawal: { withdrawn } }: { readonly withdrawal: Withdrawal }) {
  return (
    <>
      <h1>该公示信息已依法撤下</h1>
      <p class="en" lang="en">
        This record was withdrawn by law
      </p>
      <dl>
        <dt>撤下日期 Withdrawn on</dt>
        <dd>{dateInShanghai(withdrawn.at)}</dd>
        <dt>法律依据 Legal reason</dt>
        <dd>{withdrawn.legalReason}</dd>
      </dl>
    </>
  );
}
