import { describe, expect, test } from 'vitest';
import {
  cleanCell,
  readCapitals,
  readCode,
  readDate,
  readFrequency,
  readStatutory,
  readIndustries,
  readIndustry,
  readLabel,
  readLabels,
  readList,
  readParagraph,
  readRatio,
  readSubjectId,
  readText,
  readValidity,
  readYesNo,
  type Reading,
} from '#domain/library/reading.ts';
import { subjectKindLabels, subjectStatusLabels } from '#domain/subject/subject.ts';

const valueOf = (reading: Reading) => (reading.ok ? reading.value : reading.reason);

describe('a cell', () => {
  test.each([
    ['  槐屏\u3000', '槐屏'],
    ['\t91350100M000100Y43', '91350100M000100Y43'],
    ["'007", '007'],
    ['="007"', '007'],
    ['\uFEFF工\u200B号', '工号'],
    ['=1+1', '=1+1'],
    ["'", ''],
  ])('“%s” says “%s”', (cell, text) => {
    expect(cleanCell(cell)).toBe(text);
  });
});

describe('a date', () => {
  test.each([
    ['2026-03-02', '2026-03-02'],
    ['2026-3-2', '2026-03-02'],
    ['2026/3/2', '2026-03-02'],
    ['2026.3.2', '2026-03-02'],
    ['2026年3月2日', '2026-03-02'],
    ['20260302', '2026-03-02'],
    ['２０２６／３／２', '2026-03-02'],
    ['2026/3/2 0:00', '2026-03-02'],
    ['2026-03-02 08:30:00', '2026-03-02'],
    ['46083', '2026-03-02'],
    ['46083.5', '2026-03-02'],
    ['36526', '2000-01-01'],
    ['2958352', '9999-09-09'],
    ['2958465', '9999-12-31'],
    ['2026-02-29', 'date-impossible'],
    ['2024-02-29', '2024-02-29'],
    ['20261301', 'date-impossible'],
    ['3/2/2026', 'date-ambiguous'],
    ['2/3/26', 'date-ambiguous'],
    ['2026/3', 'date-form'],
    ['17000', 'date-form'],
    ['80000', 'date-form'],
    ['去年', 'date-form'],
  ])('written %s is read as %s', (text, value) => {
    expect(valueOf(readDate(text))).toBe(value);
  });

  test.each([
    ['长期', '9999-09-09'],
    ['长期有效', '9999-09-09'],
    ['9999-09-09', '9999-09-09'],
    ['9999/12/31', '9999-09-09'],
    ['2027-01-31', '2027-01-31'],
    ['有效', 'date-form'],
  ])('of validity written %s is read as %s', (text, value) => {
    expect(valueOf(readValidity(text))).toBe(value);
  });
});

