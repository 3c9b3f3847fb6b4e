import { writeFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { testServer } from './server.ts';

const policy = { about: 'subject', name: '投诉集中', when: 'subject.complaints(30) >= 2' };
const view = {
  id: 'R-1',
  policy: 'many-complaints',
  about: 'subject',
  status: 'finished',
  from: '2026-01-01',
  through: '2026-10-31',
  progress: { done: 4980, total: 4980 },
  counts: {
    looked: 4980,
    operating: 4800,
    warned: 3,
    holding: 1,
    failed: 1,
    byClass: { D: 2, none: 1 },
    byTerritory: { '410305': 1, '410381': 2 },
  },
  shareBasisPoints: 2,
  failure: { of: '91410381MA00000009', on: '2026-02-01', why: 'division by zero' },
  found: 23,
  findings: Array.from({ length: 23 }, (_, n) => ({
    subject: `91410381MA000000${String(n).padStart(2, '0')}`,
    name: `企业${n}`,
    territory: '410381',
    first: '2026-02-25',
    days: 5,
    holds: n === 0,
  })),
};

const folder = temporaryFolder();
const PUT = 'PUT /policies/many-complaints';
const POST = 'POST /policies/many-complaints/rehearsals';
const GET = 'GET /policies/many-complaints/rehearsals/R-1';
let asked = 0;
const server = testServer({
  [POST]: () => ({ status: 202, body: { ...view, status: 'started', found: 0, findings: [] } }),
  [GET]: () => {
    asked += 1;
    return {
      body: asked === 1 ? { ...view, status: 'running', progress: { done: 2490, total: 4980 } } : view,
    };
  },
  [PUT]: () => ({
    status: 201,
    body: { ...policy, id: 'many-complaints', version: 2, effectiveFrom: '2026-11-01' },
  }),
});
const run = async (command: string, ...args: string[]) =>
  mingchou(
    ['policy', command, 'rule.json', '--id', 'many-complaints', '--url', server.url, '--token', 't', ...args],
    { folder: folder.path },
  );

beforeAll(async () => {
  await writeFile(folder.of('rule.json'), JSON.stringify(policy));
});
beforeEach(() => {
  server.begin();
  asked = 0;
});

describe('policy rehearse', () => {
  test('sends the file with its window, waits, and tells what was found in both languages', async () => {
    const { code, stdout, stderr } = await run('rehearse', '--from', '2026-01-01', '--through', '2026-10-31');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '2,490 of 4,980 looked at\n' });
    expect(JSON.parse(server.to(POST)[0]?.body.toString('utf8') ?? '')).toEqual({
      policy,
      from: '2026-01-01',
      through: '2026-10-31',
    });
    expect(server.to(GET)[1]?.headers.authorization).toBe('Bearer t');
    const lines = stdout.split('\n');
    expect(lines.slice(0, 8)).toEqual([
      '试运行 Rehearsal R-1 · many-complaints · 2026-01-01 … 2026-10-31',
      '查看 4980 户，存续 4800 户：预警 3 户，末日仍成立 1 户（0.02 %），无法计算 1 户',
      '4980 subjects, 4800 operating: 3 warned of, 1 on the last day (0.02 %), 1 not computed',
      '按信用风险类别 by class: D 2, none 1',
      '按区划 by territory: 410381 2, 410305 1',
      '无法计算，首例 could not be computed, first: 91410381MA00000009 2026-02-01 division by zero',
      '  2026-02-25  91410381MA00000000  410381  –  5 日 days，末日成立 still  企业0',
      '  2026-02-25  91410381MA00000001  410381  –  5 日 days  企业1',
    ]);
    expect(lines.slice(26)).toEqual(['  … 另有 3 项 3 more', '']);
  });

  test('tells of a policy of triggers what became of each, and of cohorts that the counts are of now', async () => {
    const counts = { looked: 3, fired: 1, merged: 1, held: 1, outdone: 0, failed: 0 };
    const { failure: _, ...whole } = view;
    const findings = [
      { trigger: 'T-1', day: '2026-02-01', title: '缺斤短两', outcome: 'fired' },
      { trigger: 'T-2', day: '2026-02-02', title: '短斤', outcome: 'merged', into: 'T-1' },
      { trigger: 'T-3', day: '2026-02-03', title: '无区划', outcome: 'held', missing: ['territory'] },
    ];
    server.begin({ [GET]: () => ({ body: { ...whole, about: 'trigger', counts, found: 3, findings } }) });
    const { stdout } = await run('rehearse', '--from', '2026-01-01', '--through', '2026-10-31');
    expect(stdout.split('\n').slice(1)).toEqual([
      '收到 3 条：触发 1，并入 1，缺少群体 1，让于其他规则 0，无法计算 0',
      '3 received: 1 fired, 1 merged, 1 held for want of a cohort, 0 left to another policy, 0 not computed',
      '  2026-02-01  T-1  fired  缺斤短两',
      '  2026-02-02  T-2  merged  T-1  短斤',
      '  2026-02-03  T-3  held  territory  无区划',
      '',
    ]);
    const cohorts = {
      ...whole,
      about: 'cohort',
      asOf: '2026-11-24T01:00:00.000Z',
      counts: { looked: 40, fired: 1, failed: 0 },
      found: 1,
      findings: [{ territory: '410381', industry: 'F52', subjects: 50, watch: 2, warning: 0, severe: 1 }],
    };
    server.begin({ [GET]: () => ({ body: cohorts }) });
    expect((await run('rehearse', '--from', '2026-01-01', '--through', '2026-10-31')).stdout).toContain(
      'as counted at 2026-11-24T01:00:00.000Z, no history: 40 cohorts, 1 would fire, 0 not computed\n' +
        '  410381  F52  50 户 subjects：关注 watch 2，预警 warning 0，严重 severe 1\n',
    );
  });
});

describe('policy adopt', () => {
  test('sends the file as it is, and confirms only when asked to', async () => {
    expect(await run('adopt')).toEqual({
      code: 0,
      stderr: '',
      stdout: 'many-complaints 投诉集中：第 2 版，自 2026-11-01 起生效 version 2, in force from 2026-11-01\n',
    });
    await run('adopt', '--confirm');
    const [plain, confirmed] = server.to(PUT);
    expect(JSON.parse(plain?.body.toString('utf8') ?? '')).toEqual(policy);
    expect([plain?.search.get('confirm'), confirmed?.search.get('confirm')]).toEqual([null, 'true']);
  });

  test('tells why it was refused in one line, with 1', async () => {
    const problem = {
      type: 'urn:mingchou:problem:rehearsal-required',
      title: '规则须先试运行 Rehearsal required',
      status: 409,
      detail: '请先试运行 rehearse it first',
    };
    server.begin({ [PUT]: () => ({ status: 409, body: problem }) });
    expect(oneLine(await run('adopt'))).toEqual({
      code: 1,
      line: 'mingchou: the adoption of rule.json was refused: 409 Conflict: 规则须先试运行 Rehearsal required: 请先试运行 rehearse it first',
    });
  });

  test('of a file that is no JSON ends with 2', async () => {
    await writeFile(folder.of('broken.json'), '{');
    const outcome = await mingchou(['policy', 'adopt', 'broken.json', '--id', 'x'], { folder: folder.path });
    expect(oneLine(outcome)).toEqual({
      code: 2,
      line: expect.stringContaining('FILE broken.json is not JSON'),
    });
  });
});
