import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openState } from '#store/store.ts';
import { historyOfSubject } from '#store/signals.ts';
import { knownSubjects } from '#store/subjects.ts';
import {
  assemblyOfSmallSteps,
  codeOf,
  countsOf,
  EXPORT_ROWS,
  exportAnswer,
  exported,
  importAt,
  importDirectly,
  importUploaded,
  progressOf,
  subjectsFile,
  upload,
} from '../support/library-files.ts';
import { tableLike } from '../local/fixture/harness.ts';
import { ADMINISTRATOR, INSPECTORS, startWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ assembly: await assemblyOfSmallSteps(), restaurants: 3 });
  const { endpoint, region, credentials } = world.runner.dynamodb;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
}, 120_000);
afterAll(async () => {
  await world.stop();
});

const store = () => openState(tableLike(world.runner, 'foundationState'));
const subject = async (n: number) => (await knownSubjects(store(), [codeOf(n)]))[0];
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a file that is imported directly', () => {
  test('article 7(2): is told in advance what it would change, and changes it once', async () => {
    const file = subjectsFile([`${codeOf(1)},甲,H6210,,`, `${codeOf(2)},乙,,,`, `坏,丙,,,`]);
    const told = await importDirectly(world, 'subjects', file, '?dryRun=true');
    expect([told.dryRun, countsOf(told)]).toEqual([true, [2, 0, 0, 1]]);
    expect(await subject(1)).toBeUndefined();
    const done = await importDirectly(world, 'subjects', file);
    expect([done.changed, countsOf(done)]).toEqual([true, [2, 0, 0, 1]]);
    expect((await subject(1))?.name).toBe('甲');
    const again = await importDirectly(world, 'subjects', file);
    expect([again.changed, countsOf(again)]).toEqual([false, [0, 0, 2, 1]]);
    const other = subjectsFile([`${codeOf(1)},甲改名,H6210,,`, `${codeOf(2)},乙,,,`]);
    expect(countsOf(await importDirectly(world, 'subjects', other, '?dryRun=true'))).toEqual([0, 1, 1, 0]);
    expect((await subject(1))?.name).toBe('甲');
  });

  test('of a special library adds tags and licences to the subjects that there are', async () => {
    await importDirectly(world, 'subjects', subjectsFile([`${codeOf(3)},加油站,F5265,,`]));
    const header =
      '专项库名称,监管标签,统一社会信用代码/注册号,企业名称,许可证名称,许可证编号,许可批准日期,有效期至,许可发证机关,检查机关';
    const line = (n: number, licence: string) => `成品油企业库,危化品,${codeOf(n)},加油站,${licence}`;
    const file = Buffer.from(
      [
        header,
        line(3, '成品油零售经营批准证书,油零售证书第1号,2024-01-02,9999-09-09,市商务局（窗口）,综合执法大队'),
        line(3, '食品经营许可证,JY1,,2027-03-02,,'),
        line(3, '食品经营许可证,JY1,,2028-03-02,,'),
        line(99, '食品经营许可证,JY9,,2027-03-02,,'),
        line(3, '食品经营许可证,JY2,,,,'),
        line(3, '甲、乙许可证,,,2027-03-02,,'),
      ].join('\n'),
    );
    const done = await importDirectly(world, 'licences', file);
    expect(countsOf(done)).toEqual([0, 2, 0, 4]);
    expect(done.errors.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [4, '统一社会信用代码/注册号', 'duplicate'],
      [5, '统一社会信用代码/注册号', 'subject-unknown'],
      [6, '有效期至', 'value-missing'],
      [7, '许可证名称', 'value-invalid'],
    ]);
    expect(await subject(3)).toMatchObject({
      tags: ['成品油企业库', '危化品'],
      licences: [
        {
          name: '成品油零售经营批准证书',
          number: '油零售证书第1号',
          approvedOn: '2024-01-02',
          issuer: '市商务局（窗口）',
          inspectedBy: '综合执法大队',
          validThrough: '9999-09-09',
        },
        { name: '食品经营许可证', number: 'JY1', validThrough: '2027-03-02' },
      ],
    });
    expect(countsOf(await importDirectly(world, 'licences', file))).toEqual([0, 0, 2, 4]);
  });

  test('article 6: of classes changes class and day only, never a newer one by an older, and keeps each', async () => {
    await importDirectly(
      world,
      'subjects',
      subjectsFile([`${codeOf(4)},丁,H6210,B 一般风险,2026-03-31`, `${codeOf(5)},戊,,,`]),
    );
    const months = async (rows: readonly string[]) =>
      countsOf(
        await importDirectly(
          world,
          'classings',
          Buffer.from(['统一社会信用代码,企业名称,信用风险类别,评定日期', ...rows].join('\n')),
        ),
      );
    expect(await months([`${codeOf(4)},丁,D,2026-05-31`, `${codeOf(5)},戊,A,2026-05-31`])).toEqual([
      0, 2, 0, 0,
    ]);
    expect(await months([`${codeOf(4)},丁,C,2026-04-30`, `${codeOf(98)},无,C,2026-04-30`])).toEqual([
      0, 0, 1, 1,
    ]);
    expect(await subject(4)).toMatchObject({
      name: '丁',
      industry: 'H6210',
      creditClass: 'D',
      classedOn: '2026-05-31',
    });
    expect((await historyOfSubject(store(), codeOf(4))).classes).toEqual([
      { subject: codeOf(4), on: '2026-03-31', creditClass: 'B' },
      { subject: codeOf(4), on: '2026-04-30', creditClass: 'C' },
      { subject: codeOf(4), on: '2026-05-31', creditClass: 'D' },
    ]);
  });
});

