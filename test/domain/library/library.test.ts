import { describe, expect, test } from 'vitest';
import { readHeading, readRow } from '#domain/library/column.ts';
import { libraries, LibraryName, templateOf } from '#domain/library/library.ts';
import { parseTable } from '#domain/library/table.ts';

const ID = '91350100M000100Y43';
const OTHER_ID = '91110000600037341L';

describe('subjects', () => {
  test('need only code and name; what follows from the code is filled in', () => {
    const table = parseTable('subjects', [
      ['企业名称', '统一社会信用代码/注册号'],
      ['示例公司', ID],
      ['老示例', '110108000000016'],
    ]);
    expect(table).toEqual({
      records: [
        {
          row: 2,
          record: {
            id: ID,
            name: '示例公司',
            kind: 'enterprise',
            status: 'active',
            territory: '350100',
            tags: [],
            licences: [],
          },
        },
        {
          row: 3,
          record: {
            id: '110108000000016',
            name: '老示例',
            kind: 'enterprise',
            status: 'active',
            territory: '110108',
            tags: [],
            licences: [],
          },
        },
      ],
      errors: [],
      skipped: [],
      shortRows: [],
      unknownColumns: [],
    });
  });

  test('read every column, under either of its names, and name the columns that are not kept', () => {
    const table = parseTable('subjects', [
      [
        '*统一社会信用代码',
        '名称',
        '注册资本',
        '登记状态',
        '行业代码',
        '规模',
        '信用风险类别',
        '评定日期',
        '监管标签',
        '住所(经营场所)',
        '法定代表人（负责人）',
        '电话',
        '成立日期',
        '登记机关',
        '管辖单位',
        '主体类型',
        '区划代码',
        '片区',
        '许可证',
      ],
      [
        ID,
        '示例',
        '100万',
        '吊销，未注销',
        '5211',
        '小型企业',
        'C级',
        '2026/11/1',
        '食品经营、危化品',
        '砚南路1号',
        '赵示',
        '0379-6770 0000',
        '41000',
        '甲局',
        '乙所',
        '个体工商户',
        '410381001',
        '东',
        '成品油零售经营批准证书（至2027-03-02）；食品经营许可证（长期）',
      ],
    ]);
    expect(table.unknownColumns).toEqual(['注册资本', '片区']);
    expect(table.errors).toEqual([]);
    expect(table.records[0]?.record).toEqual({
      id: ID,
      name: '示例',
      kind: 'individual-business',
      status: 'licence-revoked',
      territory: '410381001',
      industry: 'F5211',
      scale: 'small',
      creditClass: 'C',
      classedOn: '2026-11-01',
      tags: ['食品经营', '危化品'],
      licences: [
        { name: '成品油零售经营批准证书', validThrough: '2027-03-02' },
        { name: '食品经营许可证', validThrough: '9999-09-09' },
      ],
      address: '砚南路1号',
      legalRepresentative: '赵示',
      phone: '0379-67700000',
      established: '2012-04-01',
      registrationAuthority: '甲局',
      jurisdictionUnit: '乙所',
    });
  });

  test('report all that is wrong with a row, and the others stand', () => {
    const { records, errors } = parseTable('subjects', [
      ['统一社会信用代码', '企业名称', '登记状态', '成立日期', '区划代码'],
      ['91350100M000100Y44', '', '营业中', '2026/2/30', '410381'],
      [ID, '示例', '', '', '4103'],
      [OTHER_ID, '示例二', '', '', ''],
    ]);
    expect(records.map(({ row }) => row)).toEqual([4]);
    expect(errors.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [2, '统一社会信用代码', '91350100M000100Y44', 'id-check-character'],
      [2, '企业名称', '', 'value-missing'],
      [2, '登记状态', '营业中', 'label-unknown'],
      [2, '成立日期', '2026/2/30', 'date-impossible'],
      [3, '区划代码', '4103', 'value-invalid'],
    ]);
  });

  test('a class without its day is missing the day, and the sentence says why', () => {
    const { errors } = parseTable('subjects', [
      ['统一社会信用代码', '企业名称', '信用风险类别', '评定日期'],
      [ID, '示例', 'C', ''],
    ]);
    expect(errors).toEqual([
      {
        row: 2,
        column: '评定日期',
        value: '',
        reason: 'value-missing',
        detail: '填写了信用风险类别，须同时填写评定日期',
      },
    ]);
  });

  test('a name too long is told with its limit', () => {
    const { errors } = parseTable('subjects', [
      ['统一社会信用代码', '企业名称'],
      [ID, '长'.repeat(201)],
    ]);
    expect(errors).toMatchObject([
      { row: 2, column: '企业名称', reason: 'value-invalid', detail: '过长或过多：最多 200' },
    ]);
  });
});

