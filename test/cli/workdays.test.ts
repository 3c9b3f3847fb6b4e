import { describe, expect, test } from 'vitest';
import { mingchou, oneLine, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const run = async (...args: string[]) => mingchou(['workdays', ...args], { folder: folder.path });

describe('working days', () => {
  test.each([
    ['add 2026-03-02 20', '2026-03-30'],
    ['add 2026-03-02 0', '2026-03-02'],
    ['add 2026-03-02 -5', '2026-02-24'],
    ['add 2026-09-30 1', '2026-10-08'],
    ['between 2026-03-02 2026-03-30', '20'],
    ['between 2026-03-30 2026-03-02', '-20'],
    ['is 2026-02-14', '2026-02-14 working day 工作日 (make-up working day 调休上班)'],
    ['is 2026-10-01', '2026-10-01 day off 休息日 (holiday by law 法定节假日)'],
    ['is 2026-10-06', '2026-10-06 day off 休息日 (holiday arrangement 放假安排)'],
    ['is 2026-03-07', '2026-03-07 day off 休息日 (weekend 周末)'],
    ['is 2026-03-09', '2026-03-09 working day 工作日 (weekday)'],
  ])('%s → %s', async (args, expected) => {
    expect(await run(...args.split(' '))).toEqual({ code: 0, stdout: `${expected}\n`, stderr: '' });
  });

  test.each([
    ['add 2034-12-25 10', /^2035-01-\d\d {2}provisional: .*2034, 2035/],
    ['between 2034-12-25 2034-12-27', /^2 {2}provisional: .*2034/],
    ['is 2034-10-02', /day off.*法定节假日.* {2}provisional: .*2034/],
  ])('beyond the last announced year %s is provisional, with the reason', async (args, expected) => {
    const { code, stdout } = await run(...args.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
    expect(stdout).toContain('the last is that of 20');
  });

  test.each([
    ['add 2026-02-30 1', /DATE must be a day that exists.* not "2026-02-30"/],
    ['add 2026-03-02 1.5', /N must be a whole number/],
    ['add 2026-03-02 many', /N must be a whole number/],
    ['add 2026-03-02 9999', /The count must stay within 2023 to 2035/],
    ['between 2026-03-02 tomorrow', /B must be a day/],
  ])('%s is wrong use', async (args, expected) => {
    expect(oneLine(await run(...args.split(' ')))).toEqual({
      code: 2,
      line: expect.stringMatching(expected),
    });
  });
});