describe('a file of signals that is imported directly', () => {
  const header = '统一社会信用代码/注册号,企业名称,信号类型,发生日期,文书号,修复范围,备注';
  const file = Buffer.from(
    [
      header,
      `${codeOf(6)},己,行政处罚,2026-03-02,偃市监罚〔2026〕12号,,罚款`,
      `${codeOf(6)},己,经营异常名录,2026-03-03,,,`,
      `${codeOf(6)},己,信用修复,2026-08-01,,列入经营异常名录,`,
      `${codeOf(6)},己,信用修复,2026-08-02,,,`,
      `${codeOf(6)},己,投诉举报,2026-09-02,,,`,
      `${codeOf(97)},无,投诉举报,2026-03-02,,,`,
    ].join('\n'),
  );

  test('article 4: is told in advance what it would add, adds it once, and says what is wrong', async () => {
    await importDirectly(world, 'subjects', subjectsFile([`${codeOf(6)},己,,,`]));
    const told = await importDirectly(world, 'signals', file, '?dryRun=true');
    expect([told.dryRun, countsOf(told)]).toEqual([true, [3, 0, 0, 3]]);
    expect((await historyOfSubject(store(), codeOf(6))).signals).toEqual([]);
    const done = await importDirectly(world, 'signals', file);
    expect([done.changed, countsOf(done)]).toEqual([true, [3, 0, 0, 3]]);
    expect(done.errors.map(({ row, column, value, reason }) => [row, column, value, reason])).toEqual([
      [5, '修复范围', '', 'value-missing'],
      [6, '发生日期', '2026-09-02', 'date-future'],
      [7, '统一社会信用代码/注册号', codeOf(97), 'subject-unknown'],
    ]);
    const { signals } = await historyOfSubject(store(), codeOf(6));
    expect(signals.map(({ on, kind, lifts }) => [on, kind, lifts])).toEqual([
      ['2026-03-02', 'penalty', undefined],
      ['2026-03-03', 'abnormal-listing', undefined],
      ['2026-08-01', 'credit-repair', ['abnormal-listing']],
    ]);
    const again = await importDirectly(world, 'signals', file);
    expect([again.changed, countsOf(again)]).toEqual([false, [0, 0, 3, 3]]);
  });
});

