import { beforeAll, describe, expect, it } from 'vitest';
import { agendaOperations } from '#contracts/api/agenda.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { ClassChange } from '#domain/risk/classes.ts';
import type { RiskLevel } from '#domain/risk/rule.ts';
import {
  isWithdrawn,
  resultsOf,
  type Publication,
  type PublicRecord,
} from '#domain/inspection/publication.ts';
import type { ResultCode } from '#domain/inspection/record.ts';
import { Person } from '#domain/person/person.ts';
import type { TriggerCategory } from '#domain/trigger/trigger.ts';
import { Instant } from '#domain/time/time.ts';
import { classIncrements } from '#store/classes.ts';
import { commit } from '#store/commit.ts';
import { tallied } from '#store/figures.ts';
import { cellKey, stateKey } from '#store/keys.ts';
import { directoryItems, libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { createdPublication, replacedPublication } from '#store/publications.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { day, MONDAY } from '../support/samples.ts';

let state: StateTable;
let agenda: (event: unknown) => Promise<unknown>;
let figures: (event: unknown) => Promise<unknown>;

/** 00:30 of 1 March in Shanghai. */
const FIRST_OF_MARCH = Instant.parse('2026-02-28T16:30:00.000Z');
const IN_APRIL = Instant.parse('2026-04-10T02:00:00.000Z');
const LAST_OF_FEBRUARY = Instant.parse('2026-02-28T15:30:00.000Z');

const facts = (kind: 'trigger' | 'warning' | 'inspection', id: string, time: Instant) => ({
  time,
  about: { kind, id, version: 1 },
  correlation: id,
  causation: id,
  actor: { kind: 'function', id: 'test' } as const,
});
const received = (id: string, time: Instant, category: TriggerCategory = 'complaint') =>
  newEvent('trigger.received', {
    ...facts('trigger', id, time),
    data: { source: 'hotline-12345', category, title: '计量不准' },
  });
const subject = { subjectId: 'S1', subjectName: '企业一' };
const raised = (id: string, level: RiskLevel) =>
  newEvent('warning.raised', {
    ...facts('warning', id, FIRST_OF_MARCH),
    data: { ...subject, level, policies: ['r'] },
  });
const changed = (id: string, before: RiskLevel, level: RiskLevel) =>
  newEvent('warning.changed', {
    ...facts('warning', id, FIRST_OF_MARCH),
    data: { ...subject, before, level, policies: ['r'] },
  });

const tell = (event: MingchouEvent) => figures(busEvent(event));

async function asked(name: string, query = 'from=2026-02&to=2026-03', person = 'DC0001', accept?: string) {
  const route = 'GET /figures/{name}';
  const headers = accept === undefined ? {} : { accept };
  return answerOf(await agenda(gatewayEvent({ route, params: { name }, query, person, headers })));
}
/** The rows of a figure, which is as the contract says. */
async function rows(name: string, query?: string) {
  const { statusCode, body } = await asked(name, query);
  expect(statusCode).toBe(200);
  const figure = agendaOperations['GET /figures/{name}'].answers[200].json.parse(JSON.parse(body));
  return figure.rows.map((row) => Object.values(row));
}

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'HP9007' });
  [agenda, figures] = [await handlerOf('agenda'), await handlerOf('figures')];
  const people = [
    { staffNo: 'DC0001', name: '督查一', role: 'supervisor', unit: '督查室' },
    { staffNo: 'DW0001', name: '单位一', role: 'unit', unit: '执法大队' },
  ].map((one) => Person.parse(one));
  await putPages(state, libraryItems('people', people));
});

