import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest, readHeading, readRow } from '#domain/library/column.ts';
import { kindOf, PolicyEntry, type PolicyKind } from '#domain/policy/body.ts';
import { readBeacon, readQuota, writeBeacon, writeQuota } from '#domain/policy/cells.ts';
import { columnAt, newest, policyHeader, policyRow, policyTables } from '#domain/policy/file.ts';
import { readPolicies } from '#domain/policy/json-file.ts';
import { Policy } from '#domain/policy/policy.ts';
import { fuelPolicy } from '../../support/samples.ts';

const full: Policy = Policy.parse({
  id: 'fuel-weights',
  version: 3,
  name: '加油机计量投诉',
  effectiveFrom: '2026-01-01',
  when: 'trigger.category == "complaint" &&\n  trigger.title.contains("计量，短斤")',
  merge: { windowHours: 24 },
  draw: {
    items: ['YS-GXJ-005', 'YS-GXJ-007'],
    criteria: {
      territory: 'from-trigger',
      industry: ['F5265', 'H62'],
      kind: ['enterprise', 'individual-business'],
      scale: ['small', 'micro'],
      creditClass: ['C', 'D'],
      tags: ['危化品', '成品油企业库'],
      licences: ['成品油零售经营批准证书'],
    },
    quota: { mode: 'count', count: 6, weights: { A: 1, B: 1, C: 4, D: 8 } },
    coolDownDays: 30,
    beacon: {
      preferred: {
        kind: 'announced',
        source: '中国福利彩票双色球开奖号码，红球升序后接蓝球；两位数',
        weekdays: [2, 4, 7],
        time: '21:15',
      },
      fallback: { kind: 'sealed' },
    },
    staffing: 'direct',
    approval: 'lead-section',
    teamSize: 3,
  },
});
const draftOf = (policy: Policy) => {
  const { version: _, ...draft } = policy;
  return draft;
};
const POLICY_HEADER = policyHeader('trigger');
const heading = readHeading(policyTables.trigger, POLICY_HEADER);
const readBack = (cells: readonly string[]) => readRow(policyTables.trigger, heading, cells, 2);

describe('a policy as a row', () => {
  test('says in words that staff know what the policy is', () => {
    expect(Object.fromEntries(policyRow(full).map((cell, place) => [POLICY_HEADER[place], cell]))).toEqual({
      规则编号: 'fuel-weights',
      规则名称: '加油机计量投诉',
      生效日期: '2026-01-01',
      触发条件: 'trigger.category == "complaint" &&\n  trigger.title.contains("计量，短斤")',
      '并案窗口（小时）': '24',
      抽查事项: 'YS-GXJ-005、YS-GXJ-007',
      行政区划: '按触发信息',
      行业: 'F5265、H62',
      主体类型: '企业、个体户',
      规模: '小型、微型',
      信用风险类别: 'C 较高风险、D 高风险',
      监管标签: '危化品、成品油企业库',
      许可证: '成品油零售经营批准证书',
      抽查数量: '数量 6，权重 A 1，B 1，C 4，D 8',
      '静默期（天）': '30',
      随机源: '公布：周二、周四、周日 21:15 中国福利彩票双色球开奖号码，红球升序后接蓝球；两位数',
      备用随机源: '密封',
      派员方式: '直接选派',
      审批: '牵头科室',
      每组人数: '3',
    });
  });

  test.each([
    ['everything', full],
    ['what it has to have alone', fuelPolicy],
    ['no criteria', { ...fuelPolicy, draw: { ...fuelPolicy.draw, criteria: {} } }],
    ['a cool-down of no days', { ...fuelPolicy, draw: { ...fuelPolicy.draw, coolDownDays: 0 } }],
  ])('is the policy again when it is read: with %s', (_, policy) => {
    expect(readBack(policyRow(policy))).toEqual({ ok: true, record: draftOf(policy) });
  });

  test('tells everything that is wrong with it by its column', () => {
    const faulty = new Map([
      ['规则编号', 'Fuel'],
      ['生效日期', '明年'],
      ['行政区划', '410381、41038'],
      ['主体类型', '公司'],
      ['抽查数量', '6'],
      ['随机源', '骰子'],
      ['审批', '局长'],
      ['每组人数', '两人'],
    ]);
    const cells = policyRow(full).map((cell, place) => faulty.get(POLICY_HEADER[place] ?? '') ?? cell);
    const reading = readBack(cells);
    expect(reading.ok ? [] : reading.errors.map(({ column, reason }) => [column, reason])).toEqual([
      ['规则编号', 'id-form'],
      ['生效日期', 'date-form'],
      ['行政区划', 'territory-form'],
      ['主体类型', 'label-unknown'],
      ['抽查数量', 'quota-form'],
      ['随机源', 'beacon-form'],
      ['审批', 'label-unknown'],
      ['每组人数', 'number-form'],
    ]);
  });

  test('article 10: of one person is refused in its column, and of nobody is of two', () => {
    const place = POLICY_HEADER.indexOf('每组人数');
    const alone = readBack(policyRow(full).with(place, '1'));
    expect(alone).toEqual({
      ok: false,
      errors: [
        { row: 2, column: '每组人数', value: '1', reason: 'value-invalid', detail: '过短或过少：最少 2' },
      ],
    });
    const blank = readBack(policyRow(full).with(place, ''));
    expect(blank).toMatchObject({ ok: true, record: { draw: { teamSize: 2 } } });
  });
});

