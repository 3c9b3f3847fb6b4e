import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Item } from '#domain/item/item.ts';
import type { Person } from '#domain/person/person.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { adopted, allPolicies } from '#store/policies.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { fuelPolicy, MONDAY } from '../support/samples.ts';

const ADMINISTRATOR = 'GX-900';
const LEAD_SECTION = 'GX-901';
const EXPORT = 'GET /policies/export';
const IMPORT = 'POST /policies/imports';
const BYTES = { 'Content-Type': 'application/octet-stream' };

const Report = z.object({
  encoding: z.string(),
  dryRun: z.boolean(),
  changed: z.boolean(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
});
const Problem = z.object({ type: z.string() });

let state: StateTable;
let handle: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  Object.assign(process.env, { ADMINISTRATORS: ADMINISTRATOR });
  ({ state } = await openDatabase());
  const item = Item.parse({
    code: 'YS-001',
    matter: '成品油零售经营',
    legalBasis: '成品油市场管理办法',
    unit: '商务综合执法大队',
    appliesTo: { kinds: [], industries: [] },
    ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
    methods: ['on-site'],
    content: '检查内容',
  });
  const lead: Person = { staffNo: LEAD_SECTION, name: '甲', role: 'lead-section', unit: '牵头科室' };
  await putPages(state, [...libraryItems('items', [item]), ...libraryItems('people', [lead])]);
  await commit(state, { at: MONDAY, writes: [adopted(fuelPolicy)], events: [] });
  handle = await handlerOf('administration');
});

const ask = async (event: Partial<Parameters<typeof gatewayEvent>[0]> & { readonly route: string }) =>
  answerOf(await handle(gatewayEvent({ person: ADMINISTRATOR, ...event })));