describe('rows that are no records', () => {
  const header = ['统一社会信用代码', '企业名称'];

  test('are skipped with their reason, trailing blanks silently', () => {
    const { records, errors, skipped } = parseTable('subjects', [
      header,
      ['必填，18位', '必填'],
      ['案例（请删除）', '某公司'],
      [' ', ''],
      [ID, '示例'],
      ['案例(请删除)', ''],
      ['', ''],
      [''],
    ]);
    expect(records.map(({ row }) => row)).toEqual([5]);
    expect(errors).toEqual([]);
    expect(skipped).toEqual([
      { row: 2, reason: 'explaining-row' },
      { row: 3, reason: 'example-row' },
      { row: 4, reason: 'blank-row' },
      { row: 6, reason: 'example-row' },
    ]);
  });

  test('only the second row explains: the same words further down are a mistake', () => {
    const { skipped, errors } = parseTable('subjects', [header, [ID, '示例'], ['必填，18位', '必填']]);
    expect(skipped).toEqual([]);
    expect(errors).toMatchObject([{ row: 3, reason: 'id-length' }]);
  });

  test('a second row with a code is a record, whatever its name says', () => {
    expect(parseTable('subjects', [header, [ID, '示例说明公司']]).records).toHaveLength(1);
  });
});

describe('a table', () => {
  const header = ['统一社会信用代码', '企业名称', '登记状态'];

  test('keeps the first of two rows with one key, and says where it was', () => {
    const { records, errors } = parseTable('subjects', [
      header,
      [ID, '甲', ''],
      [OTHER_ID, '乙', ''],
      [` ${ID.toLowerCase()}`, '丙', ''],
    ]);
    expect(records.map(({ row }) => row)).toEqual([2, 3]);
    expect(errors).toEqual([
      {
        row: 4,
        column: '统一社会信用代码',
        value: ` ${ID.toLowerCase()}`,
        reason: 'duplicate',
        detail: '与第 2 行重复',
      },
    ]);
  });

  test('refuses a row with more cells than columns, and lists a shorter one that it took', () => {
    const { records, errors, shortRows } = parseTable('subjects', [
      header,
      [ID, '甲', '乙', '存续'],
      [OTHER_ID, '丙'],
      ['110108000000016', '丁', '', '', ''],
    ]);
    expect(errors).toMatchObject([{ row: 2, column: '', value: '存续', reason: 'row-too-long' }]);
    expect(records.map(({ row }) => row)).toEqual([3, 4]);
    expect(shortRows).toEqual([3]);
  });

  test.each([
    [[], 'table-empty'],
    [[['', '']], 'table-empty'],
    [[['检查对象导入模板'], header], 'columns-missing'],
    [[['统一社会信用代码', '注册号', '企业名称']], 'column-twice'],
  ])('%j is refused: %s', (table, reason) => {
    expect(() => parseTable('subjects', table)).toThrow(expect.objectContaining({ reason }));
  });

  test('names the missing columns', () => {
    expect(() => parseTable('people', [['单位工号', '姓名']])).toThrow(
      expect.objectContaining({
        fields: [
          expect.objectContaining({ pointer: '角色' }),
          expect.objectContaining({ pointer: '所在部门' }),
        ],
      }),
    );
  });
});

