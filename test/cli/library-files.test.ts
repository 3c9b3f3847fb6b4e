import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lines, rowBar } from '#infra/cli/progress.ts';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const folder = temporaryFolder();
const big = Buffer.alloc(4_500_001, '名称,代码\n');
const state = {
  id: 'L-1',
  library: 'subjects',
  status: 'running',
  dryRun: false,
  encoding: 'utf-8',
  rows: { done: 40, total: 100 },
  added: 40,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  skipped: { count: 0, rows: [] },
  shortRows: { count: 0, rows: [] },
  unknownColumns: [],
};
const finished = {
  ...state,
  status: 'finished',
  rows: { done: 100, total: 100 },
  added: 90,
  updated: 5,
  unchanged: 4,
  rejected: 1,
  skipped: { count: 150, rows: [{ row: 2, reason: 'explaining-row' }] },
};
let asked = 0;
const server = testServer({
  'POST /libraries/subjects/uploads': () => ({
    status: 201,
    body: { upload: 'U-1', url: `${server.url}/bucket/uploads/U-1` },
  }),
  'PUT /bucket/uploads/U-1': () => ({ body: '' }),
  'POST /libraries/subjects/imports': () => ({
    status: 202,
    body: { ...state, status: 'started', rows: { done: 0, total: 0 } },
  }),
  'GET /libraries/subjects/imports/L-1': () => {
    asked += 1;
    return { body: asked === 1 ? state : { ...finished, errors: `${server.url}/bucket/errors.csv` } };
  },
  'GET /bucket/errors.csv': () => ({ body: '行号,列\r\n' }),
});
const run = async (...args: string[]) =>
  mingchou([...args, '--library', 'subjects', '--token', 't', '--url', server.url], { folder: folder.path });

beforeAll(async () => {
  await writeFile(folder.of('big.csv'), big);
});
beforeEach(() => {
  asked = 0;
  server.begin();
});

describe('import of a big file', () => {
  test('goes through the storage, tells how far it is by lines, and fetches the rows at fault', async () => {
    const { code, stdout, stderr } = await run('import', 'big.csv', '--errors', 'faults.csv');
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      '40 of 100 rows',
      'mingchou: 1 row of big.csv rejected, the others stand; correct them and import the file again',
    ]);
    expect(stdout.split('\n')).toEqual([
      'subjects: 100 rows of big.csv (utf-8) imported',
      '90 added, 5 changed, 4 unchanged',
      'rejected: 1 row',
      'skipped: row 2 explaining-row (150 in all)',
      'read with blanks for missing cells: none',
      'unknown columns, not imported: none',
      'row errors written to faults.csv',
      '',
    ]);
    expect(server.to('POST /libraries/subjects/uploads')[0]?.body.toString()).toBe('{"size":4500001}');
    const [put] = server.to('PUT /bucket/uploads/U-1');
    expect([put?.body.equals(big), put?.headers.authorization]).toEqual([true, undefined]);
    expect(await readFile(folder.of('faults.csv'), 'utf8')).toBe('行号,列\r\n');
  });

  test('may only tell what it would change', async () => {
    server.begin({
      'GET /libraries/subjects/imports/L-1': () => ({ body: { ...finished, dryRun: true, rejected: 0 } }),
    });
    const { code, stdout } = await run('import', 'big.csv', '--dry-run');
    expect([code, stdout.split('\n')[1]]).toEqual([
      0,
      'would be: 90 added, 5 changed, 4 unchanged; nothing was written',
    ]);
    expect(server.to('POST /libraries/subjects/imports')[0]?.body.toString()).toBe(
      '{"upload":"U-1","dryRun":true}',
    );
  });

  test('tells why a file was refused', async () => {
    const refusal = { reason: 'columns-missing', detail: '首行缺少列' };
    server.begin({
      'GET /libraries/subjects/imports/L-1': () => ({ body: { ...state, status: 'refused', refusal } }),
    });
    expect(oneLine(await run('import', 'big.csv'))).toEqual({
      code: 1,
      line: 'mingchou: big.csv was refused: columns-missing: 首行缺少列',
    });
  });
});

describe('export', () => {
  const ROUTE = 'GET /libraries/subjects/export';

  test('follows the link to a big file, and puts the parts of a long library together', async () => {
    const next = { link: '</libraries/subjects/export?format=csv&after=x>; rel="next"' };
    server.begin({
      [ROUTE]: ({ search }) =>
        search.get('after') === 'x'
          ? { body: '\uFEFF代码\r\n2\r\n' }
          : { status: 303, body: '', headers: { location: `${server.url}/bucket/one.csv`, ...next } },
      'GET /bucket/one.csv': () => ({ body: '\uFEFF代码\r\n1\r\n' }),
    });
    expect(await run('export', '--out', 'all.csv')).toMatchObject({ code: 0, stdout: 'all.csv: 17 bytes\n' });
    expect(await readFile(folder.of('all.csv'), 'utf8')).toBe('\uFEFF代码\r\n1\r\n2\r\n');
    expect(server.to('GET /bucket/one.csv')[0]?.headers.authorization).toBeUndefined();
  });

  test('takes the format from the name, and tells a refusal', async () => {
    expect(oneLine(await run('export', '--out', 'all.txt'))).toEqual({
      code: 2,
      line: expect.stringContaining('--out all.txt is neither .csv nor .xlsx'),
    });
    server.begin({
      [ROUTE]: () => ({ status: 403, body: { title: '职责不符 Role not allowed', detail: 'unit' } }),
    });
    expect(oneLine(await run('export', '--out', 'all.xlsx'))).toEqual({
      code: 1,
      line: expect.stringContaining('the export of subjects was refused: 403 Forbidden'),
    });
  });
});

test('rows done are drawn on a terminal, and said by tenths where there is none', () => {
  expect(rowBar(44_000, 100_000)).toBe(`[${'#'.repeat(12)}${'-'.repeat(16)}] 44%  44,000 of 100,000 rows`);
  const said: string[] = [];
  const say = lines((line) => said.push(line));
  for (const done of [0, 500, 1_000, 1_500, 10_000]) say(done, 10_000);
  expect(said).toEqual(['0 of 10,000 rows', '1,000 of 10,000 rows', '10,000 of 10,000 rows']);
});
