import { beforeEach, describe, expect, test } from 'vitest';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const folder = temporaryFolder();
const server = testServer({
  'GET /_local/clock': () => ({ body: { now: '2026-03-02T01:30:00.000Z', frozen: true } }),
  'POST /_local/clock/advance': () => ({ body: { now: '2026-03-16T16:05:00.000Z' } }),
});
const run = async (...args: string[]) =>
  mingchou(['clock', ...args, '--url', server.url], { folder: folder.path });

const gone = () => ({
  status: 404,
  body: { title: '没有这个地址 No such address', detail: 'no such address' },
});

beforeEach(() => {
  server.begin();
});

describe('the virtual clock', () => {
  test('is shown in UTC and as on a wall in Shanghai', async () => {
    expect(await run('show')).toEqual({
      code: 0,
      stdout: '2026-03-02T01:30:00.000Z  2026-03-02 09:30 Asia/Shanghai\n',
      stderr: '',
    });
  });

  test.each([
    [['--hours', '2.5'], { hours: 2.5 }],
    [['--days', '3'], { hours: 72 }],
    [['--working-days', '10'], { workingDays: 10 }],
    [['--to', '2026-03-17T00:05+08:00'], { to: '2026-03-16T16:05:00.000Z' }],
    [['--to', '2026-03-16T16:05:00Z'], { to: '2026-03-16T16:05:00.000Z' }],
  ])('is moved by %j', async (args, body) => {
    const { code, stdout } = await run('advance', ...args);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '2026-03-16T16:05:00.000Z  2026-03-17 00:05 Asia/Shanghai\n',
    });
    const [request] = server.to('POST /_local/clock/advance');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body.toString('utf8') ?? '')).toEqual(body);
  });

  test.each([
    [[], /exactly one of --hours N, --days N, --working-days N and --to INSTANT; none was given/],
    [['--hours', '1', '--days', '1'], /exactly one of .*; 2 were given/],
    [['--hours', '0'], /--hours must be a number above 0, not "0"/],
    [['--days', '-1'], /--days must be a number above 0/],
    [['--working-days', '1.5'], /--working-days must be a whole number above 0/],
    [['--to', '2026-03-17T00:05'], /--to must be a moment with its offset/],
    [['--to', 'tomorrow'], /--to must be a moment/],
  ])('%j is wrong use', async (args, expected) => {
    expect(oneLine(await run('advance', ...args))).toEqual({
      code: 2,
      line: expect.stringMatching(expected),
    });
    expect(server.to('POST /_local/clock/advance')).toEqual([]);
  });

  test('is not there on a server in the cloud', async () => {
    server.begin({ 'GET /_local/clock': gone, 'POST /_local/clock/advance': gone });
    for (const args of [['show'], ['advance', '--days', '1']]) {
      expect(oneLine(await run(...args))).toEqual({
        code: 1,
        line: expect.stringContaining('has no clock that can be shown or moved'),
      });
    }
  });

  test('says why it can not be moved', async () => {
    server.begin({
      'POST /_local/clock/advance': () => ({ status: 409, body: { error: 'the clock only goes forward' } }),
    });
    expect(oneLine(await run('advance', '--to', '2020-01-01T00:00Z'))).toEqual({
      code: 1,
      line: 'mingchou: moving the clock was refused: 409 Conflict: the clock only goes forward',
    });
  });
});
