import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { mingchou, oneLine, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const run = async (...args: string[]) => mingchou(args, { folder: folder.path });

describe('wrong use', () => {
  test.each([
    [
      'no command',
      [],
      /a command is missing; commands of mingchou: draw, workdays, calendar, ledger, trigger, clock, import, export, policy, token/,
    ],
    ['an unknown command', ['drow'], /no command "drow"; commands of mingchou: draw, /],
    ['no command of a group', ['draw'], /missing; commands of mingchou draw: recompute, verify/],
    [
      'an unknown command of a group',
      ['clock', 'stop'],
      /no command "stop"; commands of mingchou clock: show, advance/,
    ],
    [
      'a missing argument',
      ['draw', 'verify', 'proof.json'],
      /'pool'; usage: mingchou draw verify \[--json\] \[--chain FILE\] PROOF\.json POOL/,
    ],
    ['an argument too many', ['workdays', 'is', '2026-03-02', '3'], /usage: mingchou workdays is DATE/],
    ['an unknown option', ['ledger', 'verify', '--from', '3'], /'--from'; usage: mingchou ledger verify/],
    [
      'a library that is none',
      ['import', 'x.csv', '--library', 'draws'],
      /'draws'.*subjects, inspectors, items, people/,
    ],
    ['no library', ['import', 'x.csv'], /--library <name>/],
    [
      'an address that is none',
      ['clock', 'show', '--url', 'ftp://x'],
      /--url must be an address like http:.* not "ftp:\/\/x"/,
    ],
  ])('exits with 2 and one line for %s', async (_what, args, expected) => {
    const outcome = await run(...args);
    expect(oneLine(outcome)).toMatchObject({ code: 2, line: expect.stringMatching(expected) });
    expect(outcome.stdout).toBe('');
  });

  test('an address of the environment that is none is named too', async () => {
    const outcome = await mingchou(['clock', 'show'], {
      folder: folder.path,
      environment: { MINGCHOU_URL: 'here' },
    });
    expect(oneLine(outcome)).toMatchObject({
      code: 2,
      line: expect.stringContaining('MINGCHOU_URL must be'),
    });
  });
});

describe('help', () => {
  test.each([
    'draw recompute',
    'draw verify',
    'draw fetch',
    'draw inclusion',
    'draw explain',
    'workdays add',
    'workdays between',
    'workdays is',
    'calendar import',
    'calendar export',
    'calendar list',
    'ledger verify',
    'trigger send',
    'trigger status',
    'clock show',
    'clock advance',
    'import',
    'policy export',
    'policy import',
    'policy rehearse',
    'policy adopt',
    'token',
  ])('of %s has an example', async (command) => {
    const { code, stdout } = await run(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: mingchou ${command} `);
    expect(stdout).toMatch(/Examples?:\n {2}\S/);
  });

  test('of the whole names every command', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const name of [
      'draw',
      'workdays',
      'calendar',
      'ledger',
      'trigger',
      'clock',
      'import',
      'policy',
      'token',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
  });
});

describe('an installation that is not there', () => {
  const nobody = 'http://127.0.0.1:1';

  test.each([
    ['ledger', 'verify'],
    ['clock', 'show'],
    ['clock', 'advance', '--days', '1'],
    ['trigger', 'send', '--source', 'hotline', '--secret', 'whsec_c2VjcmV0IG9mIGEgc291cmNl'],
    ['trigger', 'status', '--id', 'm', '--source', 'hotline', '--secret', 'whsec_c2VjcmV0IG9mIGEgc291cmNl'],
  ])('is told with the way to start it: %s %s', async (...args) => {
    const outcome = await run(...args, '--url', nobody);
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringMatching(
        /^mingchou: nothing answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\); start .*"npm start"/,
      ),
    });
  });
});

test('files are looked for where npm was called, not where it runs its script', async () => {
  await writeFile(folder.of('broken.json'), '{');
  const outcome = await mingchou(['draw', 'recompute', 'broken.json'], {
    folder: '/',
    environment: { npm_lifecycle_event: 'mingchou', INIT_CWD: folder.path },
  });
  expect(oneLine(outcome)).toEqual({
    code: 2,
    line: expect.stringContaining('VECTOR broken.json is not JSON'),
  });
  const elsewhere = await mingchou(['draw', 'recompute', 'broken.json'], {
    folder: '/',
    environment: { npm_lifecycle_event: 'other', INIT_CWD: folder.path },
  });
  expect(oneLine(elsewhere)).toEqual({ code: 2, line: expect.stringContaining('does not exist') });
});