describe('what happens is counted', () => {
  it('once an event, in the month of Shanghai, however often the event comes', async () => {
    const first = received('T-1', LAST_OF_FEBRUARY);
    await Promise.all([tell(first), tell(first), tell(received('T-2', FIRST_OF_MARCH))]);
    await tell(first);
    await tell(received('T-3', FIRST_OF_MARCH));
    await tell(received('T-4', FIRST_OF_MARCH, 'referral'));
    expect(await rows('triggers')).toEqual([
      ['2026-02', 'hotline-12345', 'complaint', 1],
      ['2026-03', 'hotline-12345', 'complaint', 2],
      ['2026-03', 'hotline-12345', 'referral', 1],
    ]);
    expect(await rows('triggers', 'from=2026-02&to=2026-02')).toEqual([
      ['2026-02', 'hotline-12345', 'complaint', 1],
    ]);
  });

  it('a warning at each level that it rises to, and not when it falls', async () => {
    await tell(raised('W-1', 'watch'));
    await tell(changed('W-1', 'watch', 'severe'));
    await tell(changed('W-2', 'severe', 'watch'));
    expect(await rows('risk')).toEqual([
      ['2026-03', 'severe', 1],
      ['2026-03', 'watch', 1],
    ]);
  });

  it('everybody who is sent out, of a joint visit only those who are new', async () => {
    const unit = '执法大队';
    await tell(
      newEvent('inspection.assigned', {
        ...facts('inspection', 'I-1', FIRST_OF_MARCH),
        data: {
          draw: 'D-1',
          ...subject,
          team: [
            { inspector: 'G1', unit },
            { inspector: 'G2', unit },
          ],
          acceptBy: day('2026-03-04'),
        },
      }),
    );
    await tell(
      newEvent('inspection.joined', {
        ...facts('inspection', 'I-1', FIRST_OF_MARCH),
        data: {
          draw: 'D-2',
          planNumber: '1',
          how: 'drawn',
          ...subject,
          items: ['X'],
          units: [unit],
          team: [
            { inspector: 'G1', unit, joined: false },
            { inspector: 'G3', unit, joined: true },
          ],
        },
      }),
    );
    await tell(
      newEvent('inspection.replaced', {
        ...facts('inspection', 'I-2', FIRST_OF_MARCH),
        data: {
          inspector: 'G2',
          successor: 'G1',
          unit,
          why: 'recused',
          reason: '亲属',
          ...subject,
          acceptBy: day('2026-03-05'),
        },
      }),
    );
    expect(await rows('load')).toEqual([[unit, 3, 1, 1, 2]]);
  });

  describe('article 16: each result of a published inspection, for each of its units', () => {
    const UNITS = ['执法大队', '监察中心'];
    const published = (id: string, ...codes: ResultCode[]): Publication => ({
      id,
      version: 1,
      inspection: id,
      draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
      subjectId: 'S1',
      subjectName: '企业一',
      items: [{ code: 'YS-001', matter: '计量', legalBasis: '办法' }],
      inspectedOn: day('2026-02-27'),
      publishBy: day('2026-03-27'),
      onTime: true,
      units: UNITS,
      results: resultsOf(codes),
      publishedAt: FIRST_OF_MARCH,
    });
    const corrected = (before: Publication, ...codes: ResultCode[]): Publication => ({
      ...before,
      version: before.version + 1,
      results: resultsOf(codes),
      corrected: { at: IN_APRIL, reason: '结果录入有误' },
    });
    const told = (id: string) =>
      tell(
        newEvent('inspection.published', {
          ...facts('inspection', id, FIRST_OF_MARCH),
          data: { onTime: true, publicationHash: 'a'.repeat(64) },
        }),
      );
    const replaced = async (before: PublicRecord, after: PublicRecord): Promise<MingchouEvent> => {
      await commit(state, { at: IN_APRIL, writes: replacedPublication(before, after), events: [] });
      const version = { ...facts('inspection', after.id, IN_APRIL), about: about(after) };
      const hashes = { publicationHash: 'b'.repeat(64), previousHash: 'a'.repeat(64) };
      const data = { correction: 'X-1', version: after.version, ...hashes };
      return isWithdrawn(after)
        ? newEvent('inspection.withdrawn', {
            ...version,
            data: { ...data, legalReason: '条例', subjectId: 'S1', subjectName: '企业一' },
          })
        : newEvent('inspection.republished', { ...version, data: { ...data, reason: '有误' } });
    };
    const about = ({ id, version }: PublicRecord) => ({ kind: 'inspection' as const, id, version });
    const resultRows = async () =>
      (await rows('results', 'from=2026-02&to=2026-04')).map(([month, unit, result, count]) =>
        [month, unit, result, count].join(' '),
      );
    const first = published('I-9', 6, 11);
    const other = published('I-10', 1);

    it('counts in the month of its publication', async () => {
      const writes = [createdPublication(first), createdPublication(other)];
      await commit(state, { at: MONDAY, writes, events: [] });
      await told('I-9');
      await told('I-10');
      await told('I-10');
      expect(await resultRows()).toEqual([
        '2026-03 执法大队 1 1',
        '2026-03 执法大队 11 1',
        '2026-03 执法大队 6 1',
        '2026-03 监察中心 1 1',
        '2026-03 监察中心 11 1',
        '2026-03 监察中心 6 1',
      ]);
    });

    it('is moved to what the correction says, once, however often and in whatever order versions are told', async () => {
      const second = corrected(first, 1, 11);
      const third = corrected(second, 1);
      const one = await replaced(first, second);
      const two = await replaced(second, third);
      await tell(two);
      await tell(one);
      await Promise.all([tell(one), tell(two)]);
      await told('I-9');
      expect(await resultRows()).toEqual(['2026-03 执法大队 1 2', '2026-03 监察中心 1 2']);
    });

    it('stays where it is when a correction changes other words', async () => {
      await tell(await replaced(other, { ...corrected(other, 1), subjectName: '更名' }));
      expect(await resultRows()).toEqual(['2026-03 执法大队 1 2', '2026-03 监察中心 1 2']);
    });

    it('is none any more when it is withdrawn', async () => {
      const before = { ...corrected(other, 1), subjectName: '更名' };
      const withdrawn = { id: 'I-10', version: 3, inspection: 'I-10' };
      const after = { ...withdrawn, withdrawn: { at: IN_APRIL, legalReason: '条例' } };
      const event = await replaced(before, after);
      await tell(event);
      await tell(event);
      expect(await resultRows()).toEqual(['2026-03 执法大队 1 1', '2026-03 监察中心 1 1']);
    });
  });
});

