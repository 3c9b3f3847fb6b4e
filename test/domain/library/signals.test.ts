import { describe, expect, test } from 'vitest';
import { headerOf, rowOf } from '#domain/library/library.ts';
import { lineOfSignal, signalOfLine } from '#domain/library/signals.ts';
import { permitsOf, withPermit } from '#domain/library/permits.ts';
import { keepingClass } from '#domain/library/subjects.ts';
import { parseTable } from '#domain/library/table.ts';
import { Subject } from '#domain/subject/subject.ts';

const ID = '91350100M000100Y43';
const HEADER = ['统一社会信用代码', '企业名称', '信号类型', '发生日期', '文书号', '修复范围', '备注'];
const subject = Subject.parse({
  id: ID,
  name: '甲',
  kind: 'enterprise',
  status: 'active',
  territory: '410381001',
  creditClass: 'B',
  classedOn: '2026-04-30',
  tags: [],
  licences: [],
});
const read = (...rows: string[][]) => parseTable('signals', [HEADER, ...rows]);
const reasonsOf = (...rows: string[][]) =>
  read(...rows).errors.map(({ row, column, reason, detail }) => [row, column, reason, detail]);

describe('a file of risk signals', () => {
  test('names the kind by its label, by another name or by its code', () => {
    const { records, errors } = read(
      [ID, '甲', '行政处罚', '2026-03-02', '偃市监罚〔2026〕12号', '', '罚款 5 万元'],
      [ID, '甲', '经营异常名录', '20260303', '', '', ''],
      [ID, '甲', 'overdue-report', '2026/7/1', '', '', ''],
      [ID, '甲', '信用修复', '2026-08-01', '', '行政处罚、列入经营异常名录', ''],
      [ID, '甲', '信用修复', '2026-09-01', '', '全部', ''],
    );
    expect(errors).toEqual([]);
    expect(records.map(({ record }) => record)).toEqual([
      {
        id: ID,
        name: '甲',
        kind: 'penalty',
        on: '2026-03-02',
        reference: '偃市监罚〔2026〕12号',
        note: '罚款 5 万元',
      },
      { id: ID, name: '甲', kind: 'abnormal-listing', on: '2026-03-03' },
      { id: ID, name: '甲', kind: 'overdue-report', on: '2026-07-01' },
      { id: ID, name: '甲', kind: 'credit-repair', on: '2026-08-01', lifts: ['penalty', 'abnormal-listing'] },
      {
        id: ID,
        name: '甲',
        kind: 'credit-repair',
        on: '2026-09-01',
        lifts: ['abnormal-listing', 'serious-violation', 'penalty', 'overdue-report'],
      },
    ]);
  });

  test('is told what is wrong with a row', () => {
    const only =
      '信用修复须注明修复的信号类型，其他信号不可填写 only a credit repair names what it lifts, and it has to';
    expect(
      reasonsOf(
        [ID, '甲', '信用修复', '2026-08-01', '', '', ''],
        [ID, '甲', '行政处罚', '2026-08-01', '', '行政处罚', ''],
        [ID, '甲', '信用修复', '2026-08-02', '', '投诉举报', ''],
        [ID, '甲', '表扬', '2026-08-01', '', '', ''],
        [ID, '甲', '行政处罚', '昨天', '', '', ''],
        [ID, '甲', '', '', '', '', ''],
        [ID, '甲', '投诉举报', '2026-08-01', '', '', ''],
        [ID, '乙', '投诉举报', '2026-08-01', '', '', '另一件'],
        [ID, '甲', '投诉举报', '2026-08-01', '12345-2', '', ''],
      ),
    ).toEqual([
      [2, '修复范围', 'value-missing', only],
      [3, '修复范围', 'value-invalid', only],
      [
        4,
        '修复范围',
        'label-unknown',
        '“投诉举报”应为：列入经营异常名录、列入严重违法失信名单、行政处罚、年报逾期',
      ],
      [
        5,
        '信号类型',
        'label-unknown',
        '应为：投诉举报、列入经营异常名录、列入严重违法失信名单、行政处罚、检查发现问题、检查未发现问题、年报逾期、信用修复',
      ],
      [6, '发生日期', 'date-form', '不是日期：请写成 2026-03-02 的形式'],
      [7, '信号类型', 'value-missing', '必填'],
      [7, '发生日期', 'value-missing', '必填'],
      [9, '统一社会信用代码', 'duplicate', '与第 8 行重复'],
    ]);
  });

  test('gives each signal an id that follows from subject, kind, day and number, and reads again what is written', () => {
    const rows = [
      [ID, '甲', '行政处罚', '2026-03-02', '12号', '', '罚款'],
      [ID, '甲', '信用修复', '2026-08-01', '', '年报逾期', ''],
    ];
    const signals = read(...rows).records.map(({ record }) => signalOfLine(record));
    expect(signals).toEqual([
      {
        id: 'S-36f37d8bad6c56b4e33e1865',
        subject: ID,
        kind: 'penalty',
        on: '2026-03-02',
        source: 'import',
        reference: '12号',
        note: '罚款',
      },
      {
        id: 'S-eb5dbca7d313f7b9d117f4ac',
        subject: ID,
        kind: 'credit-repair',
        on: '2026-08-01',
        source: 'import',
        lifts: ['overdue-report'],
      },
    ]);
    const written = signals.map((signal) => rowOf('signals', lineOfSignal(subject, signal)));
    expect(written).toEqual(rows);
    const again = parseTable('signals', [headerOf('signals'), ...written]);
    expect(again.records.map(({ record }) => signalOfLine(record))).toEqual(signals);
  });
});

