import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { documentOf } from '#domain/calendar/arrangement.ts';
import { arrangementFile, readArrangement } from '#files/arrangement.ts';
import { encodeGb18030 } from '#infra/sample/gb18030.ts';
import { ARRANGEMENT_2027, arrangementCsv } from '../support/arrangements.ts';
import { refusalFrom } from '../support/refusals.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const daysIn = async (file: Uint8Array) =>
  (await readArrangement(file, 2027)).days.map(({ date, kind, name }) => ({ date, kind, name }));

async function workbook(rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('放假安排');
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a table of 日期 | 类型 | 名称', () => {
  test.each(['csv', 'xlsx'] as const)('comes out of an export as %s as it went in', async (format) => {
    const file = await arrangementFile(format, { year: 2027, days: [...ARRANGEMENT_2027] });
    expect(await daysIn(file)).toEqual(ARRANGEMENT_2027);
  });

  test('is read in GB18030 and with its columns in any order', async () => {
    const file = encodeGb18030(arrangementCsv(ARRANGEMENT_2027));
    const reading = await readArrangement(file, 2027);
    expect(reading.form).toBe('gb18030');
    expect(reading.days[3]).toEqual({ date: '2027-01-10', kind: 'work', name: '春节', at: '第 5 行' });
  });

  test('may have the days of a spreadsheet, and other words for 休 and 班', async () => {
    const file = await workbook([
      ['日期', '类型', '节日名称'],
      [new Date('2027-01-01T00:00:00.000Z'), '放假', '元旦'],
      ['2027年1月2日', '休息', '元旦'],
      [46_397, '补班', null],
      ['2027/5/8', '上班', '劳动节'],
    ]);
    expect(await daysIn(file)).toEqual([
      { date: '2027-01-01', kind: 'off', name: '元旦' },
      { date: '2027-01-02', kind: 'off', name: '元旦' },
      { date: '2027-01-10', kind: 'work', name: '' },
      { date: '2027-05-08', kind: 'work', name: '劳动节' },
    ]);
  });

  test('is refused whole, with every cell that can not be read', async () => {
    const file = bytes(
      '日期,类型,名称\n2027-01-01,休,\n2027-02-30,休,春节\n2027-02-06,调休,春节\n2027-02-07,休,春节\n2027-02-07,休,除夕\n',
    );
    const { reason, fields } = await refusalFrom(readArrangement(file, 2027));
    expect(reason).toBe('calendar-invalid');
    expect(fields).toEqual([
      { pointer: '第 2 行“名称”', detail: '休息日须写节日名称 a day off needs the name of its holiday' },
      { pointer: '第 3 行“日期”', detail: expect.stringContaining('“2027-02-30”') },
      { pointer: '第 4 行“类型”', detail: '“调休”应为：休、班' },
      { pointer: '第 6 行“日期”', detail: '“2027-02-07”与第 5 行重复' },
    ]);
  });

  test.each([
    ['an empty file', '', 'file-empty'],
    ['blank lines', '\n\n', 'table-empty'],
    ['a page of a website', '<html><body>放假</body></html>', 'columns-missing'],
    ['a table without 类型', '日期,名称\n2027-01-01,元旦\n', 'columns-missing'],
    ['a JSON text that is cut off', '{"year": 2027, "days": [', 'json-invalid'],
    [
      'a day in JSON that does not exist',
      '{"year": 2027, "days": [{"name": "春节", "date": "2027-02-30", "isOffDay": true}]}',
      'body-invalid',
    ],
    ['the JSON of another year', '{"year": 2026, "days": []}', 'calendar-invalid'],
    ['an .ics that is none', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n', 'icalendar-unreadable'],
  ])('is refused for %s', async (_, text, reason) => {
    expect((await refusalFrom(readArrangement(bytes(text), 2027))).reason).toBe(reason);
  });
});

test('JSON is read as it is exchanged, members of its publisher left aside', async () => {
  const document = documentOf({ year: 2027, days: [...ARRANGEMENT_2027] });
  const file = bytes(JSON.stringify({ $schema: 'https://example.org/schema.json', papers: [], ...document }));
  expect(await daysIn(file)).toEqual(ARRANGEMENT_2027);
});