async function exported(format: string): Promise<{ headers: Record<string, string>; bytes: Buffer }> {
  const { headers, body, isBase64Encoded } = await ask({ route: EXPORT, query: `format=${format}` });
  return { headers, bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

const sent = async (bytes: Uint8Array, query = '') =>
  ask({ route: IMPORT, query, headers: BYTES, body: Buffer.from(bytes).toString('base64'), base64: true });
const imported = async (bytes: Uint8Array, query = '') =>
  Report.parse(JSON.parse((await sent(bytes, query)).body));
const countsOf = ({ added, updated, unchanged, rejected }: z.infer<typeof Report>) => [
  added,
  updated,
  unchanged,
  rejected,
];
const faultsOf = ({ errors }: z.infer<typeof Report>) =>
  errors.map(({ row, column, value, reason }) => [row, column, value, reason]);

const HEADER = '规则编号,规则名称,生效日期,触发条件,抽查事项,行政区划,行业,抽查数量,随机源,审批';
const rowOf = (id: string, change: { name?: string; when?: string; items?: string; quota?: string } = {}) => {
  const { name = '投诉抽查', when = 'trigger.evidence > 0', items = 'YS-001', quota = '5%' } = change;
  return `${id},${name},2026-09-01,${when},${items},按触发信息,H62,${quota},drand,牵头科室`;
};
const file = (...rows: string[]) => Buffer.from([HEADER, ...rows, ''].join('\r\n'));

describe('policies as a file', () => {
  test('article 17: are told in advance what they would change, adopted row by row, and change nothing twice', async () => {
    const rows = file(
      rowOf('evidence-dining'),
      rowOf('untyped', { when: 'trigger.class == 1' }),
      rowOf('unlisted', { items: 'YS-001、YS-NO-1' }),
      rowOf('unread', { quota: '一半' }),
      rowOf('evidence-dining'),
    );
    const told = await imported(rows, 'dryRun=true');
    expect([told.dryRun, told.changed, countsOf(told)]).toEqual([true, true, [1, 0, 0, 4]]);
    expect((await allPolicies(state)).map(({ id }) => id)).toEqual(['complaint-fuel']);
    const done = await imported(rows);
    expect([done.changed, done.encoding, countsOf(done)]).toEqual([true, 'utf-8', [1, 0, 0, 4]]);
    expect(faultsOf(done)).toEqual([
      [3, '触发条件', 'trigger.class == 1', 'condition-invalid'],
      [4, '抽查事项', 'YS-NO-1', 'item-unknown'],
      [5, '抽查数量', '一半', 'quota-form'],
      [6, '规则编号', 'evidence-dining', 'duplicate'],
    ]);
    const again = await imported(rows);
    expect([again.changed, countsOf(again)]).toEqual([false, [0, 0, 1, 4]]);
    const renamed = await imported(file(rowOf('evidence-dining', { name: '有证据的投诉' })));
    expect(countsOf(renamed)).toEqual([0, 1, 0, 0]);
    const versions = (await allPolicies(state)).filter(({ id }) => id === 'evidence-dining');
    expect(versions.map(({ version, name }) => [version, name])).toEqual([
      [1, '投诉抽查'],
      [2, '有证据的投诉'],
    ]);
    expect(versions[0]).toEqual({
      id: 'evidence-dining',
      version: 1,
      name: '投诉抽查',
      effectiveFrom: '2026-09-01',
      when: 'trigger.evidence > 0',
      draw: {
        items: ['YS-001'],
        criteria: { territory: 'from-trigger', industry: ['H62'] },
        quota: { mode: 'ratio', basisPoints: { A: 500, B: 500, C: 500, D: 500 } },
        beacon: { preferred: { kind: 'drand' } },
        approval: 'lead-section',
        teamSize: 2,
      },
    });
    const history = await historyOf(state, 'policy', 'evidence-dining');
    expect(history.map(({ type, about, actor }) => [type, about.version, actor.id])).toEqual([
      ['policy.adopted', 1, ADMINISTRATOR],
      ['policy.adopted', 2, ADMINISTRATOR],
    ]);
  });

  test('are the same to an adoption by hand', async () => {
    const { id, version: _, ...body } = fuelPolicy;
    const put = async (change: object) =>
      ask({
        route: 'PUT /policies/{id}',
        params: { id },
        body: JSON.stringify({ ...body, ...change }),
      });
    expect((await put({})).statusCode).toBe(200);
    expect(await put({ when: 'category', draw: { ...body.draw, items: ['YS-NO-1'] } })).toMatchObject({
      statusCode: 422,
      body: expect.stringMatching(/policy-invalid.*"pointer":"\/when".*"pointer":"\/draw\/items\/0"/),
    });
  });

  test.each([
    ['csv', 'text/csv; charset=utf-8', 'utf-8'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
    ['json', 'application/json', 'json'],
  ])(
    'are exported as %s in the newest version of each, and change nothing when they come back',
    async (format, type, encoding) => {
      const { headers, bytes } = await exported(format);
      expect([headers['content-type'], headers['content-disposition']]).toEqual([
        type,
        `attachment; filename="policies-2026-03-02.${format}"`,
      ]);
      const back = await imported(bytes);
      expect([back.encoding, back.changed, countsOf(back)]).toEqual([encoding, false, [0, 0, 2, 0]]);
    },
  );

  test('are said in words', async () => {
    expect((await exported('csv')).bytes.toString().split('\r\n')[1]).toBe(
      'complaint-fuel,加油站投诉抽查,2026-01-01,"trigger.category == ""complaint""",,YS-001,按触发信息,F526,,,,,,,,密封,,,自动,2',
    );
  });

  test('in JSON tell a fault by its place in the list and in the rule', async () => {
    const draft = { ...fuelPolicy, id: 'copied' };
    const done = await imported(
      Buffer.from(
        JSON.stringify({
          policies: [
            draft,
            { ...draft, id: 'untyped', when: 'category' },
            { ...draft, id: 'Nameless', name: undefined },
          ],
        }),
      ),
    );
    expect(countsOf(done)).toEqual([1, 0, 0, 2]);
    expect(faultsOf(done)).toEqual([
      [2, '/when', 'category', 'condition-invalid'],
      [3, '/name', '', 'value-missing'],
      [3, '/id', 'Nameless', 'value-invalid'],
    ]);
  });

  test.each([
    ['no list of rules', '{"rules": []}', 'body-invalid'],
    ['no JSON', '[{"id"', 'body-invalid'],
    ['a tower of brackets', '['.repeat(400_000), 'body-invalid'],
    ['a table without the columns', '规则编号,规则名称\r\n', 'columns-missing'],
    ['nothing', '', 'file-empty'],
    ['more than a file may have', 'x'.repeat(1_000_001), 'body-too-large'],
  ])('that are %s are refused with the reason', async (_, text, reason) => {
    const { body } = await sent(Buffer.from(text));
    expect(Problem.parse(JSON.parse(body)).type).toBe(`urn:mingchou:problem:${reason}`);
  });

  test('in JSON may be nested as deep as they like, and are at fault one by one', async () => {
    const deep = `[${'['.repeat(400_000)}${']'.repeat(400_000)}]`;
    expect(faultsOf(await imported(Buffer.from(deep)))).toEqual([[1, '', '', 'value-invalid']]);
  });

  test('are read and given by administrators alone', async () => {
    expect((await ask({ route: EXPORT, person: LEAD_SECTION })).statusCode).toBe(403);
    expect((await ask({ route: IMPORT, person: LEAD_SECTION, headers: BYTES })).statusCode).toBe(403);
    expect((await ask({ route: IMPORT, body: '{}' })).statusCode).toBe(415);
    expect((await ask({ route: EXPORT, query: 'format=pdf' })).statusCode).toBe(400);
  });
});
