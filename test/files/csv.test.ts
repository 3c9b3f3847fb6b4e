import { describe, expect, test } from 'vitest';
import { errorsCsv, writeCsv } from '#files/csv.ts';
import { decodeText } from '#files/decode.ts';
import { readTable } from '#files/table.ts';

const ID = '91350100M000100Y43';
const OTHER_ID = '91110000600037341L';
const utf8 = (text: string) => new TextEncoder().encode(text);
/** 企业 in GB18030, from the standard's code table, not from our own encoder. */
const ENTERPRISE_GB18030 = [0xc6, 0xf3, 0xd2, 0xb5];

const decoded = (bytes: Uint8Array) => {
  const { encoding, pieces } = decodeText(bytes);
  return { text: [...pieces].join(''), encoding };
};

describe('the text of a file', () => {
  test('is UTF-8 with or without byte order mark, or GB18030', () => {
    expect(decoded(utf8('企业'))).toEqual({ text: '企业', encoding: 'utf-8' });
    expect(decoded(Uint8Array.of(0xef, 0xbb, 0xbf, 0xe4, 0xbc, 0x81))).toEqual({
      text: '企',
      encoding: 'utf-8',
    });
    expect(decoded(Uint8Array.from(ENTERPRISE_GB18030))).toEqual({ text: '企业', encoding: 'gb18030' });
    expect(decoded(Uint8Array.of(0x81, 0x30, 0x81, 0x30))).toEqual({
      text: '\u0080',
      encoding: 'gb18030',
    });
  });

  test.each([
    ['nothing', [], 'file-empty'],
    ['an XLSX workbook', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], 'file-is-workbook'],
    ['an XLS workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], 'file-is-workbook'],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x01, 0x4f], 'file-is-utf-16'],
    ['UTF-16 of the other order', [0xfe, 0xff, 0x4f, 0x01], 'file-is-utf-16'],
    ['UTF-16 without mark', [0x31, 0x00, 0x2c, 0x00, 0x32, 0x00], 'file-is-utf-16'],
    ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'file-is-binary'],
    ['bytes with NULs', [0x41, 0x00, 0x00, 0x42, 0x43], 'file-is-binary'],
    ['neither encoding', [0x41, 0xff, 0x41], 'file-encoding'],
  ])('is refused when it is %s', (_, bytes, reason) => {
    expect(() => decodeText(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ reason }));
  });

  test('that is refused says what to do instead', () => {
    expect(() => decodeText(Uint8Array.of(0x50, 0x4b, 0x03, 0x04))).toThrow(
      /请另存为“Excel 工作簿（\.xlsx）”或“CSV UTF-8/,
    );
  });
});

describe('a CSV file', () => {
  test('keeps a spreadsheet’s row numbers across line breaks in cells, blank lines and trailing ones', async () => {
    const text = `统一社会信用代码,企业名称,住所\r\n${ID},"甲""旗舰""，店\n二行","一号,二楼"\r\n\r\n坏,乙,\r\n${OTHER_ID},丙,三号\r\n\r\n\r\n`;
    const reading = await readTable(utf8(text), 'subjects');
    expect(reading.encoding).toBe('utf-8');
    expect(reading.records.map(({ row, record }) => [row, record.name, record.address])).toEqual([
      [2, '甲"旗舰"，店 二行', '一号,二楼'],
      [5, '丙', '三号'],
    ]);
    expect(reading.skipped).toEqual([{ row: 3, reason: 'blank-row' }]);
    expect(reading.errors).toMatchObject([
      { row: 4, column: '统一社会信用代码', value: '坏', reason: 'id-length' },
    ]);
  });

  test.each([
    ['LF', '\n'],
    ['CR', '\r'],
  ])('may end its lines with %s', async (_, end) => {
    const reading = await readTable(
      utf8(['统一社会信用代码,企业名称', `${ID},甲`, `${OTHER_ID},乙`].join(end)),
      'subjects',
    );
    expect(reading.records.map(({ row }) => row)).toEqual([2, 3]);
  });

  test('in GB18030 with a missing and a superfluous cell', async () => {
    const header = [...ascii('id,'), ...ENTERPRISE_GB18030, 0xc3, 0xfb, 0xb3, 0xc6];
    await expect(readTable(Uint8Array.from(header), 'subjects')).rejects.toThrow(
      expect.objectContaining({ reason: 'columns-missing' }),
    );
    const reading = await readTable(
      utf8(`统一社会信用代码,企业名称,住所\n${ID},甲\n${OTHER_ID},乙,丙,丁\n`),
      'subjects',
    );
    expect(reading.shortRows).toEqual([2]);
    expect(reading.errors).toMatchObject([{ row: 3, column: '', value: '丁', reason: 'row-too-long' }]);
  });

  test('may have bare quotes in a name, but not quotes that swallow the rest of the file', async () => {
    expect(
      (await readTable(utf8(`统一社会信用代码,企业名称\n${ID},甲"旗舰"店\n`), 'subjects')).records[0]?.record
        .name,
    ).toBe('甲"旗舰"店');
    await expect(
      readTable(utf8(`统一社会信用代码,企业名称\n${ID},"甲\n${OTHER_ID},乙\n`), 'subjects'),
    ).rejects.toThrow(expect.objectContaining({ reason: 'csv-quotes' }));
  });
});

describe('the report of errors', () => {
  test('opens in a spreadsheet as text, and runs nothing', () => {
    const bytes = errorsCsv([
      { row: 4, column: '企业名称', value: '=HYPERLINK("x")', reason: 'value-invalid', detail: '一，二' },
      { row: 5, column: '电话', value: '+86\n1', reason: 'value-invalid', detail: '-' },
      { row: 6, column: '', value: '@a', reason: 'row-too-long', detail: '\t1' },
    ]);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe(
      [
        '行号,列,原值,原因,原因代码',
        `4,企业名称,"'=HYPERLINK(""x"")",一，二,value-invalid`,
        `5,电话,"'+86\n1",'-,value-invalid`,
        "6,,'@a,'\t1,row-too-long",
        '',
      ].join('\r\n'),
    );
  });

  test('a value with the apostrophe in front is read back without it', async () => {
    const bytes = writeCsv([
      ['统一社会信用代码', '企业名称'],
      [ID, '=甲'],
    ]);
    expect((await readTable(bytes, 'subjects')).records[0]?.record.name).toBe('=甲');
  });
});

function ascii(text: string): number[] {
  return [...utf8(text)];
}
