import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleDistrict } from '#infra/sample/district.ts';
import { encodeGb18030 } from '#infra/sample/gb18030.ts';
import { at, seededRandom } from '#infra/sample/random.ts';
import { UNITS } from '#infra/sample/staff.ts';
import { certifiedThrough, eligibility, WITHOUT_END } from '#domain/inspector/inspector.ts';
import { itemApplies } from '#domain/item/item.ts';
import { organisationCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { addDays, CalendarDate } from '#domain/time/time.ts';
import { readTable } from '#files/table.ts';
import { sha256 } from '#sha256';

const today = CalendarDate.parse('2026-11-23');
const files = sampleDistrict({ seed: 'mingchou', today });
const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? new Uint8Array();
const subjects = await readTable(bytesOf('subjects.csv'), 'subjects');
const inspectors = (await readTable(bytesOf('inspectors.csv'), 'inspectors')).records.map(
  ({ record }) => record,
);
const people = (await readTable(bytesOf('people.csv'), 'people')).records.map(({ record }) => record);
const items = (await readTable(bytesOf('items.csv'), 'items')).records.map(({ record }) => record);

describe('the sample district', () => {
  test('is the same to the byte for the same seed and day, and another for another seed', () => {
    expect(files.map(({ name, encoding, bytes }) => [name, encoding, sha256(bytes)])).toEqual([
      ['subjects.csv', 'gb18030', '22b4d7aab80b1ea98cbc937c8daa9d32f346c325da069e0be1192d35667c4111'],
      ['inspectors.csv', 'gb18030', '0ab908bd1cd5ebf1e8e0a8e58b72a10f97b1c59cdb963110ccf573a61caf5c03'],
      ['people.csv', 'utf-8', '485fd68e442dc9d366c6ae5db833edbec06f742c9975450a91bd77f8ed85b802'],
      ['items.csv', 'utf-8', '14de9b4348161d0fc6b068d26f1609eaf1e1e05fc88e61206a51065026c8e30c'],
      ['credit-classes.csv', 'utf-8', 'ad62e645f5f61428b763492a60972788a80fd1503fce9b87cc7a1f2c02a6d69c'],
      [
        'subjects-with-errors.csv',
        'gb18030',
        '5ac7ec8ee84b01daeba4230055e4b9342db95e046113bdce2407058e76016720',
      ],
    ]);
    const again = sampleDistrict({ seed: 'mingchou', today });
    expect(again.map(({ bytes }) => sha256(bytes))).toEqual(files.map(({ bytes }) => sha256(bytes)));
    const other = sampleDistrict({ seed: 'other', today });
    expect(sha256(at(other, 0).bytes)).not.toBe(sha256(at(files, 0).bytes));
  });

  test.each(files.filter((file) => !file.deliberateErrors))(
    'every row of $name is accepted',
    async ({ bytes, library, encoding }) => {
      const reading = await readTable(bytes, library);
      expect(reading).toMatchObject({ errors: [], skipped: [], shortRows: [], unknownColumns: [], encoding });
      const counts = new Map<string, number>([
        ['subjects', 5_000],
        ['inspectors', 60],
        ['people', 73],
        ['items', 24],
        ['classings', 200],
      ]);
      expect(reading.records).toHaveLength(counts.get(library) ?? -1);
    },
  );

  test('shows each mistake once in the file of errors', async () => {
    const { records, errors, skipped, unknownColumns } = await readTable(
      bytesOf('subjects-with-errors.csv'),
      'subjects',
    );
    expect(errors.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [5, '统一社会信用代码/注册号', 'id-mangled'],
      [6, '统一社会信用代码/注册号', 'id-check-character'],
      [7, '统一社会信用代码/注册号', 'duplicate'],
      [8, '企业名称', 'value-missing'],
      [9, '登记状态', 'label-unknown'],
      [10, '行业', 'value-invalid'],
      [11, '评定日期', 'value-missing'],
      [12, '成立日期', 'date-ambiguous'],
      [13, '成立日期', 'date-impossible'],
      [14, '信用风险类别', 'label-unknown'],
      [14, '成立日期', 'date-form'],
    ]);
    expect(records.map(({ row, record }) => [row, record.established, record.industry])).toEqual([
      [4, '2019-05-06', 'F5211'],
      [15, '2019-05-06', 'F5211'],
    ]);
    expect(skipped).toEqual([
      { row: 2, reason: 'explaining-row' },
      { row: 3, reason: 'example-row' },
    ]);
    expect(unknownColumns).toEqual(['注册资本']);
  });
});