const complaintRule = {
  id: 'many-complaints',
  about: 'subject',
  name: '投诉集中',
  effectiveFrom: '2026-12-01',
  when: 'subject.complaints(90) >= 3 &&\n  !subject.isAbnormal()',
  level: 'severe',
  reason: '90 日内投诉 3 件以上，未列入异常名录',
  directCheck: { items: ['YS-GXJ-003', 'YS-GXJ-005'], coolDownDays: 180 },
};
const { directCheck: _checked, ...warningRule } = { ...complaintRule, level: 'watch' };
const townRule = {
  id: 'warned-towns',
  about: 'cohort',
  name: '预警集中',
  effectiveFrom: '2026-12-01',
  when: 'cohort.warned >= 3 && cohort.warnedBasisPoints >= 500',
  territoryDigits: 9,
  industryDigits: 0,
  severity: 'severe',
  coolDownDays: 30,
};
const { severity: _urgent, ...calmRule } = { ...townRule, territoryDigits: 6, industryDigits: 4 };

const rowOf = (entry: unknown): Record<string, string> => {
  const rule = PolicyEntry.parse(entry);
  const cells = policyRow(rule);
  return Object.fromEntries(policyHeader(kindOf(rule)).map((header, place) => [header, cells[place] ?? '']));
};
const readRule = (kind: PolicyKind, row: Record<string, string>) => {
  const table = policyTables[kind];
  return readRow(table, readHeading(table, Object.keys(row)), Object.values(row), 2);
};

