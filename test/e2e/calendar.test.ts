import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { encodeGb18030 } from '#infra/sample/gb18030.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { mingchou, temporaryFolder } from '../cli/run.ts';
import { ARRANGEMENT_2027, arrangementCsv } from '../support/arrangements.ts';
import { exportedYear, messagesOf, putYear, refusedWith } from '../support/calendar-journey.ts';
import { cleanRecord, complain, inspectionOf, step, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  noting,
  ADMINISTRATOR,
  assemblySweptDaily,
  INSPECTORS,
  LEAD_SECTION,
  startWorld,
  type World,
} from '../support/world.ts';

const Report = z.looseObject({
  changed: z.boolean(),
  dryRun: z.boolean(),
  changedDays: z.array(z.unknown()),
  deadlines: z.object({ open: z.int(), moved: z.int(), overdue: z.int() }).optional(),
});
const Years = z.object({
  calendars: z.array(z.object({ year: z.int(), source: z.string(), by: z.string().optional() })),
  horizon: z.string(),
});
const History = z.object({ events: z.array(z.object({ type: z.string() })) });

const CSV = encodeGb18030(arrangementCsv(ARRANGEMENT_2027));
const changed = (find: string, replace: string): string =>
  arrangementCsv(ARRANGEMENT_2027).replace(find, replace);