describe('the figures', () => {
  it('of cohorts are the cells of the first county, or of the one that is asked for', async () => {
    await putPages(
      state,
      directoryItems([]).concat([
        { ...stateKey('TERRITORY', '410381'), id: '410381', listPk: 'LIST#TERRITORY', listSk: '410381' },
        {
          ...cellKey('410381001', 'H6210'),
          territory: '410381001',
          industry: 'H6210',
          subjects: 200,
          severe: 5,
        },
      ]),
    );
    expect(await rows('cohorts')).toEqual([['410381', 'H62', 200, 0, 0, 5, 250]]);
    expect(await rows('cohorts', 'territory=410382')).toEqual([]);
  });

  it('of classes are told month by month, not for months that have not begun', async () => {
    const counted = (on: string, part: number, change: ClassChange) =>
      commit(state, {
        at: MONDAY,
        writes: [],
        increments: classIncrements({ run: { day: day(on) }, part: { part } }, change),
        events: [],
      });
    await counted('2025-11-03', 0, { A: 5, B: 2, unclassed: 1 });
    await counted('2025-11-03', 7, { A: 4 });
    await counted('2026-01-01', 7, { A: -1, D: 1 });
    expect(await rows('risk-classes', 'from=2025-09&to=2026-01')).toEqual([
      ['2025-11', 9, 2, 0, 0, 1],
      ['2025-12', 8, 2, 0, 1, 1],
      ['2026-01', 8, 2, 0, 1, 1],
    ]);
    expect(classIncrements({ run: { day: day('2026-01-02') }, part: { part: 7 } }, {})).toEqual([]);
    expect(await rows('risk-classes', 'from=2099-01&to=2099-02')).toEqual([]);
  });

  it('of draws are empty while none was drawn', async () => {
    expect(await rows('draws')).toEqual([]);
  });

  it.each([
    ['triggers.csv', undefined],
    ['triggers', 'text/csv'],
  ])('come as a file too: %s, Accept %s; a formula in it is only text', async (name, accept) => {
    const by = { source: '=cmd', category: 'risk' };
    if (accept === undefined) {
      await commit(state, {
        at: MONDAY,
        writes: [],
        increments: [tallied({ counted: 'triggers', month: '2025-01', by, count: 1 }, 'E-1')],
        events: [],
      });
    }
    const { headers, body } = await asked(name, 'from=2025-01&to=2025-01', 'DC0001', accept);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(Buffer.from(body, 'base64').toString()).toBe(
      "\uFEFF月份,来源,类别,件数\r\n2025-01,'=cmd,风险防控,1\r\n",
    );
  });

  it.each([
    ['unknown', '', 'DC0001', 404],
    ['constructor', '', 'DC0001', 404],
    ['triggers', 'from=2020-01&to=2026-01', 'DC0001', 400],
    ['cohorts', 'territory=41', 'DC0001', 400],
    ['triggers', '', 'DW0001', 403],
  ])('%s with %s are refused to %s: %i', async (name, query, person, status) => {
    expect((await asked(name, query, person)).statusCode).toBe(status);
  });
});