describe('an export', () => {
  test.each(['subjects', 'inspectors', 'items', 'people', 'licences', 'classings', 'signals'])(
    'article 7(2): of %s has the whole library, and changes nothing when it is imported again',
    async (library) => {
      const csv = await exported(world, library, 'csv');
      const rows = text(csv).trim().split('\r\n').length - 1;
      expect(rows).toBeGreaterThan(2);
      const back = await importDirectly(world, library, csv, '?dryRun=true');
      expect(countsOf(back)).toEqual([0, 0, rows, 0]);
      const xlsx = await importDirectly(
        world,
        library,
        await exported(world, library, 'xlsx'),
        '?dryRun=true',
      );
      expect([xlsx.encoding, countsOf(xlsx)]).toEqual(['xlsx', [0, 0, rows, 0]]);
    },
  );

  test('article 7(2): is fetched from the storage when it is big, goes on in the file that it names, and comes back unchanged', async () => {
    const header = '统一社会信用代码,企业名称,行政区划,行业,住所,登记机关,管辖单位,法定代表人';
    const long = '某'.repeat(200);
    const row = (n: number, territory: string) =>
      `${codeOf(n)},${long},${territory},H6210,${long},${long},${long},${long.slice(0, 60)}`;
    const near = Array.from({ length: EXPORT_ROWS }, (_, n) => row(10_000 + n, '410381'));
    const far = Array.from({ length: 3 }, (_, n) => row(20_000 + n, '410399'));
    await importDirectly(world, 'subjects', Buffer.from([header, ...near, ...far].join('\n')));

    const first = await exportAnswer(world, '/libraries/subjects/export?format=csv');
    const next = /^<(\/libraries\/subjects\/export\?format=csv&after=[\w-]+)>; rel="next"$/.exec(
      first.headers.get('link') ?? '',
    );
    expect([first.status, await first.text()]).toEqual([303, '']);
    const big = await fetch(first.headers.get('location') ?? '');
    expect(big.headers.get('content-disposition')).toBe('attachment; filename="subjects-2026-09-01.csv"');
    const bytes = await big.bytes();
    expect(bytes.byteLength).toBeGreaterThan(4_000_000);

    const second = await exportAnswer(world, next?.[1] ?? '');
    expect([second.status, second.headers.get('link')]).toEqual([200, null]);
    const rest = await second.bytes();
    const codes = [bytes, rest].map((file) =>
      text(file)
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.slice(0, 18)),
    );
    // Three restaurants of the district and six subjects of the tests before stand in the nearer territory.
    expect(codes.map(({ length }) => length)).toEqual([EXPORT_ROWS + 9, 3]);
    expect(new Set(codes.flat()).size).toBe(EXPORT_ROWS + 12);
    expect(codes[1]?.toSorted()).toEqual([codeOf(20_000), codeOf(20_001), codeOf(20_002)]);
    expect(countsOf(await importDirectly(world, 'subjects', bytes, '?dryRun=true'))).toEqual([
      0,
      0,
      EXPORT_ROWS + 9,
      0,
    ]);
    expect(countsOf(await importDirectly(world, 'subjects', rest, '?dryRun=true'))).toEqual([0, 0, 3, 0]);
  }, 30_000);

  test.each(['csv', 'xlsx', 'json'])(
    'article 17: of policies as %s changes nothing when it comes back',
    async (format) => {
      const answer = await exportAnswer(world, `/policies/export?format=${format}`);
      const back = await importAt(world, '/policies/imports', await answer.bytes());
      expect(countsOf(back)).toEqual([0, 0, 1, 0]);
    },
  );

  test('is for administrators', async () => {
    expect((await world.as(INSPECTORS[0] ?? '').get('/libraries/subjects/export')).status).toBe(403);
    expect((await world.as(ADMINISTRATOR).get('/libraries/warnings/export')).status).toBe(404);
    expect((await world.as(ADMINISTRATOR).get('/libraries/subjects/export?format=pdf')).status).toBe(400);
    expect((await world.as(ADMINISTRATOR).get('/libraries/subjects/export?after=eyJ9')).status).toBe(400);
  });
});

