import { describe, expect, test } from 'vitest';
import { parseTable } from '#domain/library/table.ts';

describe('inspectors', () => {
  const header = [
    '单位工号',
    '姓名',
    '性别',
    '所在业务部门(机构)',
    '执法证编号',
    '执法证有效期',
    '执法证编号2',
    '执法证有效期2',
    '是否专家',
    '休假期间',
    '培训有效期',
  ];

  test('have one or two certificates, leave and training; sex is not kept', () => {
    const { records, unknownColumns, errors } = parseTable('inspectors', [
      header,
      [
        'GX-1',
        '甲',
        '女',
        '一所',
        '１６０１',
        '2027/1/31',
        '1602',
        '长期有效',
        '是',
        '2026-12-01至2026-12-03；2027/1/4',
        '2026-12-31',
      ],
      ['GX-2', '乙', '男', '一所', '1603', '2027/1/31', '', '', '', '', ''],
    ]);
    expect(errors).toEqual([]);
    expect(unknownColumns).toEqual(['性别']);
    expect(records.map(({ record }) => record)).toEqual([
      {
        staffNo: 'GX-1',
        name: '甲',
        unit: '一所',
        certificates: [
          { number: '1601', validThrough: '2027-01-31' },
          { number: '1602', validThrough: '9999-09-09' },
        ],
        qualifications: [],
        trainedThrough: '2026-12-31',
        status: 'active',
        expert: true,
        leave: [
          { from: '2026-12-01', through: '2026-12-03' },
          { from: '2027-01-04', through: '2027-01-04' },
        ],
      },
      {
        staffNo: 'GX-2',
        name: '乙',
        unit: '一所',
        certificates: [{ number: '1603', validThrough: '2027-01-31' }],
        qualifications: [],
        status: 'active',
        expert: false,
        leave: [],
      },
    ]);
  });

  test('a second certificate without its last day is at fault in that column', () => {
    const { errors } = parseTable('inspectors', [
      header,
      ['GX-1', '甲', '', '一所', '1601', '2027/1/31', '1602', '', '', '', ''],
      ['11010519491231002X', '乙', '', '一所', '1601', '2027/1/31', '', '', '', '2026-12-05至2026-12-01', ''],
    ]);
    expect(errors.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, '执法证有效期2', 'value-missing'],
      [3, '单位工号', 'value-invalid'],
      [3, '休假期间', 'value-invalid'],
    ]);
  });
});

describe('leave', () => {
  test.each([
    ['2026-12-01~2026-12-03', []],
    ['2026-12-01到下周', ['date-form']],
    ['下周至2026-12-03', ['date-form']],
    ['2026-12-01；；', []],
  ])('written “%s” is read with errors %j', (leave, reasons) => {
    const { errors } = parseTable('inspectors', [
      ['单位工号', '姓名', '单位', '执法证编号', '执法证有效期', '休假期间'],
      ['GX-1', '甲', '一所', '1601', '2027/1/31', leave],
    ]);
    expect(errors.map(({ reason }) => reason)).toEqual(reasons);
  });
});
