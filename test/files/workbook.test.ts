import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { encodeGb18030 } from '#infra/sample/gb18030.ts';
import type { LibraryName } from '#domain/library/library.ts';
import { sharedStrings } from '#files/shared-strings.ts';
import { readTable } from '#files/table.ts';
import { workbookWriter } from '#files/writer.ts';

const ID = '91350100M000100Y43';
const OTHER_ID = '91110000600037341L';
const HEADER = ['统一社会信用代码', '企业名称', '成立日期'];

type Fill = (book: ExcelJS.Workbook) => void;

async function workbook(fill: Fill): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const sheet = (
  rows: readonly (readonly ExcelJS.CellValue[])[],
  change: (sheet: ExcelJS.Worksheet) => void = () => {},
) =>
  workbook((book) => {
    const one = book.addWorksheet('检查对象');
    for (const row of rows) one.addRow([...row]);
    change(one);
  });

async function readingOf<Name extends LibraryName>(library: Name, bytes: Uint8Array | Promise<Uint8Array>) {
  return readTable(await bytes, library);
}
const reading = (bytes: Uint8Array | Promise<Uint8Array>) => readingOf('subjects', bytes);

async function refusal(bytes: Uint8Array | Promise<Uint8Array>): Promise<string> {
  return reading(bytes).then(
    () => 'read',
    (error: unknown) => String(error instanceof Error ? Reflect.get(error, 'reason') : error),
  );
}

