import { beforeAll, describe, expect, it } from 'vitest';
import { agendaOperations } from '#contracts/api/agenda.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { RiskLevel } from '#domain/risk/rule.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { Person } from '#domain/person/person.ts';
import type { TriggerCategory } from '#domain/trigger/trigger.ts';
import { Instant } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { tallied } from '#store/figures.ts';
import { createdInspection } from '#store/inspections.ts';
import { cellKey, stateKey } from '#store/keys.ts';
import { directoryItems, libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, cleanRecord, day, MONDAY } from '../support/samples.ts';

let state: StateTable;
let agenda: (event: unknown) => Promise<unknown>;
let figures: (event: unknown) => Promise<unknown>;

/** 00:30 of 1 March in Shanghai. */
const FIRST_OF_MARCH = Instant.parse('2026-02-28T16:30:00.000Z');
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

  it('each result of a published inspection, for each of its units', async () => {
    const inspection = Inspection.parse({
      ...assignedInspection,
      id: 'I-9',
      status: 'published',
      endedAt: '2026-02-27T16:30:00.000Z',
      record: { ...cleanRecord, results: [6, 11] },
    });
    await commit(state, { at: MONDAY, writes: createdInspection(inspection), events: [] });
    await tell(
      newEvent('inspection.published', {
        ...facts('inspection', 'I-9', FIRST_OF_MARCH),
        data: { onTime: true, publicationHash: 'a'.repeat(64) },
      }),
    );
    const units = [...new Set(inspection.items.map(({ unit }) => unit))].toSorted();
    const expected = units.flatMap((unit) => [
      ['2026-03', unit, 11, 1],
      ['2026-03', unit, 6, 1],
    ]);
    expect(await rows('results')).toEqual(expected);
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
        increments: [tallied({ counted: 'triggers', month: '2025-01', by }, 'E-1')],
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
