import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { leaveOf } from '#console/pages/inspectors.tsx';
import { weeksOf } from '#console/pages/calendar.tsx';
import { ruleOf } from '#console/pages/deadline-rules.tsx';
import { librariesOperations } from '#contracts/api/libraries.ts';
import { Person } from '#domain/person/person.ts';
import { commit } from '#store/commit.ts';
import { counterKey } from '#store/keys.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { adopted } from '#store/policies.ts';
import { created } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { fuelPolicy, MONDAY, sampleDirectory } from '../support/samples.ts';

describe('what is typed into the forms of the libraries', () => {
  it('is a period of leave a line, a single day being its own end', () => {
    expect(leaveOf('2026-03-02 至 2026-03-06\n\n 2026-04-01 \n2026-05-06到2026-05-07')).toEqual([
      { from: '2026-03-02', through: '2026-03-06' },
      { from: '2026-04-01', through: '2026-04-01' },
      { from: '2026-05-06', through: '2026-05-07' },
    ]);
    expect(leaveOf('')).toEqual([]);
  });

  it('is a deadline rule whose levels without days are left out, and what is no number stays a text', () => {
    const values = {
      'rules.publish.workingDays': ['18'],
      'rules.publish.ladder': ['10，5, 3、一'],
      'rules.publish.escalation.0.pastDue': ['0'],
      'rules.publish.escalation.0.reaches': ['actor', 'unit'],
      'rules.publish.escalation.1.pastDue': [''],
      'rules.publish.escalation.1.reaches': ['supervisor'],
    };
    expect(ruleOf('publish', { once: 'once', values, files: {} })).toEqual({
      workingDays: 18,
      ladder: [10, 5, 3, '一'],
      escalation: [{ pastDue: 0, reaches: ['actor', 'unit'] }],
    });
  });
});

describe('a month of the calendar', () => {
  it('begins on its own weekday and ends with its last day', () => {
    const weeks = weeksOf('2026', '02');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      '2026-02-01',
    ]);
    expect(weeks[4]?.slice(4)).toEqual(['2026-02-27', '2026-02-28', undefined]);
  });
});

describe('how far an installation is set up', () => {
  let state: StateTable;
  let libraries: (event: unknown) => Promise<unknown>;
  const ask = async (person: string) =>
    answerOf(await libraries(gatewayEvent({ route: 'GET /setup', person })));
  const everyone = async (person: string) =>
    answerOf(await libraries(gatewayEvent({ route: 'GET /people', person })));
  const setup = async () => {
    const { statusCode, body } = await ask('ROOT');
    expect(statusCode).toBe(200);
    return librariesOperations['GET /setup'].answers[200].parse(JSON.parse(body));
  };

  beforeAll(async () => {
    ({ state } = await openDatabase());
    Object.assign(process.env, { ADMINISTRATORS: 'ROOT', FILES_BUCKET: 'files', EXPORT_ROWS: '1000' });
    libraries = await handlerOf('libraries');
  });

  it('is nothing but the calendar that comes along, before anything was imported', async () => {
    expect(await setup()).toEqual({
      libraries: ['subjects', 'inspectors', 'items', 'people', 'licences', 'classings', 'signals'].map(
        (library) => ({ library }),
      ),
      units: [],
      calendarThrough: 2026,
      hasPolicy: false,
      hasDraw: false,
    });
  });

  it('names what was imported, adopted and drawn since, and is told to those who handle libraries', async () => {
    const head = Person.parse({ staffNo: 'HEAD', name: '姓名', role: 'unit', unit: '商务综合执法大队' });
    await putPages(state, [
      ...libraryItems('people', [head]),
      ...libraryItems('inspectors', sampleDirectory),
    ]);
    const people = { id: 'people', version: 1, rows: 1, importedAt: MONDAY, contentHash: 'ab' };
    const numberOfPlan = { key: counterKey('plan', 2026), item: { version: 1 }, expect: 'absent' } as const;
    await commit(state, {
      at: MONDAY,
      writes: [created('LIBRARY', people), adopted(fuelPolicy), numberOfPlan],
      events: [],
    });
    const { libraries: known, units, hasPolicy, hasDraw } = await setup();
    expect(known.filter(({ lastImport }) => lastImport !== undefined)).toEqual([
      { library: 'people', lastImport: { rows: 1, importedAt: MONDAY, contentHash: 'ab' } },
    ]);
    expect(units).toEqual([...new Set(sampleDirectory.map(({ unit }) => unit))].toSorted());
    expect([hasPolicy, hasDraw]).toEqual([true, true]);
    expect((await ask('HEAD')).statusCode).toBe(403);
  });

  it('has its people read in two requests to the store by those who handle libraries, and by nobody else', async () => {
    const sent = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
    const { statusCode, body } = await everyone('ROOT');
    expect([statusCode, sent.mock.calls.length]).toEqual([200, 2]);
    sent.mockRestore();
    expect(librariesOperations['GET /people'].answers[200].parse(JSON.parse(body))).toEqual({
      people: [{ staffNo: 'HEAD', name: '姓名', role: 'unit', unit: '商务综合执法大队' }],
    });
    expect((await everyone('HEAD')).statusCode).toBe(403);
  });
});
