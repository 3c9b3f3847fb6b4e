import { followUpLabels } from '#domain/inspection/record.ts';
import { checkMethodLabels } from '#domain/item/item.ts';
import { on, page, Results, Row, Table } from './shell.tsx';
import type { Shown } from './shown.ts';

/** 执法检查登记表 (article 7(3)): the items of all units with their legal basis, and the team with its certificates. */
export function registrationForm({ inspection, archive }: Shown): string {
  const { subject, items, team, experts, draws } = inspection;
  return page(
    `执法检查登记表 ${inspection.id}`,
    <>
      <h1>执法检查登记表</h1>
      <table class="facts">
        <tbody>
          <Row zh="档号" en="archive number">
            {archive.number}
          </Row>
          <Row zh="检查计划文号" en="plan">
            {draws
              .map(({ planNumber, how }) => `${planNumber}（${how === 'drawn' ? '随机抽取' : '举报点名'}）`)
              .join('；')}
          </Row>
          <Row zh="被检查对象" en="subject">
            {subject.name}
          </Row>
          <Row zh="统一社会信用代码" en="code">
            {subject.id}
          </Row>
          <Row zh="信用风险类别" en="credit class">
            {subject.creditClass}
          </Row>
        </tbody>
      </table>
      <h2>检查事项 Items</h2>
      <Table head={['编号', '抽查事项', '抽查依据', '承担单位']}>
        {items.map(({ code, matter, legalBasis, unit }) => (
          <tr key={code}>
            <td>{code}</td>
            <td>{matter}</td>
            <td>{legalBasis}</td>
            <td>{unit}</td>
          </tr>
        ))}
      </Table>
      <h2>检查人员 Team（第十条）</h2>
      <Table head={['姓名', '单位', '执法证号', '接受日期']}>
        {team.map(({ inspector, name, unit, certificate, acceptedAt }) => (
          <tr key={inspector}>
            <td>{name}</td>
            <td>{unit}</td>
            <td>{certificate}</td>
            <td>{on(acceptedAt)}</td>
          </tr>
        ))}
      </Table>
      {experts.length === 0 ? null : (
        <>
          <h2>受邀专业人员 Experts（第九条）</h2>
          <Table head={['姓名', '机构', '作用']}>
            {experts.map(({ name, organisation, role }) => (
              <tr key={`${name}${organisation}`}>
                <td>{name}</td>
                <td>{organisation}</td>
                <td>{role}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </>,
  );
}

/** 随机抽查情况记录表: what was found, signed or not, as it stands. */
export function recordPage({ inspection, evidence, archive }: Shown): string {
  const { record, items, subject } = inspection;
  const matters = new Map(items.map(({ code, matter }) => [code, matter]));
  return page(
    `随机抽查情况记录表 ${inspection.id}`,
    <>
      <h1>随机抽查情况记录表</h1>
      <table class="facts">
        <tbody>
          <Row zh="档号" en="archive number">
            {archive.number}
          </Row>
          <Row zh="被检查对象" en="subject">
            {subject.name}（{subject.id}）
          </Row>
          <Row zh="核查方式" en="methods">
            {(record?.methods ?? []).map((method) => checkMethodLabels[method]).join('、')}
          </Row>
          <Row zh="检查结果" en="result">
            <Results inspection={inspection} />
          </Row>
          <Row zh="后续处置" en="follow-ups">
            {(record?.followUps ?? []).map((kind) => followUpLabels[kind]).join('、')}
          </Row>
          <Row zh="被检查单位意见" en="opinion">
            {record?.opinion ?? '—'}
          </Row>
          <Row zh="签字盖章" en="signature">
            {record === undefined
              ? '—'
              : record.signature.signed
                ? record.signature.by
                : `未签：${record.signature.reason}`}
          </Row>
        </tbody>
      </table>
      <h2>检查情况 Findings</h2>
      <Table head={['事项', '是否检查', '发现问题情况', '处置情况']}>
        {(record?.findings ?? []).map(({ item, checked, finding, handling }) => (
          <tr key={item}>
            <td>
              {item} {matters.get(item)}
            </td>
            <td>{checked ? '是' : '否'}</td>
            <td>{finding}</td>
            <td>{handling}</td>
          </tr>
        ))}
      </Table>
      <h2>证据 Evidence</h2>
      {evidence.length === 0 ? (
        <p>无 None.</p>
      ) : (
        <Table head={['编号', '名称', '留存日期']}>
          {evidence.map(({ name, evidence: one }) => (
            <tr key={one.id}>
              <td>
                <a href={`../${name}`}>{one.id}</a>
              </td>
              <td>{one.name}</td>
              <td>{on(one.storedAt)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>,
  );
}
