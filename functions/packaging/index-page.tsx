import { catalogue } from '#contracts/catalogue.ts';
import type { ArchivedFile } from '#domain/archive/archive.ts';
import { documentLabels, outcomeLabels, type FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { followUpLifecycle } from '#domain/follow-up/lifecycle.ts';
import { receiverName } from '#domain/handover/handover.ts';
import { handoverLifecycle } from '#domain/handover/lifecycle.ts';
import { isWithdrawn } from '#domain/inspection/publication.ts';
import { followUpLabels } from '#domain/inspection/record.ts';
import { on, page, Results, Row, Table } from './shell.tsx';
import type { Shown } from './shown.ts';

/** The list of the whole file: what it is, and each file with its hash. */
export function indexPage(
  shown: Shown,
  inside: readonly ArchivedFile[],
  beside: readonly ArchivedFile[],
): string {
  const { inspection, archive, followUps, handovers } = shown;
  const names = new Map(shown.evidence.map(({ name, evidence }) => [name, evidence.name]));
  return page(
    `检查档案 ${archive.number}`,
    <>
      <h1>
        检查档案 <small lang="en">Inspection file</small>
      </h1>
      <table class="facts">
        <tbody>
          <Row zh="档号" en="archive number">
            {archive.number}
          </Row>
          <Row zh="被检查对象" en="subject">
            {inspection.subject.name}（{inspection.subject.id}）
          </Row>
          <Row zh="检查编号" en="inspection">
            {inspection.id}
          </Row>
          <Row zh="检查计划" en="plan">
            {inspection.draws.map(({ planNumber }) => planNumber).join('、')}
          </Row>
          <Row zh="检查日期" en="visit">
            {on(inspection.begunAt)} 至 {on(inspection.endedAt)}
          </Row>
          <Row zh="检查结果" en="result">
            <Results inspection={inspection} />
          </Row>
          <Row zh="公示" en="published">
            {on(inspection.publishedAt)}（法定期限 {inspection.publishBy?.date ?? '—'}）
          </Row>
          <Row zh="归档" en="archived">
            {on(archive.at)}，{archive.unit}（{archive.by}），归档期限 {archive.archiveBy}
          </Row>
        </tbody>
      </table>
      <h2>后续处置 Follow-ups（第十五条）</h2>
      {followUps.length === 0 ? <p>无需后续处置 None was needed.</p> : <FollowUps cases={followUps} />}
      <h2>线索移送 Handovers（第十一条）</h2>
      {handovers.length === 0 ? <p>无 None.</p> : <Handovers handovers={handovers} />}
      <h2>公示版本 Published versions（第十四、十六条）</h2>
      <Versions publications={shown.publications} />
      <h2>卷内文件 Files（第十三条）</h2>
      <Files files={inside} names={names} linked />
      {beside.length === 0 ? null : (
        <>
          <h2>另存证据 Evidence kept beside this package</h2>
          <p>
            总量超过单个文件包的上限，原件保存在证据库中。 Together too big for one package; kept under these
            hashes.
          </p>
          <Files files={beside} names={names} linked={false} />
        </>
      )}
      <h2>办理过程 Audit trail</h2>
      <Steps steps={shown.steps} />
      <p>
        核验方法见 <a href="VERIFY.txt">VERIFY.txt</a>，文件清单见 <a href="SHA256SUMS">SHA256SUMS</a>。
        <br />
        <small lang="en">How to verify: VERIFY.txt. Hashes of all files: SHA256SUMS.</small>
      </p>
    </>,
  );
}

function FollowUps({ cases }: { readonly cases: readonly FollowUpCase[] }) {
  return (
    <Table head={['处置', '责任单位', '期限', '文书', '结果', '状态']}>
      {cases.map(({ id, kind, unit, due, documents, outcome, status }) => (
        <tr key={id}>
          <td>
            <a href={`follow-ups/${id}.json`}>{followUpLabels[kind]}</a>
          </td>
          <td>{unit}</td>
          <td>{due}</td>
          <td>{documents.map((one) => `${documentLabels[one.kind]} ${one.number}`).join('；') || '—'}</td>
          <td>{outcome === undefined ? '—' : `${outcomeLabels[outcome.kind]}：${outcome.text}`}</td>
          <td>{followUpLifecycle.statuses[status]}</td>
        </tr>
      ))}
    </Table>
  );
}

function Handovers({ handovers }: Pick<Shown, 'handovers'>) {
  return (
    <Table head={['涉及领域', '移送单位', '接收方', '移送日期', '回执', '状态']}>
      {handovers.map(({ id, field, from, receiver, sent, receipt, returned, status }) => (
        <tr key={id}>
          <td>
            <a href={`handovers/${id}.json`}>{field}</a>
          </td>
          <td>{from}</td>
          <td>{receiverName(receiver)}</td>
          <td>{on(sent?.at)}</td>
          <td>
            {receipt === undefined
              ? returned === undefined
                ? '—'
                : `退回：${returned.reason}`
              : `${receipt.number}（${receipt.on}）`}
          </td>
          <td>{handoverLifecycle.statuses[status]}</td>
        </tr>
      ))}
    </Table>
  );
}

function Versions({ publications }: Pick<Shown, 'publications'>) {
  return (
    <Table head={['版本', '日期', '说明']}>
      {publications.map((one) => (
        <tr key={one.version}>
          <td>第 {one.version} 版</td>
          <td>{on(isWithdrawn(one) ? one.withdrawn.at : (one.corrected?.at ?? one.publishedAt))}</td>
          <td>
            {isWithdrawn(one)
              ? `依法撤下：${one.withdrawn.legalReason}`
              : (one.corrected?.reason ?? '首次公示')}
          </td>
        </tr>
      ))}
    </Table>
  );
}

interface Listing {
  readonly files: readonly ArchivedFile[];
  /** What people called a file of evidence. */
  readonly names: ReadonlyMap<string, string>;
  readonly linked: boolean;
}

function Files({ files, names, linked }: Listing) {
  return (
    <Table head={['文件 File', '名称 Name', '字节 Bytes', 'SHA-256']}>
      {files.map(({ name, size, sha256 }) => (
        <tr key={name}>
          <td>{linked ? <a href={name}>{name}</a> : name}</td>
          <td>{names.get(name) ?? nameOf(name)}</td>
          <td>{size}</td>
          <td>
            <code>{sha256}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}

const FOLDERS: Readonly<Record<string, string>> = {
  'VERIFY.txt': '核验说明',
  'inspection/registration-form.html': '执法检查登记表',
  'inspection/registration-form.json': '执法检查登记表（数据）',
  'inspection/notice.html': '随机抽查通知书',
  'inspection/notice.json': '随机抽查通知书（数据）',
  'inspection/inspection.json': '检查任务（数据）',
  'inspection/records.json': '检查记录各版本（数据）',
  'audit/events.json': '办理过程与账本条目',
};

function nameOf(file: string): string {
  const known = FOLDERS[file];
  if (known !== undefined) return known;
  if (file.startsWith('follow-ups/')) return '后续处置';
  if (file.startsWith('handovers/')) return '线索移送';
  if (file.startsWith('publications/')) return '公示信息';
  if (file.endsWith('.inclusion.json')) return '入池证明';
  return file.endsWith('.proof.json') ? '抽取证明' : '—';
}

function Steps({ steps }: Pick<Shown, 'steps'>) {
  return (
    <Table head={['账本序号', '时间（UTC）', '事件', '事件哈希 eventHash']}>
      {steps.map(({ event, entry }) => (
        <tr key={event.id}>
          <td>{entry?.seq ?? '—'}</td>
          <td>{event.time}</td>
          <td>
            {catalogue[event.type].zh} <small>{event.type}</small>
          </td>
          <td>
            <code>{entry?.eventHash ?? '—'}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}
