import { beforeAll, describe, expect, test } from 'vitest';
import { historyOf } from '#store/history.ts';
import { complaints, fillLibrary, openPolicies } from '../support/policies.ts';
import { fuelPolicy } from '../support/samples.ts';

let policies: Awaited<ReturnType<typeof openPolicies>>;
beforeAll(async () => {
  policies = await openPolicies();
  await fillLibrary(policies.state);
  const { id, version: _, ...body } = fuelPolicy;
  await policies.put(id, body);
});

const SUBJECTS = '规则编号,规则名称,生效日期,条件,等级,理由,直接检查事项,直接检查静默期（天）';
const COHORTS = '规则编号,规则名称,生效日期,条件,行政区划位数,行业位数,紧急程度,静默期（天）';
const file = (...rows: string[]) => Buffer.from([...rows, ''].join('\r\n'));
const counts = (added: number, updated: number, unchanged: number, rejected: number) => ({
  added,
  updated,
  unchanged,
  rejected,
});
const lines = (bytes: Buffer) => bytes.toString().replace('\uFEFF', '').trimEnd().split('\r\n');

describe('rules about subjects as a file', () => {
  const row = 'many,投诉集中,2026-01-01,subject.complaints(30) >= 2,预警,30 日内投诉 2 件以上,,';
  const checked = 'listed,异常名录,2026-01-01,subject.isAbnormal(),严重,列入异常名录,YS-001,180';
  const body = complaints;
  const checkedBody = {
    about: 'subject',
    name: '异常名录',
    effectiveFrom: '2026-01-01',
    when: 'subject.isAbnormal()',
    level: 'severe',
    reason: '列入异常名录',
    directCheck: { items: ['YS-001'], coolDownDays: 180 },
  };

  test('article 17: are at fault until exactly their content was rehearsed, and told what to call', async () => {
    const fault = { column: '规则编号', reason: 'rehearsal-required' };
    for (const query of ['dryRun=true', '']) {
      expect(await policies.imported(file(SUBJECTS, row, checked), query)).toMatchObject({
        ...counts(0, 0, 0, 2),
        changed: false,
        errors: [
          {
            ...fault,
            row: 2,
            value: 'many',
            detail: expect.stringContaining('POST /policies/many/rehearsals'),
          },
          { ...fault, row: 3, value: 'listed' },
        ],
      });
    }
    await policies.rehearsed('many', body);
    expect(await policies.imported(file(SUBJECTS, row, checked))).toMatchObject(counts(1, 0, 0, 1));
    await policies.rehearsed('listed', checkedBody);
    expect(await policies.imported(file(SUBJECTS, row, checked))).toMatchObject(counts(1, 0, 1, 0));
    expect(await policies.put('listed', checkedBody)).toEqual({
      status: 200,
      body: { ...checkedBody, id: 'listed', version: 1 },
    });
    expect(
      await policies.imported(file(SUBJECTS, row.replace('2 件以上', '两件以上'), checked)),
    ).toMatchObject({
      ...counts(0, 0, 1, 1),
      errors: [{ ...fault, row: 2 }],
    });
    expect(await historyOf(policies.state, 'policy', 'many')).toMatchObject([
      { type: 'policy.adopted', data: { policyVersion: 1 }, actor: { id: 'admin' } },
    ]);
  });

  test.each(['csv', 'xlsx', 'json'])(
    'are exported as %s, and change nothing when they come back',
    async (format) => {
      const { disposition, bytes } = await policies.exported(`about=subject&format=${format}`);
      expect(disposition).toBe(`attachment; filename="policies-subject-2026-03-02.${format}"`);
      expect(await policies.imported(bytes)).toMatchObject({ rows: 2, ...counts(0, 0, 2, 0), errors: [] });
    },
  );

  test('are said in words', async () => {
    expect(lines((await policies.exported('about=subject')).bytes)).toEqual([SUBJECTS, checked, row]);
  });

  test('are at fault by column and reason, as PUT refuses them', async () => {
    const broad = 'broad,多数,2026-01-01,"subject.territory.startsWith(""410305"")",关注,多数,,';
    await policies.rehearsed('broad', {
      ...complaints,
      name: '多数',
      when: 'subject.territory.startsWith("410305")',
      level: 'watch',
      reason: '多数',
    });
    expect(
      await policies.imported(
        file(
          SUBJECTS,
          'untyped,无,2026-01-01,subject.complaint(30) > 1,严重,无,YS-NO-1,180',
          'complaint-fuel,无,2026-01-01,true,预警,无,,',
          'watched,无,2026-01-01,true,关注,无,YS-001,180',
          broad,
        ),
      ),
    ).toMatchObject({
      ...counts(0, 0, 0, 4),
      errors: [
        {
          row: 2,
          column: '条件',
          value: 'subject.complaint(30) > 1',
          reason: 'condition-invalid',
          detail: "found no matching overload for 'Subject.complaint(int)'",
        },
        { row: 2, column: '直接检查事项', value: 'YS-NO-1', reason: 'item-unknown' },
        { row: 3, column: '规则编号', value: 'complaint-fuel', reason: 'policy-id-taken' },
        { row: 4, column: '直接检查事项', value: 'YS-001', reason: 'value-invalid' },
        {
          row: 5,
          column: '条件',
          reason: 'policy-too-broad',
          detail: expect.stringContaining('PUT /policies/broad?confirm=true'),
        },
      ],
    });
  });

  test('without a column that they need are refused with its name', async () => {
    expect(await policies.imported(file(SUBJECTS.replace(',理由', '')))).toMatchObject({
      type: 'urn:mingchou:problem:columns-missing',
      errors: [{ pointer: '理由' }],
    });
  });
});

