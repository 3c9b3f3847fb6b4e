import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const report = {
  library: 'policies',
  encoding: 'utf-8',
  dryRun: false,
  rows: 2,
  added: 1,
  updated: 1,
  unchanged: 0,
  rejected: 0,
  errors: [],
  skipped: [],
  shortRows: [],
  unknownColumns: [],
  changed: true,
};
const fault = {
  row: 4,
  column: '抽查事项',
  value: 'YS-NO-1',
  detail: '事项库中没有 YS-NO-1 is not in the item library',
  reason: 'item-unknown',
};

const folder = temporaryFolder();
const server = testServer({
  'GET /policies/export': ({ search }) => {
    const about = search.get('about');
    return { body: `rules as ${search.get('format')}${about === null ? '' : ` about ${about}`}` };
  },
  'POST /policies/imports': () => ({ body: report }),
});
const run = async (...args: string[]) =>
  mingchou(['policy', ...args, '--token', 't', '--url', server.url], { folder: folder.path });

beforeAll(async () => {
  await writeFile(folder.of('policies.csv'), '规则编号\r\n');
});

describe('policies', () => {
  test.each(['csv', 'xlsx', 'json'])('are exported in the format of the name: %s', async (format) => {
    server.begin();
    expect(await run('export', '--out', `all.${format}`)).toMatchObject({ code: 0 });
    expect(await readFile(folder.of(`all.${format}`), 'utf8')).toBe(`rules as ${format}`);
    expect(server.to('GET /policies/export')[0]?.headers.authorization).toBe('Bearer t');
  });

  test('are exported about one kind, and about no other', async () => {
    server.begin();
    const about = async (kind: string) => run('export', '--about', kind, '--out', 'rules.csv');
    expect(await about('subject')).toMatchObject({ code: 0 });
    expect(await readFile(folder.of('rules.csv'), 'utf8')).toBe('rules as csv about subject');
    expect(oneLine(await about('weather'))).toMatchObject({ code: 2 });
  });

  test('are exported in no other format, and a refusal is told', async () => {
    server.begin({
      'GET /policies/export': () => ({ status: 403, body: { title: '职责不符', detail: 'administrator' } }),
    });
    expect(oneLine(await run('export', '--out', 'all.pdf'))).toMatchObject({ code: 2 });
    expect(oneLine(await run('export', '--out', 'all.csv'))).toEqual({
      code: 1,
      line: expect.stringContaining('the export of policies was refused: 403 Forbidden: 职责不符'),
    });
  });

  test('are imported as they stand in the file, with what came of them', async () => {
    server.begin();
    const { code, stdout } = await run('import', 'policies.csv');
    expect([code, stdout.split('\n').slice(0, 3)]).toEqual([
      0,
      [
        'policies: 2 rows of policies.csv (utf-8) imported',
        '1 added, 1 changed, 0 unchanged',
        'rejected: 0 rows',
      ],
    ]);
    const [sent] = server.to('POST /policies/imports');
    expect([sent?.body.toString(), sent?.headers['content-type']]).toEqual([
      '规则编号\r\n',
      'application/octet-stream',
    ]);
  });

  test('at fault are told by row, column and reason, and written to a file', async () => {
    server.begin({
      'POST /policies/imports': ({ search }) => ({
        body: { ...report, dryRun: search.get('dryRun') === 'true', rejected: 1, errors: [fault] },
      }),
    });
    const { code, stdout } = await run('import', 'policies.csv', '--dry-run', '--errors', 'faults.csv');
    expect(code).toBe(1);
    expect(stdout).toContain('would be: 1 added, 1 changed, 0 unchanged; nothing was written');
    expect(stdout).toContain('  row 4  抽查事项  "YS-NO-1"  item-unknown  事项库中没有 YS-NO-1');
    expect(await readFile(folder.of('faults.csv'), 'utf8')).toBe(
      '\uFEFF行号,列,原值,原因,原因代码\r\n4,抽查事项,YS-NO-1,事项库中没有 YS-NO-1 is not in the item library,item-unknown\r\n',
    );
  });
});
