import type { DrawSummary } from '#contracts/api/forms.ts';
import type { SummaryRow } from '#domain/inspection/draw-summary.ts';
import { Heading, Label } from './bilingual.tsx';
import { documentText } from './document.tsx';

/** The summary 汇总表 as a page of its own, across A4. */
export function drawSummaryText(page: DrawSummary): string {
  return documentText(`汇总表 ${page.title}`, <Summary page={page} />, true);
}

function Summary({ page }: { readonly page: DrawSummary }) {
  const { draw, title, planNumber, inspections, unit, counts, rows, next } = page;
  return (
    <>
      <Heading zh="随机抽查汇总表" en="Summary of a draw" />
      <p class="facts">
        <span>{`任务名称：${title}`}</span>
        <span>{`任务编号：${planNumber}`}</span>
        {unit === undefined ? null : <span>{`承担单位：${unit}`}</span>}
        {inspections === undefined ? null : <span>{`检查对象共 ${inspections} 户`}</span>}
        <span>
          {`本页 ${counts.all} 户：未录入 ${counts.notEntered}，待公示 ${counts.toPublish}，已公示 ${counts.published}，逾期 ${counts.overdue}`}
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <Label zh="序号" en="No." width="w1" />
            <Label zh="检查对象" en="Subject" width="w4" />
            <Label zh="承担单位" en="Units" width="w3" />
            <Label zh="检查人员" en="Inspectors" width="w2" />
            <Label zh="状态" en="State" width="w2" />
            <Label zh="期限" en="Due" width="w2" />
            <Label zh="检查日期" en="Checked" width="w2" />
            <Label zh="检查结果" en="Result" />
            <Label zh="后续处置" en="Follow-up" width="w2" />
            <Label zh="公示日期" en="Published" width="w2" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Line key={row.inspection} row={row} number={at + 1} />
          ))}
        </tbody>
      </table>
      {next === undefined ? null : (
        <nav>
          <p>
            <a href={`/draws/${draw}/summary?after=${encodeURIComponent(next)}`}>下一页 Next page</a>
          </p>
        </nav>
      )}
    </>
  );
}

function Line({ row, number }: { readonly row: SummaryRow; readonly number: number }) {
  const { subjectName, subjectId, how, units, team, statusText, due, inspectedOn } = row;
  const { results, followUps, publishedOn, onTime } = row;
  return (
    <tr>
      <td class="centre">{number}</td>
      <td>
        {subjectName}
        {how === 'named' ? '（指定）' : ''}
        <span class="en">{subjectId}</span>
      </td>
      <td>{units.join('、')}</td>
      <td>{team.join('、')}</td>
      <td class="centre">{statusText}</td>
      <td class={due?.overdue === true ? 'date late' : 'date'}>
        {due === undefined
          ? ''
          : `${due.date}${due.provisional ? '\n（暂定）' : ''}${due.overdue ? '\n逾期' : ''}`}
      </td>
      <td class="date">{inspectedOn ?? ''}</td>
      <td>{results.map(({ code, text }) => `${code}. ${text}`).join('\n')}</td>
      <td>{followUps.join('、')}</td>
      <td class={onTime === false ? 'date late' : 'date'}>
        {publishedOn === undefined ? '' : `${publishedOn}${onTime === false ? '\n逾期' : ''}`}
      </td>
    </tr>
  );
}
