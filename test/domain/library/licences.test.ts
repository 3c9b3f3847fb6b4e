import { describe, expect, test } from 'vitest';
import { parseTable } from '#domain/library/table.ts';

const ETERNAL = '9999-09-09';
const read = (cell: string) =>
  parseTable('subjects', [
    ['统一社会信用代码', '企业名称', '许可证'],
    ['91350100M000100Y43', '示例', cell],
  ]);

describe('the licences of a cell', () => {
  test.each([
    ['食品经营许可证', [{ name: '食品经营许可证', validThrough: ETERNAL }]],
    ['食品经营许可证（长期有效）', [{ name: '食品经营许可证', validThrough: ETERNAL }]],
    ['食品经营许可证(有效期至：2027/3/2)', [{ name: '食品经营许可证', validThrough: '2027-03-02' }]],
    ['食品经营许可证（2027年3月2日）', [{ name: '食品经营许可证', validThrough: '2027-03-02' }]],
    [
      '食品经营许可证（编号：ＪＹ１４ 0001，至2027-03-02）',
      [{ name: '食品经营许可证', number: 'JY140001', validThrough: '2027-03-02' }],
    ],
    [
      '食品经营许可证（编号 JY1）、拍卖经营批准证书',
      [
        { name: '食品经营许可证', number: 'JY1', validThrough: ETERNAL },
        { name: '拍卖经营批准证书', validThrough: ETERNAL },
      ],
    ],
    [
      '特种行业许可证（旅馆业）（至2027-03-02）；',
      [{ name: '特种行业许可证（旅馆业）', validThrough: '2027-03-02' }],
    ],
    [
      '危险化学品经营许可证（零售，含储存）',
      [{ name: '危险化学品经营许可证（零售，含储存）', validThrough: ETERNAL }],
    ],
    ['', []],
  ])('written “%s” are read with their last days', (cell, licences) => {
    const { records, errors } = read(cell);
    expect(errors).toEqual([]);
    expect(records[0]?.record).toMatchObject({ licences });
  });

  test.each([
    ['食品经营许可证（至下周）', 'date-form', '“食品经营许可证（至下周）”不是日期'],
    ['食品经营许可证（至2027-02-30）', 'date-impossible', '没有这一天'],
    ['食品经营许可证（至3/2/2027）', 'date-ambiguous', '看不出年、月、日的先后'],
    ['（至2027-03-02）', 'licence-form', '缺少许可证名称'],
    ['食品经营许可证（编号，长期）', 'licence-form', '缺少编号'],
    ['食品经营许可证（零售，至2027-03-02）', 'licence-form', '看不出“零售”是什么'],
    ['食品经营许可证（至2027-03-02', 'licence-form', '括号不成对'],
    ['食品经营许可证）（', 'licence-form', '括号不成对'],
    [`${'长'.repeat(101)}证`, 'value-invalid', '最多 100'],
  ])('written “%s” are refused: %s', (cell, reason, detail) => {
    expect(read(cell).errors).toEqual([
      { row: 2, column: '许可证', value: cell, reason, detail: expect.stringContaining(detail) },
    ]);
  });
});
