import { describe, expect, it } from 'vitest';
import { publicationOf, type Publication, type Withdrawal } from '#domain/inspection/publication.ts';
import { submissionColumns, submissionHeader, submissionRow } from '#domain/submission/columns.ts';
import {
  deliveredIn,
  firstOwed,
  kindOf,
  owedAnew,
  takenBack,
  unfitFor,
  type Delivery,
} from '#domain/submission/sent.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY } from '../../support/samples.ts';

const publication: Publication = {
  ...publicationOf({
    ...assignedInspection,
    status: 'published',
    endedAt: MONDAY,
    publishBy: { date: day('2026-03-30'), provisional: false },
    publishedAt: at('2026-03-05T01:00:00.000Z'),
    record: cleanRecord,
  }),
  subjectId: '91410381MA9G5XJ55K',
};
const { id } = publication;
const corrected: Publication = {
  ...publication,
  version: 2,
  subjectName: '示例加油站有限公司',
  corrected: { at: at('2026-03-09T01:00:00.000Z'), reason: '名称有误' },
};
const withdrawn: Withdrawal = {
  id,
  version: 3,
  inspection: id,
  withdrawn: { at: at('2026-03-10T01:00:00.000Z'), legalReason: '《政府信息公开条例》第十五条' },
};
const titles = new Map([['D-000000000000000000000001', '加油站抽查']]);
const delivery = (submission: string, version: number): Delivery => ({
  submission,
  kind: 'new',
  version,
  at: MONDAY,
  by: 'LEAD',
});

describe('article 7(6): a row for the national system', () => {
  it('tells of a first publication all but the people', () => {
    const { cells } = submissionRow({ kind: 'new', record: publication, publication, titles });
    expect(cells).toEqual([
      '新增',
      id,
      '1',
      '明抽〔2026〕3号',
      '加油站抽查',
      '91410381MA9G5XJ55K',
      '示例加油站',
      '商务综合执法大队；节能监察中心',
      'YS-001；YS-002',
      '成品油零售经营；加油机计量',
      '1',
      '未发现问题',
      '2026-03-02',
      '2026-03-05',
      '',
      '',
    ]);
    expect(submissionHeader).toHaveLength(cells.length);
  });

  it('of a withdrawal names the record, and says no more of it than that', () => {
    const { cells, faults } = submissionRow({
      kind: 'withdrawn',
      record: withdrawn,
      publication: corrected,
      titles,
    });
    expect(faults).toEqual([]);
    expect(cells.filter((cell) => cell !== '')).toEqual([
      '撤销',
      id,
      '3',
      '明抽〔2026〕3号',
      '91410381MA9G5XJ55K',
      '2026-03-10',
      '《政府信息公开条例》第十五条',
    ]);
  });

  it('that does not fit is told with every column and reason, and nothing of it is cut off', () => {
    const long = { ...publication, subjectName: '长'.repeat(101), subjectId: '91410381MA0000000X' };
    const { cells, faults } = submissionRow({
      kind: 'new',
      record: long,
      publication: long,
      titles: new Map(),
    });
    expect(faults.map(({ column, reason, detail }) => [column, reason, detail.slice(0, 20)])).toEqual([
      ['任务名称', 'missing', '必填，现为空'],
      ['统一社会信用代码/注册号', 'malformed', '校验码不符：代码“91410381MA0'],
      ['企业名称', 'too-long', '最多 100 个字符，现为 101 个'],
    ]);
    expect(cells[6]).toBe(long.subjectName);
  });

  it('has columns whose limits are those of the documentation, each with a header of its own', () => {
    expect(new Set(submissionHeader).size).toBe(16);
    expect(submissionColumns.every(({ longest }) => longest > 0)).toBe(true);
  });
});

describe('article 7(6): what the national system is owed', () => {
  const owed = firstOwed(publication);

  it('is the first publication, then its correction, then its withdrawal', () => {
    expect(kindOf(owed, publication)).toBe('new');
    const sent = deliveredIn(owed, delivery('N-1', 1));
    expect(sent).toEqual({ id, version: 2, deliveries: [delivery('N-1', 1)] });
    const anew = owedAnew(sent, corrected);
    expect([anew.owed, kindOf(anew, corrected)]).toEqual([
      { version: 2, at: '2026-03-09T01:00:00.000Z' },
      'corrected',
    ]);
    expect(kindOf(owedAnew(anew, withdrawn), withdrawn)).toBe('withdrawn');
  });

  it('is nothing when it was withdrawn before it ever went out', () => {
    expect(owedAnew(owed, withdrawn)).toEqual({ id, version: 2, deliveries: [] });
  });

  it('is the correction that was made while the file went out', () => {
    const sent = deliveredIn(owedAnew(owed, corrected), delivery('N-1', 1));
    expect(sent.owed).toEqual({ version: 2, at: '2026-03-09T01:00:00.000Z' });
  });

  it('that did not fit waits for a correction', () => {
    const unfit = unfitFor(owed, 'N-1', 1);
    expect(unfit.owed?.unfit).toBe('N-1');
    expect(owedAnew(unfit, corrected).owed?.unfit).toBeUndefined();
    const later = owedAnew(owed, corrected);
    expect(unfitFor(later, 'N-1', 1)).toBe(later);
  });

  it('is owed again as what it was when the file is refused, in the version that stands', () => {
    const sent = deliveredIn(owed, delivery('N-1', 1));
    const back = takenBack(sent, 'N-1', corrected, MONDAY);
    expect([back.deliveries, back.owed]).toEqual([[], { version: 2, at: MONDAY }]);
    expect(kindOf(back, corrected)).toBe('new');
    expect(takenBack(sent, 'N-1', withdrawn, MONDAY).owed).toBeUndefined();
    const twice = deliveredIn(sent, delivery('N-2', 2));
    expect(takenBack(twice, 'N-1', corrected, MONDAY).owed).toBeUndefined();
  });

  it('is owed from records that were published before this was kept, once they are corrected', () => {
    expect(owedAnew(undefined, corrected)).toMatchObject({ id, version: 1, owed: { version: 2 } });
  });
});