describe('rules about cohorts as a file', () => {
  const county = 'warned,预警集中,2026-01-01,cohort.warned >= 3,6,2,,30';
  const town = 'warned-towns,乡镇预警,2026-01-01,cohort.severe > 0,9,0,严重,7';

  test('are adopted without a rehearsal, and change nothing twice', async () => {
    expect(await policies.imported(file(COHORTS, county, town))).toMatchObject(counts(2, 0, 0, 0));
    expect(await policies.imported(file(COHORTS, county.replace(',6,', ',,'), town))).toMatchObject(
      counts(0, 0, 2, 0),
    );
    expect(await policies.send('GET /policies/{id}', { id: 'warned' })).toMatchObject({
      body: {
        about: 'cohort',
        versions: [
          {
            id: 'warned',
            version: 1,
            about: 'cohort',
            name: '预警集中',
            effectiveFrom: '2026-01-01',
            when: 'cohort.warned >= 3',
            territoryDigits: 6,
            industryDigits: 2,
            coolDownDays: 30,
          },
        ],
      },
    });
    expect(await policies.imported(file(COHORTS, county.replace('>= 3', '>= 5'), town))).toMatchObject(
      counts(0, 1, 1, 0),
    );
  });

  test.each(['csv', 'xlsx', 'json'])(
    'are exported as %s, and change nothing when they come back',
    async (format) => {
      const { disposition, bytes } = await policies.exported(`about=cohort&format=${format}`);
      expect(disposition).toBe(`attachment; filename="policies-cohort-2026-03-02.${format}"`);
      expect(await policies.imported(bytes)).toMatchObject({ rows: 2, ...counts(0, 0, 2, 0), errors: [] });
    },
  );

  test('are said in words, in their newest version', async () => {
    expect(lines((await policies.exported('about=cohort&format=csv')).bytes)).toEqual([
      COHORTS,
      county.replace('>= 3', '>= 5'),
      town,
    ]);
  });
});

describe('policies of every kind', () => {
  test('are exported as one JSON file, and change nothing when it comes back', async () => {
    const { bytes } = await policies.exported('format=json');
    expect(JSON.parse(bytes.toString())).toMatchObject({
      policies: [
        fuelPolicy,
        { id: 'listed', about: 'subject', version: 1 },
        { id: 'many', about: 'subject', version: 1 },
        { id: 'warned', about: 'cohort', version: 2 },
        { id: 'warned-towns', about: 'cohort', version: 1 },
      ],
    });
    expect(await policies.imported(bytes)).toMatchObject({ encoding: 'json', ...counts(0, 0, 5, 0) });
    expect(await policies.exported('format=json&about=trigger')).toMatchObject({
      disposition: 'attachment; filename="policies-trigger-2026-03-02.json"',
    });
  });

  test('are taken from one JSON file, each as its kind is', async () => {
    const { id: _, ...fuel } = fuelPolicy;
    const cohort = { about: 'cohort', industryDigits: 3, coolDownDays: 1, effectiveFrom: '2026-01-01' };
    const entries = [
      { ...fuel, id: 'copied', about: 'trigger' },
      { ...cohort, id: 'severe', name: '严重', when: 'cohort.severe > 0' },
      { ...complaints, id: 'unrehearsed' },
    ];
    expect(await policies.imported(Buffer.from(JSON.stringify(entries)))).toMatchObject({
      ...counts(2, 0, 0, 1),
      errors: [{ row: 3, column: '/id', value: 'unrehearsed', reason: 'rehearsal-required' }],
    });
  });

  test('are not exported about anything else', async () => {
    expect(await policies.send('GET /policies/export', {}, { query: 'about=weather' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/about' }] },
    });
  });
});

describe('a webhook source', () => {
  test('is not registered under the id of the scan, whose triggers nobody sends', async () => {
    const name = '扫描';
    expect(await policies.send('PUT /sources/{id}', { id: 'scan' }, { body: { name } })).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:source-reserved' },
    });
    expect(await policies.send('PUT /sources/{id}', { id: 'scanner' }, { body: { name } })).toMatchObject({
      status: 201,
    });
    expect(await policies.send('GET /sources', {})).toMatchObject({
      body: { sources: [{ id: 'scanner', name }] },
    });
  });
});