/** Monday 14 December 2026: three visits are open across New Year, and 2027 has not been announced. */
describe('the arrangement for the next year arrives in December', () => {
  const folder = temporaryFolder();
  let assembly: string;
  let world: World;
  let accepted: InspectionView;
  let ended: InspectionView;
  let assigned: InspectionView;
  const calls: InterceptedCall[] = [];

  const years = async () => Years.parse((await world.as(LEAD_SECTION).get('/calendars')).body);
  const publishBy = async () => (await inspectionOf(world, ended.id)).publishBy;
  const adoptions = async () => {
    const { body } = await world.as(LEAD_SECTION).get('/history/calendar/working-days');
    return History.parse(body).events.filter(({ type }) => type === 'calendar.adopted').length;
  };
  const command = async (...args: readonly string[]) =>
    mingchou([...args, '--url', world.runner.url, '--token', await world.token(ADMINISTRATOR)], {
      folder: folder.path,
    });

  beforeAll(async () => {
    assembly = await assemblySweptDaily();
    world = await startWorld({
      assembly,
      restaurants: 12,
      start: '2026-12-14T01:00:00.000Z',
      runner: {
        intercept: noting(calls),
      },
    });
    const [first, second, third] = await complain(world, 'complaint-1');
    if (first === undefined || second === undefined || third === undefined) {
      throw new Error('three inspections were expected');
    }
    [accepted, ended, assigned] = [first, second, third];
    await step(world, accepted, 'accept');
    await step(world, ended, 'accept');
    await step(world, ended, 'begin');
    await step(world, ended, 'end');
  }, 90_000);
  afterAll(async () => world.stop());

  test('until then, days of the next year are provisional', async () => {
    expect(await publishBy()).toEqual({ date: '2027-01-12', provisional: true });
    expect((await years()).calendars.map(({ year, source }) => [year, source])).toEqual([
      [2024, 'reference'],
      [2025, 'reference'],
      [2026, 'reference'],
    ]);
    expect((await years()).horizon).toBe('2026-12-31');
  });

  test('a dry run tells the days that would change and the deadlines that would move, and changes nothing', async () => {
    const { status, body } = await putYear(world, 2027, CSV, { query: '?dryRun=true' });
    expect(status).toBe(200);
    const report = Report.parse(body);
    expect(report.deadlines).toEqual({ open: 3, moved: 2, overdue: 0 });
    expect(report).toMatchObject({
      form: 'gb18030',
      daysOff: 27,
      makeUpDays: 4,
      changed: true,
      dryRun: true,
    });
    expect(report.changedDays[0]).toEqual({ date: '2027-01-10', kind: 'work', name: '春节' });
    await world.runner.settle();
    expect((await years()).horizon).toBe('2026-12-31');
    expect(await publishBy()).toEqual({ date: '2027-01-12', provisional: true });
  });

  test.each([
    ['a missing holiday', changed('春节,2027-02-06,休\r\n', ''), 'calendar-invalid', '/days 缺少 2027-02-06'],
    [
      'a plain working day as 班',
      changed('2027-01-10', '2027-01-11'),
      'calendar-invalid',
      '第 5 行 2027-01-11',
    ],
    [
      '班 and 休 on one day',
      changed('2027-01-10', '2027-02-07'),
      'calendar-invalid',
      '第 5 行、第 8 行 2027-02-07 既是',
    ],
    ['an empty file', '', 'file-empty', undefined],
    ['an .ics that is none', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', 'icalendar-unreadable', undefined],
    ['an .ics without a day of the year', icalendarOf2026(), 'calendar-empty', undefined],
  ])('is refused for %s', async (_, file, reason, error) => {
    const refused = refusedWith(await putYear(world, 2027, file));
    expect([refused.status, refused.reason]).toEqual([422, reason]);
    expect(refused.errors[0]?.startsWith(error ?? '')).toBe(error === undefined ? undefined : true);
    expect((await years()).horizon).toBe('2026-12-31');
  });

  test('is refused for another year, for a year too far, and from people who do not administer', async () => {
    const wrong = refusedWith(await putYear(world, 2026, CSV));
    expect([wrong.status, wrong.reason]).toEqual([422, 'calendar-invalid']);
    expect(wrong.errors[0]).toMatch(/^第 6 行 2027-02-05 不属于 2026 年的安排/);
    const far = await putYear(world, 2028, CSV);
    expect(refusedWith(far)).toEqual({ status: 422, reason: 'calendar-year', errors: [] });
    const stranger = await putYear(world, 2027, CSV, { as: LEAD_SECTION });
    expect(refusedWith(stranger)).toEqual({ status: 403, reason: 'role-forbidden', errors: [] });
    const text = await putYear(world, 2027, CSV, { type: 'text/csv' });
    expect(refusedWith(text)).toMatchObject({ status: 415, reason: 'media-type-unsupported' });
  });

  test('moves what is due after New Year, on the inspection too, and tells each person once', async () => {
    const { status, body } = await putYear(world, 2027, CSV);
    expect([status, Report.parse(body).changed]).toEqual([201, true]);
    await world.runner.settle();
    expect(await publishBy()).toEqual({ date: '2027-01-11', provisional: false });
    expect(await years()).toMatchObject({
      calendars: [{}, {}, {}, { year: 2027, source: 'imported', by: ADMINISTRATOR }],
      horizon: '2027-12-31',
    });
    for (const person of INSPECTORS) {
      const own = [accepted, ended].filter(({ team }) => team.some(({ inspector }) => inspector === person));
      const letters = await messagesOf(world, person, '2027 年放假安排');
      expect(letters.length).toBe(own.length === 0 ? 0 : 1);
      const [letter] = letters;
      if (letter === undefined) continue;
      expect(letter.subject).toBe(`2027 年放假安排：${own.length} 项期限变更`);
      for (const visit of own) {
        const what = visit === ended ? '公示检查结果（法定期限）' : '完成检查';
        expect(letter.text).toContain(
          `${visit.subject.name}（${visit.id}）：${what}，2027-01-12 → 2027-01-11，还剩 20 个工作日`,
        );
      }
    }
    expect(assigned.team).not.toEqual([]);
  });

  test('a second time changes nothing, in whatever form it comes', async () => {
    const [json, csv, xlsx] = await Promise.all(
      ['json', 'csv', 'xlsx'].map((format) => exportedYear(world, 2027, format)),
    );
    for (const file of [CSV, csv, xlsx, json]) {
      const { status, body } = await putYear(world, 2027, file ?? '');
      expect([status, Report.parse(body).changed]).toEqual([200, false]);
    }
    const again = await putYear(world, 2027, json ?? '', { type: 'application/json' });
    expect([again.status, Report.parse(again.body)]).toMatchObject([
      200,
      { changed: false, changedDays: [] },
    ]);
    expect(await adoptions()).toBe(1);
  });

  test('of a year that the reference has comes out as a file that changes nothing', async () => {
    const { status, body } = await putYear(world, 2026, await exportedYear(world, 2026, 'csv'));
    expect([status, Report.parse(body).changed]).toEqual([200, false]);
    expect((await world.as(LEAD_SECTION).get('/calendars/2030')).status).toBe(404);
    expect((await world.as(LEAD_SECTION).get('/calendars/next')).status).toBe(404);
  });

  test('can be listed, exported and imported from the command line', async () => {
    const exporting = await command('calendar', 'export', '2027', '--out', folder.of('2027.csv'));
    expect([exporting.code, exporting.stderr]).toEqual([0, '']);
    expect((await readFile(folder.of('2027.csv'), 'utf8')).split('\r\n')[4]).toBe('2027-01-10,班,春节');
    const importing = await command(
      'calendar',
      'import',
      folder.of('2027.csv'),
      '--year',
      '2027',
      '--dry-run',
    );
    expect(importing.stdout).toBe(
      [
        '2027: 休 27, 班 4 of 2027.csv (utf-8)',
        'nothing changed: this is the arrangement that is known',
        'of 3 open deadlines 0 would move, 0 of them into the past; nothing was written',
        '',
      ].join('\n'),
    );
    const listing = await command('calendar', 'list');
    expect(listing.stdout).toContain('2026  休 33  班 6  reference\n');
    expect(listing.stdout).toMatch(/2027 {2}休 27 {2}班 4 {2}imported 2026-12-14T01:00:00\.000Z by HP9007/);
    const refused = await command('calendar', 'import', folder.of('2027.csv'), '--year', '2026');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('2027-02-05 不属于 2026 年')]);
  });

  test('article 14: the publication goes by the new day', async () => {
    await step(world, ended, 'record', cleanRecord(ended));
    await step(world, ended, 'publish');
    const published = await world.anyone(`/public/inspections/${ended.id}`, { accept: 'application/json' });
    expect(JSON.parse(published.text)).toMatchObject({ onTime: true, publishBy: '2027-01-11' });
  });

  test('calls nothing that a role denies', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(calls.some((call) => /recountFunction/.test(call.function))).toBe(true);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});

/** A subscription of the year before. */
function icalendarOf2026(): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//example//CN',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;VALUE=DATE:20261001',
    'SUMMARY:国庆节（休）',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
