import * as z from 'zod';
import type { MingchouEvent } from '#contracts/events.ts';
import { Signal } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { givenClassItem, signalItem } from '#store/signals.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from './database.ts';
import { codeOf, ITEMS } from './draws.ts';

/** The day on which requests come in, by `gatewayEvent`. */
export const TODAY = CalendarDate.parse('2026-03-02');
export const WINDOW = { from: '2026-01-01', through: '2026-03-01' };

/** Who was complained of twice within 30 days. */
export const complaints = {
  about: 'subject',
  name: '投诉集中',
  effectiveFrom: '2026-01-01',
  when: 'subject.complaints(30) >= 2',
  level: 'warning',
  reason: '30 日内投诉 2 件以上',
};

const subject = (n: number, more: object = { industry: 'F5265' }) =>
  Subject.parse({
    id: codeOf(n),
    name: `企业${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: n < 4 ? '410381001' : '410305',
    tags: [],
    ...more,
  });
const complaint = (n: number, on: string) =>
  signalItem(
    Signal.parse({ id: `S-${n}-${on}`, subject: codeOf(n), kind: 'complaint', on, source: 'trigger' }),
  );

/** Eight subjects, seven of which operate, with what is known of them. */
export async function fillLibrary(state: StateTable): Promise<void> {
  const subjects = [
    subject(0),
    subject(1, { industry: 'F5265', creditClass: 'D', classedOn: '2026-02-10' }),
    subject(2),
    subject(3, { industry: 'F5265', status: 'deregistered' }),
    subject(4),
    subject(5),
    subject(6),
    subject(7, {}),
  ];
  await putPages(state, [
    ...libraryItems('items', ITEMS),
    ...libraryItems('subjects', subjects),
    complaint(0, '2026-01-05'),
    complaint(0, '2026-01-20'),
    complaint(2, '2026-02-20'),
    complaint(2, '2026-02-25'),
    // Whoever does not operate is not warned of.
    complaint(3, '2026-02-20'),
    complaint(3, '2026-02-25'),
    complaint(4, '2026-02-25'),
    givenClassItem({ subject: codeOf(1), creditClass: 'B', on: CalendarDate.parse('2026-01-10') }),
  ]);
}

const Body = z.record(z.string(), z.unknown());

/** The functions that take policies and rehearse them, on an empty library of their own: two subjects or triggers a step. */
export async function openPolicies() {
  const { state } = await openDatabase();
  Object.assign(process.env, { ADMINISTRATORS: 'admin', REHEARSAL_STEP: '2' });
  const administration = await handlerOf('administration');
  const rehearsal = await handlerOf('rehearsal');

  const send = async (
    route: string,
    params: Readonly<Record<string, string>>,
    more: { body?: unknown; query?: string; headers?: Readonly<Record<string, string>> } = {},
  ) => {
    const { body, ...rest } = more;
    const event = {
      route,
      params,
      person: 'admin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...rest,
    };
    const answer = answerOf(await administration(gatewayEvent(event)));
    return { status: answer.statusCode, body: Body.parse(JSON.parse(answer.body)) };
  };
  const put = async (id: string, body: unknown, query = '') =>
    send('PUT /policies/{id}', { id }, { body, query });
  const start = async (id: string, policy: unknown, window: object = WINDOW, headers = {}) =>
    send('POST /policies/{id}/rehearsals', { id }, { body: { policy, ...window }, headers });

  const exported = async (query: string) => {
    const event = { route: 'GET /policies/export', person: 'admin', query };
    const { headers, body, isBase64Encoded } = answerOf(await administration(gatewayEvent(event)));
    return {
      disposition: headers['content-disposition'],
      bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    };
  };
  const imported = async (bytes: Uint8Array, query = '') => {
    const event = {
      route: 'POST /policies/imports',
      person: 'admin',
      query,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: Buffer.from(bytes).toString('base64'),
      base64: true,
    };
    const answer = answerOf(await administration(gatewayEvent(event)));
    return Body.parse(JSON.parse(answer.body));
  };

  /** Delivers the events of a rehearsal that its function hears, each twice, until it is finished. */
  const carriedOn = async (id: string): Promise<MingchouEvent[]> => {
    const delivered = new Set<string>();
    for (;;) {
      const events = await historyOf(state, 'rehearsal', id);
      const next = events.find((event) => event.type !== 'rehearsal.finished' && !delivered.has(event.id));
      if (next === undefined) return events;
      delivered.add(next.id);
      await rehearsal(busEvent(next));
      await rehearsal(busEvent(next));
    }
  };
  return {
    state,
    send,
    put,
    start,
    exported,
    imported,
    /** Rehearses a policy to its end; gives its events and what is shown then. */
    rehearsed: async (id: string, policy: unknown, window: object = WINDOW) => {
      const started = await start(id, policy, window);
      const run = z.string().parse(started.body['id']);
      const events = await carriedOn(run);
      const shown = await send('GET /policies/{id}/rehearsals/{rehearsal}', { id, rehearsal: run });
      return { events, view: shown.body };
    },
  };
}