describe('a rule about risk as a row', () => {
  test('says in words what a rule about subjects is', () => {
    expect(rowOf(complaintRule)).toEqual({
      规则编号: 'many-complaints',
      规则名称: '投诉集中',
      生效日期: '2026-12-01',
      条件: 'subject.complaints(90) >= 3 &&\n  !subject.isAbnormal()',
      等级: '严重',
      理由: '90 日内投诉 3 件以上，未列入异常名录',
      直接检查事项: 'YS-GXJ-003、YS-GXJ-005',
      '直接检查静默期（天）': '180',
    });
  });

  test('says in words what a rule about cohorts is', () => {
    expect(rowOf(townRule)).toEqual({
      规则编号: 'warned-towns',
      规则名称: '预警集中',
      生效日期: '2026-12-01',
      条件: 'cohort.warned >= 3 && cohort.warnedBasisPoints >= 500',
      行政区划位数: '9',
      行业位数: '0',
      紧急程度: '严重',
      '静默期（天）': '30',
    });
  });

  test.each([
    ['subject', complaintRule],
    ['subject', warningRule],
    ['cohort', townRule],
    ['cohort', calmRule],
    ['cohort', { ...calmRule, severity: 'normal' }],
  ] as const)('about a %s is the rule again when it is read, number %#', (kind, rule) => {
    expect(readRule(kind, rowOf(rule))).toEqual({ ok: true, record: rule });
  });

  test('without the digits of the territory is about counties', () => {
    const { 行政区划位数: _left, ...row } = rowOf(calmRule);
    expect(readRule('cohort', row)).toEqual({ ok: true, record: calmRule });
  });

  test.each([
    ['subject', { ...rowOf(complaintRule), 等级: '高' }, '等级', 'label-unknown'],
    ['subject', { ...rowOf(complaintRule), 等级: '关注' }, '直接检查事项', 'value-invalid'],
    ['subject', { ...rowOf(complaintRule), 直接检查事项: '' }, '直接检查事项', 'value-missing'],
    ['subject', { ...rowOf(complaintRule), 理由: '' }, '理由', 'value-missing'],
    ['cohort', { ...rowOf(townRule), 行政区划位数: '12' }, '行政区划位数', 'digits-form'],
    ['cohort', { ...rowOf(townRule), 行业位数: '1' }, '行业位数', 'digits-form'],
    ['cohort', { ...rowOf(townRule), '静默期（天）': '0' }, '静默期（天）', 'value-invalid'],
  ] as const)('about a %s is at fault in its column, number %#', (kind, row, column, reason) => {
    expect(readRule(kind, row)).toMatchObject({ ok: false, errors: [{ column, reason }] });
  });
});

describe('the table of a file', () => {
  const tables = [policyTables.trigger, policyTables.subject, policyTables.cohort] as const;

  test.each(['trigger', 'subject', 'cohort'] as const)(
    'of policies about a %s is told by its header',
    (kind) => {
      expect(nearest(tables, policyHeader(kind).toReversed())).toBe(policyTables[kind]);
    },
  );

  test('is the one of which the header has the most, and that of triggers when it says nothing', () => {
    const without = (kind: PolicyKind, header: string) =>
      policyHeader(kind).filter((other) => other !== header);
    expect(nearest(tables, without('subject', '理由'))).toBe(policyTables.subject);
    expect(nearest(tables, without('cohort', '静默期（天）'))).toBe(policyTables.cohort);
    expect(nearest(tables, ['规则编号', '企业名称'])).toBe(policyTables.trigger);
  });
});