describe('codes and words', () => {
  test('are half-width where they are codes, and as written where they are names', () => {
    expect(valueOf(readCode('１３８ ０００'))).toBe('138000');
    expect(valueOf(readCapitals('ｙｓ－gxj－003'))).toBe('YS-GXJ-003');
    expect(valueOf(readText('槐屏（示例）\n公司'))).toBe('槐屏（示例） 公司');
    expect(valueOf(readParagraph('一\r\n二'))).toBe('一\n二');
  });

  test.each([
    [' 91350100m000100y43 ', '91350100M000100Y43'],
    ['９１３５０１００Ｍ０００１００Ｙ４３', '91350100M000100Y43'],
    ['9135 0100 M000 100Y 43', '91350100M000100Y43'],
    ['9.14E+17', 'id-mangled'],
    ['91350100M000100Y44', 'id-check-character'],
  ])('id “%s” is read as %s', (text, value) => {
    expect(valueOf(readSubjectId(text))).toBe(value);
  });

  test('a number that a spreadsheet mangled is told as such', () => {
    expect(valueOf(readCode('1.38E+10'))).toBe('code-mangled');
    expect(valueOf(readCapitals('1.38E+10'))).toBe('code-mangled');
  });

  test('a list has each word once', () => {
    expect(valueOf(readList('食品经营；危化品、食品经营, 直播带货|'))).toEqual([
      '食品经营',
      '危化品',
      '直播带货',
    ]);
  });

  test('labels are known by their other names and in either width', () => {
    const status = readLabel(subjectStatusLabels, { active: ['存续（在营、开业、在册）'] });
    expect(valueOf(status('存续(在营、开业、在册)'))).toBe('active');
    expect(valueOf(status('吊销'))).toBe('licence-revoked');
    expect(status('营业中')).toEqual({
      ok: false,
      reason: 'label-unknown',
      detail: '应为：存续、停业、清算、吊销、撤销、注销、迁出',
    });
    const kinds = readLabels(subjectKindLabels);
    expect(valueOf(kinds('企业；个体户'))).toEqual(['enterprise', 'individual-business']);
    expect(valueOf(kinds('全部'))).toEqual([]);
    expect(kinds('企业；公司')).toMatchObject({ ok: false, detail: expect.stringContaining('“公司”') });
  });

  test.each([
    ['F5211', 'F5211'],
    ['f52', 'F52'],
    ['5211', 'F5211'],
    ['13', 'C13'],
    ['C', 'C'],
    ['F5212 超级市场零售', 'F5212'],
    ['5212超级市场零售', 'F5212'],
    ['98', 'industry-form'],
    ['5', 'industry-form'],
    ['零售', 'industry-form'],
  ])('industry “%s” is read as %s', (text, value) => {
    expect(valueOf(readIndustry(text))).toBe(value);
  });

  test('industries are a list, open when all are meant', () => {
    expect(valueOf(readIndustries('F52、6210'))).toEqual(['F52', 'H6210']);
    expect(valueOf(readIndustries('不限'))).toEqual([]);
    expect(valueOf(readIndustries('F52、零售'))).toBe('industry-form');
  });

  test.each([
    ['是', true],
    ['√', true],
    ['否', false],
    ['也许', 'yes-no'],
  ])('“%s” means %s', (text, value) => {
    expect(valueOf(readYesNo(text))).toBe(value);
  });
});

describe('ratio and frequency', () => {
  test.each([
    ['A 1%，B 3%，C 10%，D 100%', { A: 100, B: 300, C: 1_000, D: 10_000 }],
    ['D类：50%；C类：10%；B类：0.29%；A类：0.5%', { A: 50, B: 29, C: 1_000, D: 5_000 }],
    ['5%', { A: 500, B: 500, C: 500, D: 500 }],
    ['１００％', { A: 10_000, B: 10_000, C: 10_000, D: 10_000 }],
    ['101%', 'ratio-above-whole'],
    ['A 1%，B 3%，C 10%', 'ratio-form'],
    ['A 1%，B 3%，C 10%，D 100%，E 5%', 'ratio-form'],
    ['0.05', 'ratio-form'],
    ['按上级要求', 'ratio-form'],
  ])('ratio “%s” is read as %j', (text, value) => {
    expect(valueOf(readRatio(text))).toEqual(value);
  });

  test.each([
    ['同一单位每2年不超过1次', { maxTimes: 1, perMonths: 24 }],
    ['每年不超过２次', { maxTimes: 2, perMonths: 12 }],
    ['每两年至多一次', { maxTimes: 1, perMonths: 24 }],
    ['每半年不超过1次', { maxTimes: 1, perMonths: 6 }],
    ['每季度不超过1次', { maxTimes: 1, perMonths: 3 }],
    ['每18个月不超过1次', { maxTimes: 1, perMonths: 18 }],
    ['不限', undefined],
    ['视情况', 'frequency-form'],
  ])('frequency “%s” is read as %j', (text, value) => {
    expect(valueOf(readFrequency(text))).toEqual(value);
  });

  test.each([
    ['每年1次', { everyMonths: 12 }],
    ['每２年一次', { everyMonths: 24 }],
    ['每年', { everyMonths: 12 }],
    ['每年至少2次', { everyMonths: 6 }],
    ['每半年检查1次', { everyMonths: 6 }],
    ['每季度1次', { everyMonths: 3 }],
    ['每18个月1次', { everyMonths: 18 }],
    ['无', undefined],
    ['每年5次', 'statutory-form'],
    ['每年0次', 'statutory-form'],
    ['每0年1次', 'statutory-form'],
    ['视情况', 'statutory-form'],
  ])('statutory frequency “%s” is read as %j', (text, value) => {
    expect(valueOf(readStatutory(text))).toEqual(value);
  });
});
