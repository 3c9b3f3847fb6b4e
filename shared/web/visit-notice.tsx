import type { VisitNotice } from '#domain/inspection/visit-notice.ts';
import { Heading, Label } from './bilingual.tsx';
import { documentText } from './document.tsx';

/** The notice as a page of its own, to be handed to the subject. */
export function visitNoticeText(notice: VisitNotice): string {
  return documentText(`随机抽查通知书 ${notice.subject.name}`, <Notice notice={notice} />);
}

function Notice({ notice }: { readonly notice: VisitNotice }) {
  const { tasks, subject, how, period, materials, contacts, units, issuedOn } = notice;
  return (
    <>
      <Heading zh="随机抽查通知书" en="Notice of an inspection" />
      <p class="right">{tasks.map(({ planNumber }) => planNumber).join('；')}</p>
      <p>{`${subject.name}（${subject.id}）：`}</p>
      <p class="indent">
        {how === 'drawn'
          ? '依据《触发式“双随机、一公开”监管工作细则》，经公开可复核的随机抽取，你单位被抽取为检查对象。'
          : '依据《触发式“双随机、一公开”监管工作细则》，因触发信息涉及你单位，你单位被列为检查对象。'}
        {`现将${tasks.map(({ title }) => `“${title}”`).join('、')}的检查事项通知如下。`}
      </p>
      <p class="indent en" lang="en">
        {how === 'drawn'
          ? 'You were drawn at random for an inspection, by a draw that anyone can verify. The items, the time, the people and what to have ready are below.'
          : 'You were named by what was reported and will be inspected. The items, the time, the people and what to have ready are below.'}
      </p>
      <Items notice={notice} />
      <p />
      <p>{`一、检查时间：自 ${period.from} 起${periodEnd(period)}。`}</p>
      <p class="keep">
        二、请准备下列材料：
        {materials.length === 0 ? '与检查事项有关的证照、台账和记录。' : ''}
      </p>
      {materials.length === 0 ? null : (
        <ol>
          {materials.map(({ matter, text }) => (
            <li key={matter}>{`${matter}：${text}`}</li>
          ))}
        </ol>
      )}
      <p>三、检查人员（不少于两人，检查时出示执法证件，未出示的可以拒绝检查）：</p>
      <Team notice={notice} />
      <p />
      <p>
        {`四、联系人：${contacts
          .map(({ unit, name, phone }) => `${unit} ${name}${phone === undefined ? '' : `，电话 ${phone}`}`)
          .join('；')}。`}
      </p>
      <p>
        五、请如实提供情况和材料，配合检查。拒绝进入、拒绝提供材料、不如实提供或者阻挠检查，情节严重的，将依法公示。与检查人员有利害关系的，可以申请回避。
      </p>
      <div class="sign keep">
        {units.map((unit) => (
          <p key={unit}>{`${unit}（印章）`}</p>
        ))}
        <p>{issuedOn}</p>
      </div>
    </>
  );
}

function periodEnd({ through, provisional }: VisitNotice['period']): string {
  return through === undefined ? '' : `至 ${through} 止${provisional ? '（暂定）' : ''}`;
}

function Items({ notice: { lines } }: { readonly notice: VisitNotice }) {
  return (
    <table>
      <thead>
        <tr>
          <Label zh="序号" en="No." width="w1" />
          <Label zh="检查事项" en="Item" width="w4" />
          <Label zh="检查依据" en="Legal basis" width="w5" />
          <Label zh="检查方式" en="Method" width="w3" />
          <Label zh="检查内容及要求" en="Content" />
        </tr>
      </thead>
      <tbody>
        {lines.map(({ code, matter, subMatter, legalBasis, methods, content }, at) => (
          <tr key={code}>
            <td class="centre">{at + 1}</td>
            <td>{subMatter === undefined ? matter : `${matter}：${subMatter}`}</td>
            <td>{legalBasis}</td>
            <td>{methods.map(({ text }) => text).join('、')}</td>
            <td>{content ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Team({ notice: { team } }: { readonly notice: VisitNotice }) {
  return (
    <table>
      <thead>
        <tr>
          <Label zh="姓名" en="Name" width="w4" />
          <Label zh="单位" en="Unit" />
          <Label zh="执法证号" en="Certificate" />
        </tr>
      </thead>
      <tbody>
        {team.map(({ inspector, name, unit, certificate }) => (
          <tr key={inspector}>
            <td>{name}</td>
            <td>{unit}</td>
            <td>{certificate}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