describe('a cell of a policy', () => {
  test.each([
    [
      '比例 A 1%，B 3%，C 10%，D 100%',
      { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1000, D: 10_000 } },
    ],
    ['比例 A1% B3% C10% D100%', { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1000, D: 10_000 } }],
    ['5%', { mode: 'ratio', basisPoints: { A: 500, B: 500, C: 500, D: 500 } }],
    ['数量 6 权重 A1 B1 C4 D8', { mode: 'count', count: 6, weights: { A: 1, B: 1, C: 4, D: 8 } }],
    [
      '数量：12；权重：Ａ类 0，Ｂ类 1，C 10，D 1000',
      { mode: 'count', count: 12, weights: { A: 0, B: 1, C: 10, D: 1000 } },
    ],
  ])('names the quota %s', (text, value) => {
    expect(readQuota(text)).toEqual({ ok: true, value });
  });

  test.each([
    '六个',
    '数量 6',
    '数量 6 权重 A1 B1 C4',
    '数量 6 权重 A1 B1 C4 D8 E9',
    '比例 A1% B3%',
    '数量 6 权重 A12345 B1 C1 D1',
  ])('does not guess at the quota %s', (text) => {
    expect(readQuota(text)).toMatchObject({ ok: false });
  });

  test.each([
    ['DRAND', { kind: 'drand' }],
    ['封存', { kind: 'sealed' }],
    [
      '公布:星期二 周天 9:05 双色球 第 2026001 期',
      { kind: 'announced', source: '双色球 第 2026001 期', weekdays: [2, 7], time: '09:05' },
    ],
  ])('names the source of randomness %s', (text, value) => {
    expect(readBeacon(text)).toEqual({ ok: true, value });
  });

  test.each(['', '公布：双色球', '公布：周二 双色球', '公布：周二 25:00 双色球', '公布：周八 21:15 双色球'])(
    'does not guess at the source of randomness “%s”',
    (text) => {
      expect(readBeacon(text)).toMatchObject({ ok: false, reason: 'beacon-form' });
    },
  );

  test('is read as it was written, whatever the quota and the source are', () => {
    const share = fc.integer({ min: 0, max: 10_000 });
    const weight = fc.integer({ min: 0, max: 1_000 });
    const quota = fc.oneof(
      fc.record({
        mode: fc.constant('ratio'),
        basisPoints: fc.record({ A: share, B: share, C: share, D: share }),
      }),
      fc.record({
        mode: fc.constant('count'),
        count: fc.integer({ min: 1, max: 100_000 }),
        weights: fc.record({ A: weight, B: weight, C: weight, D: weight }),
      }),
    );
    const beacon = fc.record({
      kind: fc.constant('announced'),
      source: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).map((text) => `第${text}期`),
      weekdays: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      time: fc.constantFrom('00:00', '09:05', '21:15', '23:59'),
    });
    fc.assert(
      fc.property(quota, beacon, (one, other) => {
        expect(readQuota(writeQuota(one))).toEqual({ ok: true, value: one });
        expect(readBeacon(writeBeacon(other))).toEqual({ ok: true, value: other });
      }),
    );
  });

  test('is found by the place of a fault', () => {
    const placed = (kind: PolicyKind, ...pointers: string[]) =>
      pointers.map((pointer) => columnAt(kind, pointer));
    expect(placed('trigger', '/when', '/draw/items/1', '/draw/quota/count', '/none')).toEqual([
      '触发条件',
      '抽查事项',
      '抽查数量',
      '',
    ]);
    expect(placed('subject', '/when', '/id', '/directCheck/items/1')).toEqual([
      '条件',
      '规则编号',
      '直接检查事项',
    ]);
  });
});

describe('policies in JSON', () => {
  test('are read with or without their version, the newest of each being what is exported', () => {
    const versions = [full, { ...fuelPolicy, version: 2 }, fuelPolicy, { ...fuelPolicy, version: 10 }];
    expect(newest(versions).map(({ id, version }) => `${id} ${version}`)).toEqual([
      'complaint-fuel 10',
      'fuel-weights 3',
    ]);
    expect(readPolicies([full, draftOf(fuelPolicy)])).toEqual({
      records: [
        { row: 1, record: draftOf(full) },
        { row: 2, record: draftOf(fuelPolicy) },
      ],
      errors: [],
    });
  });

  test('of every kind are told apart by what they are about', () => {
    const { records, errors } = readPolicies([
      { ...fuelPolicy, about: 'trigger' },
      { ...complaintRule, version: 4 },
      townRule,
      { ...townRule, id: 'weather', about: 'weather' },
      { ...complaintRule, id: 'watched', level: 'watch' },
    ]);
    expect(records.map(({ record }) => record)).toEqual([draftOf(fuelPolicy), complaintRule, townRule]);
    expect(errors.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [4, '/about', 'weather', 'value-invalid'],
      [5, '/directCheck', '', 'value-invalid'],
    ]);
  });

  test('are reported by their place in the list and the place in them, the others standing', () => {
    const { when: _, ...headless } = draftOf(fuelPolicy);
    const { records, errors } = readPolicies([
      fuelPolicy,
      { ...fuelPolicy, name: '改' },
      { ...headless, id: 'headless' },
      { ...full, id: 'odd', extra: { deep: [] }, draw: { ...full.draw, teamSize: 1 } },
      'none',
      { ...full, name: '半个\ud842字' },
    ]);
    expect(records.map(({ row }) => row)).toEqual([1]);
    expect(errors.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [2, '/id', 'complaint-fuel', 'duplicate'],
      [3, '/when', '', 'value-missing'],
      [4, '/draw/teamSize', '1', 'value-invalid'],
      [4, '/extra', '', 'field-unknown'],
      [5, '', 'none', 'value-invalid'],
      [6, '/name', '', 'value-invalid'],
    ]);
  });
});