describe('a workbook', () => {
  test('is read like a CSV file: rows by their numbers, blank and explaining ones told', async () => {
    const found = await reading(
      sheet([
        HEADER,
        ['18 位，必填', '必填', '格式'],
        [ID, '甲', new Date(Date.UTC(2026, 2, 2))],
        [],
        [OTHER_ID, '乙'],
      ]),
    );
    expect(found.encoding).toBe('xlsx');
    expect(found.records).toMatchObject([
      { row: 3, record: { id: ID, name: '甲', established: '2026-03-02' } },
      { row: 5, record: { id: OTHER_ID, name: '乙' } },
    ]);
    expect(found.errors).toEqual([]);
    expect(found.skipped).toEqual([{ row: 2, reason: 'explaining-row' }]);
  });

  test('keeps a registration number, a phone and a day that are numbers, and a rich text', async () => {
    const found = await reading(
      sheet([
        [...HEADER, '联系电话', '住所'],
        [
          410381000000017,
          { richText: [{ text: '甲' }, { text: '公司', font: { bold: true } }] },
          46_083,
          13_800_000_000,
          { text: '一号', hyperlink: 'https://example.org' },
        ],
      ]),
    );
    expect(found.errors.map(({ reason }) => reason)).toEqual(['id-check-character']);
    const fine = await reading(
      sheet([
        [...HEADER, '联系电话', '住所'],
        [410381000000018, { richText: [{ text: '甲' }, { text: '公司' }] }, 46_083, 13_800_000_000, '一号'],
      ]),
    );
    expect([fine.errors[0]?.value, found.errors[0]?.value]).toEqual(['410381000000018', '410381000000017']);
  });

  test('tells a code of 18 digits that the spreadsheet has rounded', async () => {
    const found = await reading(sheet([HEADER, [914_103_810_012_346e3, '甲'], ['9.14104E+17', '乙']]));
    expect(found.errors.map(({ row, value, reason }) => [row, value, reason])).toEqual([
      [2, '9.14103810012346E+17', 'id-mangled'],
      [3, '9.14104E+17', 'id-mangled'],
    ]);
  });

  test('reads a share from its format', async () => {
    const bytes = sheet(
      [
        ['编号', '抽查事项', '抽查依据', '抽查主体', '抽查比例', '检查内容及要求'],
        ['YS-001', '成品油', '办法', '一科', 0.05, '证照'],
        ['YS-002', '成品油', '办法', '一科', 0.05, '证照'],
      ],
      (one) => {
        one.getCell('E2').numFmt = '0%';
      },
    );
    const found = await readingOf('items', bytes);
    expect(found.records).toMatchObject([{ record: { ratio: { A: 500, B: 500, C: 500, D: 500 } } }]);
    expect(found.errors).toMatchObject([{ row: 3, value: '0.05', reason: 'ratio-form' }]);
  });

  test('takes a formula’s last value, and refuses a row whose formula has none or is an error', async () => {
    const found = await reading(
      sheet([
        HEADER,
        [{ formula: 'A9', result: ID }, '甲'],
        [OTHER_ID, { formula: 'B9&"公司"' }],
        [OTHER_ID, { error: '#REF!' }],
        ['91410381MA0000000X', { formula: 'C1', result: '' }],
      ]),
    );
    expect(found.records.map(({ row, record }) => [row, record.id])).toEqual([[2, ID]]);
    expect(found.errors.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [3, '企业名称', 'cell-formula'],
      [4, '企业名称', 'cell-error'],
      [5, '统一社会信用代码', 'id-check-character'],
      [5, '企业名称', 'value-missing'],
    ]);
  });

  test('has an error for each row of merged cells, where all but the first would be read as blank', async () => {
    const found = await reading(
      sheet([HEADER, [ID, '甲', '2026-03-02'], [OTHER_ID, '乙'], ['91410381MA0000000X', '丙']], (one) =>
        one.mergeCells('C2:C3'),
      ),
    );
    expect(found.errors.map(({ row, value, reason }) => [row, value, reason])).toEqual([
      [2, 'C2:C3', 'cell-merged'],
      [3, 'C2:C3', 'cell-merged'],
      [4, '91410381MA0000000X', 'id-check-character'],
    ]);
    expect(await refusal(sheet([HEADER, [ID, '甲']], (one) => one.mergeCells('B1:C1')))).toBe('cells-merged');
  });

  test('of several sheets is read from the first visible one with the columns of the library', async () => {
    const found = await reading(
      workbook((book) => {
        book.addWorksheet('填写说明').addRow(['请按模板填写']);
        const old = book.addWorksheet('去年', { state: 'hidden' });
        old.addRow(HEADER);
        old.addRow([OTHER_ID, '旧']);
        book.addWorksheet('空');
        const right = book.addWorksheet('检查对象');
        right.addRow([]);
        right.addRow(HEADER);
        right.addRow([ID, '甲']);
      }),
    );
    expect(found.records.map(({ row, record }) => [row, record.name])).toEqual([[3, '甲']]);
  });

  test.each<[string, Promise<Uint8Array>, string]>([
    ['only empty sheets', workbook((book) => book.addWorksheet('空')), 'table-empty'],
    ['no sheet with the columns', sheet([['姓名', '年龄']]), 'columns-missing'],
  ])('with %s is refused: %s', async (_, bytes, reason) => {
    expect(await refusal(bytes)).toBe(reason);
  });

  test('of many rows keeps every character, wherever the pieces of its files end', async () => {
    const names = Array.from({ length: 3_000 }, (_, n) => `${'企业名称'.repeat(1 + (n % 7))}${n}𠮷&<店`);
    const header = ['工号', '姓名', '角色', '所在部门'];
    const rows = names.map((name, n) => [`GX${n}`, name, '承担单位', '示例市场监督管理局']);
    const shared = await readingOf('people', sheet([header, ...rows]));
    expect(shared.records.map(({ record }) => record.name)).toEqual(names);
    const writer = workbookWriter(header);
    await writer.add(rows);
    const inline = await readingOf('people', await writer.end());
    expect(inline.records.map(({ record }) => record.name)).toEqual(names);
  });

  test('has texts without the way in which they are read aloud, and refuses a list of texts that was cut off', async () => {
    const item = '<si><t>洛阳</t><rPh sb="0" eb="2"><t>ルオヤン</t></rPh></si>';
    const texts = async (xml: string) => sharedStrings(Readable.from([xml.slice(0, 30), xml.slice(30)]));
    expect(
      await texts(
        `<sst>${item}<si/><si><r><t>甲&amp;</t></r><r><t xml:space="preserve"> &#x4e59;</t></r></si></sst>`,
      ),
    ).toEqual(['洛阳', '', '甲& 乙']);
    await expect(texts(`<sst>${item}<si><t>甲`)).rejects.toThrow(
      expect.objectContaining({ reason: 'workbook-unreadable' }),
    );
    await expect(texts('<sst><si><t>&#x110000;</t></si></sst>')).rejects.toThrow('&#x110000; 不是字符');
  });

  test('whose texts stand in its cells is read as well, and a formula whose last value was an error is told', async () => {
    const texts = (row: number, cells: readonly string[]) =>
      cells
        .map((cell, at) => `<c r="${'ABC'.charAt(at)}${row}" t="inlineStr"><is><t>${cell}</t></is></c>`)
        .join('');
    const rows = [
      texts(1, HEADER),
      texts(2, [ID, '甲']),
      `${texts(3, [OTHER_ID, '乙'])}<c r="C3" t="e"><f>A1/0</f><v>#DIV/0!</v></c>`,
    ];
    const found = await reading(
      bookOf(
        `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.map((cells, at) => `<row r="${at + 1}">${cells}</row>`).join('')}</sheetData></worksheet>`,
      ),
    );
    expect(found.records.map(({ record }) => record.name)).toEqual(['甲']);
    expect(found.errors).toMatchObject([{ row: 3, column: '成立日期', reason: 'cell-error' }]);
  });
});