describe('the class of a row of the register’s own file', () => {
  const row = (creditClass?: 'C', classedOn?: string) =>
    Subject.parse({ ...subject, name: '甲改名', creditClass, classedOn });

  test('article 6: takes the place of an older one and of one of its day, never of a newer one', () => {
    expect(keepingClass(row('C', '2026-05-31'), subject)).toEqual(row('C', '2026-05-31'));
    expect(keepingClass(row('C', '2026-04-30'), subject)).toEqual(row('C', '2026-04-30'));
    expect(keepingClass(row('C', '2026-03-31'), subject)).toEqual({ ...subject, name: '甲改名' });
  });

  test('article 6: is the one that stands when the row gives none', () => {
    expect(keepingClass(row(), subject)).toEqual({ ...subject, name: '甲改名' });
    expect(keepingClass(row(), {})).toEqual(row());
  });
});

describe('the lines of a special library', () => {
  const licences = [
    { name: '食品经营许可证', number: 'JY1', validThrough: '2027-03-02' },
    { name: '成品油零售经营批准证书', validThrough: '9999-09-09' },
  ];

  test.each([
    ['two licences and tags', { tags: ['餐饮', '校园周边'], licences }, 2],
    ['licences alone', { tags: [], licences }, 2],
    ['tags alone', { tags: ['餐饮', '校园周边'], licences: [] }, 1],
    ['neither', { tags: [], licences: [] }, 0],
  ])('of a subject with %s change nothing when they are imported again', (_, change, lines) => {
    const before = Subject.parse({ ...subject, ...change });
    const rows = permitsOf(before).map((permit) => rowOf('licences', permit));
    const { records, errors } = parseTable('licences', [headerOf('licences'), ...rows]);
    expect([records.length, errors]).toEqual([lines, []]);
    const after = records.reduce<Subject | undefined>(
      (at, { record }) => at && withPermit(at, record),
      before,
    );
    expect(after).toEqual(before);
  });

  test('name a special library or a licence', () => {
    const header = ['专项库名称', '统一社会信用代码', '许可证名称', '有效期至'];
    const { records, errors } = parseTable('licences', [
      header,
      ['', ID, '食品经营许可证', '2027-03-02'],
      ['', ID, '', ''],
    ]);
    expect(records).toHaveLength(1);
    expect(errors).toEqual([
      {
        row: 3,
        column: '专项库名称',
        value: '',
        reason: 'value-missing',
        detail: '须填写专项库名称，或一张许可证',
      },
    ]);
  });
});