describe('a file that is uploaded', () => {
  const rows = Array.from({ length: 34 }, (_, n) => `${codeOf(200 + n)},企业${n},,,`);
  const file = subjectsFile([...rows.slice(0, 15), '坏,=甲,,,', ...rows.slice(15), rows[3] ?? '']);

  test('article 7(2): is imported in steps, and its faults are a file', async () => {
    const id = await upload(world, 'subjects', file);
    const told = await importUploaded(world, 'subjects', id, true);
    expect([told.status, told.rows, countsOf(told)]).toEqual([
      'finished',
      { done: 36, total: 36 },
      [34, 0, 0, 2],
    ]);
    expect(await subject(200)).toBeUndefined();
    const done = await importUploaded(world, 'subjects', id);
    expect([done.status, countsOf(done)]).toEqual(['finished', [34, 0, 0, 2]]);
    expect((await subject(233))?.name).toBe('企业33');
    const faults = await fetch(done.errors ?? '');
    expect(faults.headers.get('content-disposition')).toBe('attachment; filename="subjects-errors.csv"');
    expect((await faults.text()).split('\r\n').map((line) => line.split(',').slice(0, 3))).toEqual([
      ['行号', '列', '原值'],
      ['17', '统一社会信用代码', '坏'],
      ['37', '统一社会信用代码', codeOf(203)],
      [''],
    ]);
    const [step] = world.runner.deadLetters();
    expect(step).toBeUndefined();
  });

  test('is one import however often it is asked for, and the same file again changes nothing', async () => {
    const id = await upload(world, 'subjects', file);
    const first = await importUploaded(world, 'subjects', id);
    expect(countsOf(first)).toEqual([0, 0, 34, 2]);
    expect(await importUploaded(world, 'subjects', id)).toMatchObject({ id: first.id, status: 'finished' });
  });

  test('may amend subjects, a subject that is unknown being a fault in its file', async () => {
    const classes = Buffer.from(
      [
        '统一社会信用代码,信用风险类别,评定日期',
        ...Array.from({ length: 25 }, (_, n) => `${codeOf(200 + n)},C,2026-05-31`),
        `${codeOf(97)},C,2026-05-31`,
      ].join('\n'),
    );
    const done = await importUploaded(world, 'classings', await upload(world, 'classings', classes));
    expect(countsOf(done)).toEqual([0, 25, 0, 1]);
    expect(await (await fetch(done.errors ?? '')).text()).toContain(
      `27,统一社会信用代码/注册号,${codeOf(97)}`,
    );
  });

  test('that is not there, or can’t be read, is refused with the reason', async () => {
    const announced = await world.as(ADMINISTRATOR).post('/libraries/subjects/uploads', { size: 10 });
    const { upload: empty } = z.object({ upload: z.string() }).parse(announced.body);
    const missing = await importUploaded(world, 'subjects', empty);
    expect([missing.status, missing.refusal?.reason]).toEqual(['refused', 'upload-missing']);
    const bad = await upload(world, 'subjects', Buffer.from('姓名\n甲\n'));
    const refused = await importUploaded(world, 'subjects', bad);
    expect([refused.status, refused.refusal?.reason, refused.errors]).toEqual([
      'refused',
      'columns-missing',
      undefined,
    ]);
    expect((await progressOf(world, 'subjects', refused.id)).status).toBe('refused');
  });

  test('is of one library, within bounds, and announced by an administrator', async () => {
    const id = await upload(world, 'subjects', file);
    const admin = world.as(ADMINISTRATOR);
    expect((await admin.post('/libraries/people/imports', { upload: id })).status).toBe(404);
    expect((await admin.post('/libraries/people/imports', { upload: 'U-none' })).status).toBe(404);
    expect((await admin.get('/libraries/subjects/imports/subjects')).status).toBe(404);
    expect((await admin.post('/libraries/subjects/uploads', { size: 100_000_001 })).status).toBe(413);
    expect((await admin.post('/libraries/subjects/uploads', { size: 0 })).status).toBe(422);
    expect(
      (await world.as(INSPECTORS[0] ?? '').post('/libraries/subjects/uploads', { size: 1 })).status,
    ).toBe(403);
  });

  test('its link is good for as many bytes as were announced', async () => {
    const { body } = await world.as(ADMINISTRATOR).post('/libraries/subjects/uploads', { size: 77 });
    const url = new URL(z.object({ url: z.url() }).parse(body).url);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
  });
});