describe('an archive that is no workbook, or a bad one', () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['cut off', async () => (await sheet([HEADER])).subarray(0, 3_000), 'workbook-unreadable'],
    ['of other files', () => archive([['readme.txt', 'x']]), 'workbook-unreadable'],
    ['with a broken sheet', () => bookOf('<worksheet><sheetData><row r="1">'), 'workbook-unreadable'],
    [
      'that unpacks to a thousand times its size',
      () => archive([['xl/worksheets/sheet1.xml', ' '.repeat(20_000_000)]]),
      'workbook-too-large',
    ],
    [
      'that lies about its size',
      () => archive([['xl/worksheets/sheet1.xml', ' '.repeat(20_000_000)]], 1_000),
      'workbook-unreadable',
    ],
    ['with files that its directory hides', () => withHiddenFile(), 'workbook-unreadable'],
    ['of the old kind', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'file-is-workbook'],
  ])('%s is refused', async (_, bytes, reason) => {
    expect(await refusal(bytes())).toBe(reason);
  });
});

describe('a text of two encodings', () => {
  const header = `${HEADER.join(',')}\n`;
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

  test('is refused with the lines, instead of importing names that nobody has', async () => {
    const mixed = joined(encodeGb18030(header), utf8(`${ID},洛阳市示例食品有限公司\n`));
    await expect(reading(mixed)).rejects.toThrow(/第 2 行是 UTF-8，第 1 行不是/);
    expect(await refusal(joined(utf8(header), encodeGb18030(`${ID},洛阳市示例食品有限公司\n`)))).toBe(
      'file-encoding-mixed',
    );
  });

  test('is not suspected where a short GB18030 word happens to be UTF-8', async () => {
    // 联通 in GB18030 is two valid sequences of UTF-8.
    const found = await reading(encodeGb18030(`${header}${ID},联通,\n${OTHER_ID},示例,\n`));
    expect([found.encoding, found.records.map(({ record }) => record.name)]).toEqual([
      'gb18030',
      ['联通', '示例'],
    ]);
  });
});

const RELS = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`;
const BOOK = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`;

const bookOf = (sheetXml: string) =>
  archive([
    ['xl/worksheets/sheet1.xml', sheetXml],
    ['xl/_rels/workbook.xml.rels', RELS],
    ['xl/workbook.xml', BOOK],
  ]);

/** A zip archive of these files, made by hand so that it can be wrong. */
function archive(files: readonly (readonly [string, string])[], claimed?: number): Uint8Array {
  const records: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, text] of files) {
    const data = deflateRawSync(text);
    const offset = records.reduce((sum, part) => sum + part.length, 0);
    const size = claimed ?? Buffer.byteLength(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    records.push(Buffer.concat([local, Buffer.from(name), data]));
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    directory.push(Buffer.concat([central, Buffer.from(name)]));
  }
  return new Uint8Array(Buffer.concat([...records, ...directory, endOf(records, directory)]));
}

function endOf(records: readonly Buffer[], directory: readonly Buffer[]): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat([...directory]).length, 12);
  end.writeUInt32LE(Buffer.concat([...records]).length, 16);
  return end;
}

/** Two archives one after the other: the directory at the end names the files of the second. */
function withHiddenFile(): Uint8Array {
  const hidden = archive([['xl/worksheets/sheet2.xml', ' '.repeat(1_000)]]);
  const shown = archive([['xl/worksheets/sheet1.xml', '<worksheet/>']]);
  const both = Buffer.concat([hidden, shown]);
  const directory = both.readUInt32LE(both.length - 6) + hidden.length;
  both.writeUInt32LE(directory, both.length - 6);
  both.writeUInt32LE(hidden.length, directory + 42);
  return new Uint8Array(both);
}