describe('its subjects', () => {
  const records = subjects.records.map(({ record }) => record);
  const share = (matches: (record: (typeof records)[number]) => boolean) =>
    Math.round((records.filter(matches).length / records.length) * 100);

  test('have the credit classes of a district: about 55, 33, 9 and 3 in a hundred', () => {
    const classes = (['A', 'B', 'C', 'D'] as const).map((letter) =>
      share(({ creditClass }) => creditClass === letter),
    );
    for (const [index, expected] of [55, 33, 9, 3].entries())
      expect(Math.abs(at(classes, index) - expected)).toBeLessThanOrEqual(2);
  });

  test('mostly exist, some no longer; each name is there once', () => {
    expect(share(({ status }) => status === 'active')).toBeGreaterThanOrEqual(91);
    expect(new Set(records.map(({ status }) => status)).size).toBe(7);
    expect(new Set(records.map(({ name }) => name)).size).toBe(5_000);
    expect(new Set(records.map(({ territory }) => territory)).size).toBe(12);
    expect(new Set(records.map(({ kind }) => kind)).size).toBe(4);
  });

  test('have codes of the range that GB 11714 keeps free of real bodies, right inside and out', () => {
    const codes = records.map(({ id }) => id).filter((id) => id.length === 18);
    expect(codes).toHaveLength(4_980);
    for (const code of codes) {
      expect(code).toMatch(/^9[123]410381PDY\d{5}/);
      expect(organisationCodeCheckCharacter(code.slice(8, 16))).toBe(code.charAt(16));
    }
  });

  test('hold the licences of their trade, some lapsed, some without end, some none', () => {
    const name = '成品油零售经营批准证书';
    const held = records
      .filter(({ industry }) => industry === 'F5265')
      .map(({ licences }) => licences.find((licence) => licence.name === name)?.validThrough);
    expect({
      stations: held.length,
      valid: held.filter((through) => through !== undefined && through >= today).length,
      withoutEnd: held.filter((through) => through === WITHOUT_END).length,
      lapsed: held.filter((through) => through !== undefined && through < today).length,
      none: held.filter((through) => through === undefined).length,
    }).toEqual({ stations: 87, valid: 73, withoutEnd: 12, lapsed: 7, none: 7 });
    expect(records.filter(({ licences }) => licences.length > 0)).toHaveLength(2_793);
    const ofKind = (tag: string) => records.filter(({ tags }) => tags.includes(tag));
    expect(
      ofKind('食品经营').every(({ licences }) => licences.every((one) => one.name === '食品经营许可证')),
    ).toBe(true);
  });

  test('give every item somebody to check', () => {
    for (const item of items)
      expect(records.filter((record) => itemApplies(item, record)).length).toBeGreaterThan(5);
  });
});

describe('its inspectors', () => {
  test('have some lapsed and some lapsing at each side of the 60, 30 and 7 days', () => {
    expect(inspectors.filter((one) => certifiedThrough(one) < today)).toHaveLength(5);
    const lapsing = inspectors.filter(
      (one) => certifiedThrough(one) >= today && certifiedThrough(one) <= addDays(today, 60),
    );
    expect(lapsing.map(certifiedThrough).toSorted()).toEqual([
      '2026-11-28',
      '2026-11-30',
      '2026-12-18',
      '2026-12-23',
      '2027-01-17',
      '2027-01-22',
    ]);
    expect(
      inspectors.filter((one) => one.trainedThrough === undefined || one.trainedThrough < today),
    ).toHaveLength(3);
    expect(inspectors.filter(({ status }) => status === 'inactive')).toHaveLength(2);
    expect(inspectors.filter(({ leave }) => leave.length > 0)).toHaveLength(2);
  });

  test('leave each unit at least five who may be drawn for any of its items through the next 60 days', () => {
    for (const { name, qualification } of UNITS) {
      const need = { unit: name, from: today, through: addDays(today, 60), qualification };
      expect(inspectors.filter((one) => eligibility(one, need).eligible).length).toBeGreaterThanOrEqual(5);
    }
  });

  test('and the people around them fill every role, under the same numbers', () => {
    const count = (role: string) => people.filter((person) => person.role === role).length;
    expect(
      ['unit', 'lead-section', 'business-section', 'supervisor', 'administrator', 'inspector'].map(count),
    ).toEqual([6, 2, 2, 2, 1, 60]);
    const checkers = people.filter(({ role }) => role === 'inspector');
    expect(checkers.map(({ staffNo, name, unit }) => [staffNo, name, unit])).toEqual(
      inspectors.map(({ staffNo, name, unit }) => [staffNo, name, unit]),
    );
  });
});

describe('its items', () => {
  test('belong four each to the six units, and rest on a named statute', () => {
    expect(UNITS.map(({ name }) => items.filter(({ unit }) => unit === name).length)).toEqual([
      4, 4, 4, 4, 4, 4,
    ]);
    expect(items.every(({ legalBasis }) => /《.+》/.test(legalBasis))).toBe(true);
    expect(items.filter(({ qualification }) => qualification !== undefined)).toHaveLength(8);
    expect(items.find(({ code }) => code === 'YS-GXJ-001')).toMatchObject({
      ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
      frequency: { maxTimes: 1, perMonths: 24 },
    });
  });
});

describe('the tools of the sample', () => {
  test('GB18030 bytes of one, two and four are those of the standard', () => {
    expect([...encodeGb18030('A企\n')]).toEqual([0x41, 0xc6, 0xf3, 0x0a]);
    expect([...encodeGb18030('\u0080')]).toEqual([0x81, 0x30, 0x81, 0x30]);
    expect(() => encodeGb18030('𠮷')).toThrow(RangeError);
  });

  test('any text of the plane comes back from the platform’s own decoder', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)) }),
        (text) => {
          expect(new TextDecoder('gb18030').decode(encodeGb18030(text))).toBe(text);
        },
      ),
    );
  });

  test('seeded numbers are the same everywhere and stay below their limit', () => {
    const random = seededRandom('x');
    const numbers = Array.from({ length: 1_000 }, () => random.below(6));
    // By Python's hashlib: int(sha256(b'x/1').hexdigest()[:13], 16) % 6, and so on.
    expect(numbers.slice(0, 8)).toEqual([2, 0, 0, 0, 1, 0, 0, 5]);
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