describe('items, people and classes', () => {
  test('an item’s ratio and frequency are data', () => {
    const { records, errors } = parseTable('items', [
      [
        '编号',
        '抽查事项',
        '抽查依据',
        '抽查主体',
        '抽查对象',
        '适用行业',
        '抽查比例',
        '抽查频次',
        '抽查方式',
        '人员要求',
        '检查内容及要求',
      ],
      [
        'ys-gxj-003',
        '成品油',
        '《条例》',
        '一所',
        '企业',
        '5265',
        'A1% B3% C10% D100%',
        '每2年不超过1次',
        '现场检查；网络监测',
        '计量',
        '一\n二',
      ],
      ['YS-GXJ-004', '预付卡', '《办法》', '一所', '', '', '5%', '', '', '', '三'],
      ['YS-GXJ-005', '坏行', '《办法》', '一所', '', '', '若干', '', '', '', '三'],
    ]);
    expect(records.map(({ record }) => record)).toEqual([
      {
        code: 'YS-GXJ-003',
        matter: '成品油',
        legalBasis: '《条例》',
        unit: '一所',
        appliesTo: { kinds: ['enterprise'], industries: ['F5265'] },
        ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
        frequency: { maxTimes: 1, perMonths: 24 },
        methods: ['on-site', 'network'],
        qualification: '计量',
        content: '一\n二',
      },
      {
        code: 'YS-GXJ-004',
        matter: '预付卡',
        legalBasis: '《办法》',
        unit: '一所',
        appliesTo: { kinds: [], industries: [] },
        ratio: { A: 500, B: 500, C: 500, D: 500 },
        methods: ['on-site'],
        content: '三',
      },
    ]);
    expect(errors).toMatchObject([{ row: 4, column: '抽查比例', reason: 'ratio-form' }]);
  });

  test('a person and a classing are read row by row', () => {
    const heading = readHeading(libraries.people, ['角色', '姓名', '单位工号', '单位', '邮箱']);
    expect(
      readRow(libraries.people, heading, ['分管领导', '甲', 'GX-1', '局', 'a@example.invalid'], 7),
    ).toEqual({
      ok: true,
      record: { staffNo: 'GX-1', name: '甲', role: 'supervisor', unit: '局', email: 'a@example.invalid' },
    });
    expect(readRow(libraries.people, heading, ['局长', '甲', 'GX-1', '局', ''], 7)).toMatchObject({
      ok: false,
      errors: [{ row: 7, column: '角色', value: '局长', reason: 'label-unknown' }],
    });
    const classes = readHeading(libraries.classings, ['统一社会信用代码', '信用风险类别', '评定日期']);
    expect(readRow(libraries.classings, classes, [ID, 'D', '20261101'], 2)).toEqual({
      ok: true,
      record: { id: ID, creditClass: 'D', classedOn: '2026-11-01' },
    });
  });

  test('every library has its key among its required columns, and no header names two columns', () => {
    for (const name of LibraryName.options) {
      const { columns, keyColumn } = libraries[name];
      expect(columns.filter((column) => column.required === true).map((column) => column.header)).toContain(
        keyColumn,
      );
      const headers = columns.flatMap((column) => [column.header].concat(column.otherHeaders ?? []));
      expect(new Set(headers).size).toBe(headers.length);
    }
  });
});

describe.each(LibraryName.options)('the template of %s', (name) => {
  test('has a sample row, which an import leaves out', () => {
    const { records, errors, skipped } = parseTable(name, templateOf(name));
    expect([records, errors, skipped]).toEqual([[], [], [{ row: 2, reason: 'example-row' }]]);
  });

  test('shows a row that is right, once it no longer says that it is to be deleted', () => {
    const [header = [], sample = []] = templateOf(name);
    const row = sample.map((cell) => cell.replace('案例（请删除）', ''));
    const { records, errors } = parseTable(name, [header, row]);
    expect([records.length, errors]).toEqual([1, []]);
  });
});