const event = (...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20261105T000000Z', ...lines, 'END:VEVENT', ''].join('\r\n');
const icalendar = (...events: readonly string[]): Uint8Array =>
  bytes(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//CN\r\n${events.join('')}END:VCALENDAR\r\n`);

describe('an iCalendar file', () => {
  test('gives the days of all-day events, by Apple’s mark or by their words', async () => {
    const file = icalendar(
      event(
        'DTSTART;VALUE=DATE:20270101',
        'DTEND;VALUE=DATE:20270104',
        'SUMMARY:元旦（休）',
        'X-APPLE-SPECIAL-DAY:WORK-HOLIDAY',
      ),
      event('DTSTART;VALUE=DATE:20270110', 'SUMMARY:春节（班）', 'X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY'),
      event('DTSTART;VALUE=DATE:20270205', 'DURATION:P2D', 'SUMMARY:春节 假期 第1天/共7天'),
      event('DTSTART;VALUE=DATE:20270508', 'SUMMARY:劳动节调休', 'CATEGORIES:上班'),
      event('DTSTART;VALUE=DATE:20271009', 'SUMMARY:班｜国庆节'),
    );
    expect(await daysIn(file)).toEqual([
      { date: '2027-01-01', kind: 'off', name: '元旦' },
      { date: '2027-01-02', kind: 'off', name: '元旦' },
      { date: '2027-01-03', kind: 'off', name: '元旦' },
      { date: '2027-01-10', kind: 'work', name: '春节' },
      { date: '2027-02-05', kind: 'off', name: '春节' },
      { date: '2027-02-06', kind: 'off', name: '春节' },
      { date: '2027-05-08', kind: 'work', name: '劳动节' },
      { date: '2027-10-09', kind: 'work', name: '国庆节' },
    ]);
  });

  test('keeps an event that begins in the December before, and tells what it leaves out', async () => {
    const { days, skipped } = await readArrangement(
      icalendar(
        event('DTSTART;VALUE=DATE:20261001', 'SUMMARY:国庆节（休）'),
        event('DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270102', 'SUMMARY:元旦（休）'),
        event('DTSTART;VALUE=DATE:20270221', 'SUMMARY:元宵节'),
        event('DTSTART;VALUE=DATE:20270405', 'SUMMARY:清明节（休）', 'STATUS:CANCELLED'),
      ),
      2027,
    );
    expect(days.map(({ date, at }) => [date, at])).toEqual([
      ['2026-12-31', '第 2 个日程“元旦（休）”'],
      ['2027-01-01', '第 2 个日程“元旦（休）”'],
    ]);
    expect(skipped).toEqual([
      { at: '第 1 个日程“国庆节（休）”', reason: 'other-year' },
      { at: '第 3 个日程“元宵节”', reason: 'not-marked' },
      { at: '第 4 个日程“清明节（休）”', reason: 'cancelled' },
    ]);
  });

  test('is refused with the events that are no days of an arrangement', async () => {
    const { reason, fields } = await refusalFrom(
      readArrangement(
        icalendar(
          event('DTSTART:20270101T090000Z', 'SUMMARY:元旦（休）'),
          event('DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=YEARLY', 'SUMMARY:元旦（休）'),
          event('DTSTART;VALUE=DATE:20270101', 'SUMMARY:元旦 休 班'),
          event('DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20270301', 'SUMMARY:寒假'),
          event('DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20270101', 'SUMMARY:元旦 休'),
          event('SUMMARY:元旦 休'),
          event('DTSTART;VALUE=DATE:20270230', 'SUMMARY:春节 休'),
        ),
        2027,
      ),
    );
    expect(reason).toBe('calendar-invalid');
    expect(fields.map(({ pointer, detail }) => [pointer.slice(2, 3), detail.split(' ')[0]])).toEqual([
      ['1', '不是全天日程'],
      ['2', '每年的安排各不相同，不能是重复日程'],
      ['3', '看不出是休还是班'],
      ['4', '持续'],
      ['5', '持续'],
      ['6', '不是全天日程'],
      ['7', '日期不存在：2027-02-30'],
    ]);
  });
});
