import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bar } from '#infra/cli/progress.ts';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const TOKEN = 'eyJ.a.token';
const ROUTE = 'POST /libraries/subjects/imports';
const clean = {
  library: 'subjects',
  encoding: 'gb18030',
  dryRun: false,
  rows: 4980,
  added: 4980,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  errors: [],
  skipped: [{ row: 2, reason: 'explaining-row' }],
  shortRows: [],
  unknownColumns: ['备注'],
  changed: true,
};
const fault = {
  row: 5,
  column: '统一社会信用代码',
  value: '=9E+17',
  detail: '代码被改成了数字',
  reason: 'id-mangled',
};

const folder = temporaryFolder();
const server = testServer({
  'GET /_issuer/.well-known/openid-configuration': () => ({
    body: { token_endpoint: `${server.url}/_issuer/token` },
  }),
  'POST /_issuer/token': ({ body }) => {
    const form = new URLSearchParams(body.toString('utf8'));
    return form.get('client_secret') === `secret of ${form.get('client_id')}` &&
      form.get('grant_type') === 'client_credentials'
      ? { body: { access_token: TOKEN, token_type: 'Bearer', expires_in: 60 } }
      : { status: 401, body: { error: 'invalid_client' } };
  },
  [ROUTE]: ({ headers }) =>
    headers.authorization === `Bearer ${TOKEN}`
      ? { body: clean }
      : { status: 401, body: { message: 'Unauthorized' } },
});
// A file of several network pieces.
const bytes = Buffer.alloc(300_000, '名称,代码\n');
const run = async (...args: string[]) => mingchou(args, { folder: folder.path });
const importing = async (...args: string[]) =>
  run('import', 'subjects.csv', '--library', 'subjects', ...args);

const client = (id: string, name: string) => ({ id, name, secret: `secret of ${id}` });

beforeAll(async () => {
  await writeFile(folder.of('subjects.csv'), bytes);
  await mkdir(folder.of('.local'));
  const connection = {
    url: server.url,
    issuer: `${server.url}/_issuer`,
    audience: 'mingchou',
    clients: [
      client('HP9007', '管理员'),
      client('HP9001', '牵头'),
      { id: 'HP0000', name: '离职', secret: 'old' },
    ],
    sources: [],
  };
  await writeFile(folder.of('.local/connection.json'), JSON.stringify(connection));
});
beforeEach(() => {
  server.begin();
});

describe('token', () => {
  test('prints the token and nothing else', async () => {
    expect(await run('token', 'HP9001')).toEqual({ code: 0, stdout: `${TOKEN}\n`, stderr: '' });
    const form = new URLSearchParams(server.to('POST /_issuer/token')[0]?.body.toString('utf8'));
    expect(Object.fromEntries(form)).toMatchObject({ client_id: 'HP9001', audience: 'mingchou' });
  });

  test('names the people there are', async () => {
    expect(oneLine(await run('token', 'HP1'))).toEqual({
      code: 2,
      line: 'mingchou: the issuer knows nobody called "HP1"; people: HP9007 管理员, HP9001 牵头, HP0000 离职',
    });
  });

  test('tells that the issuer refused', async () => {
    expect(oneLine(await run('token', 'HP0000'))).toEqual({
      code: 1,
      line: 'mingchou: a token for HP0000 was refused: 401 Unauthorized: invalid_client',
    });
  });

  test('gives no secret of the local stack to another server', async () => {
    expect(oneLine(await run('token', 'HP9001', '--url', 'https://example.org'))).toEqual({
      code: 2,
      line: expect.stringContaining('no secrets are known for https://example.org'),
    });
    expect(server.to('POST /_issuer/token')).toEqual([]);
  });
});

describe('import', () => {
  test('posts the bytes as they are, as the administrator, and prints a summary', async () => {
    const { code, stdout, stderr } = await importing();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'subjects: 4,980 rows of subjects.csv (gb18030) imported',
      '4980 added, 0 changed, 0 unchanged',
      'rejected: 0 rows',
      'skipped: row 2 explaining-row',
      'read with blanks for missing cells: none',
      'unknown columns, not imported: 备注',
      '',
    ]);
    const [request] = server.to(ROUTE);
    expect(request?.body.equals(bytes)).toBe(true);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '300000',
    });
    const form = new URLSearchParams(server.to('POST /_issuer/token')[0]?.body.toString('utf8'));
    expect(form.get('client_id')).toBe('HP9007');
  });

  test('takes a token as it is given', async () => {
    expect(await importing('--token', TOKEN)).toMatchObject({ code: 0 });
    expect(server.to('POST /_issuer/token')).toEqual([]);
    expect(oneLine(await importing('--token', 'stale'))).toEqual({
      code: 1,
      line: expect.stringMatching(/the token was refused: 401 Unauthorized; it must be fresh/),
    });
  });

  test('shows the rows at fault, writes them to a file, and ends with 1', async () => {
    const errors = Array.from({ length: 25 }, (_, index) => ({ ...fault, row: 5 + index }));
    server.begin({ [ROUTE]: () => ({ body: { ...clean, rejected: 25, errors } }) });
    const outcome = await importing('--errors', 'errors.csv', '--as', 'HP9001');
    expect(oneLine(outcome)).toEqual({
      code: 1,
      line: expect.stringContaining('25 rows of subjects.csv rejected'),
    });
    expect(outcome.stdout).toContain('  row 5  统一社会信用代码  "=9E+17"  id-mangled  代码被改成了数字\n');
    expect(outcome.stdout).toContain('… 5 more; --errors OUT.csv writes them');
    const written = await readFile(folder.of('errors.csv'), 'utf8');
    expect(written.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFF行号,列,原值,原因,原因代码',
      "5,统一社会信用代码,'=9E+17,代码被改成了数字,id-mangled",
    ]);
    expect(written.trimEnd().split('\r\n')).toHaveLength(26);
  });

  test('says when the file changed nothing', async () => {
    server.begin({ [ROUTE]: () => ({ body: { ...clean, changed: false } }) });
    expect(await importing()).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing changed') });
  });

  test('tells what the server refused', async () => {
    const problem = {
      title: '缺少列 Columns missing',
      detail: '首行缺少列：名称',
      errors: [{ pointer: '名称', detail: '首行须有此列' }],
    };
    server.begin({ [ROUTE]: () => ({ status: 422, body: problem }) });
    expect(oneLine(await importing())).toEqual({
      code: 1,
      line: expect.stringContaining(
        '422 Unprocessable Entity: 缺少列 Columns missing: 首行缺少列：名称; 名称 首行须有此列',
      ),
    });
    server.begin({ [ROUTE]: () => ({ status: 413, body: { message: 'Request Entity Too Large' } }) });
    expect(oneLine(await importing())).toEqual({
      code: 1,
      line: expect.stringContaining('split it into files below 4.5 MB'),
    });
  });

  test('a file that is not there is wrong use', async () => {
    expect(oneLine(await run('import', 'none.csv', '--library', 'subjects'))).toEqual({
      code: 2,
      line: expect.stringContaining('FILE none.csv does not exist'),
    });
  });
});

test('the bar of a terminal fills with what was sent', () => {
  expect(bar(0, 4_000_000)).toBe(`[${'-'.repeat(28)}] 0%  0.0 of 4.0 MB`);
  expect(bar(1_000_000, 4_000_000)).toBe(`[${'#'.repeat(7)}${'-'.repeat(21)}] 25%  1.0 of 4.0 MB`);
  expect(bar(0, 0)).toBe(`[${'#'.repeat(28)}] 100%  0.0 of 0.0 MB`);
});
