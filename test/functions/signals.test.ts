import { beforeAll, describe, expect, it } from 'vitest';
import type { MingchouEvent } from '#contracts/events.ts';
import { newEvent } from '#contracts/events.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { signalOf } from '#domain/signal/signal.ts';
import { Trigger, type TriggerReport } from '#domain/trigger/trigger.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection } from '#store/inspections.ts';
import { stateKey } from '#store/keys.ts';
import { Review } from '#store/reviews.ts';
import { historyOfSubject, recordedSignals } from '#store/signals.ts';
import { load, type StateTable } from '#store/store.ts';
import { createdTrigger } from '#store/triggers.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf } from '../support/library-files.ts';
import { assignedInspection, cleanRecord, day, MONDAY, sampleEvent } from '../support/samples.ts';

let state: StateTable;
let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  handler = await handlerOf('signals');
});

/** A trigger that came in on MONDAY, and the event that tells of it. */
async function received(id: string, report: Partial<TriggerReport>): Promise<MingchouEvent> {
  const trigger = Trigger.parse({
    id,
    version: 1,
    status: 'received',
    source: 'hotline-12345',
    senderId: id,
    receivedAt: MONDAY,
    report: { category: 'complaint', title: '计量不准', ...report },
  });
  await commit(state, { at: MONDAY, writes: [createdTrigger(trigger)], events: [] });
  return sampleEvent(id, id);
}

async function published(id: string, subject: string, results: readonly number[]): Promise<MingchouEvent> {
  const inspection = Inspection.parse({
    ...assignedInspection,
    id,
    status: 'published',
    subject: { ...assignedInspection.subject, id: subject },
    // 00:30 of 28 February in Shanghai.
    endedAt: '2026-02-27T16:30:00.000Z',
    record: { ...cleanRecord, results },
  });
  await commit(state, { at: MONDAY, writes: createdInspection(inspection), events: [] });
  return newEvent('inspection.published', {
    time: MONDAY,
    about: { kind: 'inspection', id, version: 6 },
    correlation: inspection.correlation,
    causation: id,
    actor: { kind: 'person', id: 'GX-001' },
    data: { onTime: true, publicationHash: 'a'.repeat(64) },
  });
}

const signals = async (subject: string) => (await historyOfSubject(state, subject)).signals;
const review = (subject: string) => load(state, Review, stateKey('REVIEW', subject));

describe('article 4: a complaint', () => {
  it('about a business that the library need not know becomes its signal, told of once and looked at today', async () => {
    const subject = codeOf(1);
    const report = { subject: { id: subject }, occurredAt: '2026-02-27T20:00:00+08:00' };
    const event = await received('T-1', report);
    await handler(busEvent(event));
    await handler(busEvent(event));
    const other = { ...event, id: 'E-again' };
    await handler(busEvent(other));
    const [signal, ...others] = await signals(subject);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      kind: 'complaint',
      on: '2026-02-27',
      source: 'trigger',
      reference: 'T-1',
    });
    expect(await review(subject)).toEqual({
      id: subject,
      digest: signal?.id,
      dueSk: `2026-03-02#${subject}`,
    });
    const told = await historyOf(state, 'signal', signal?.id ?? '');
    expect(
      told.map(({ type, correlation, causation, data }) => [type, correlation, causation, data]),
    ).toEqual([
      ['signal.recorded', 'T-1', event.id, { subjectId: subject, kind: 'complaint', on: '2026-02-27' }],
    ]);
  });

  it.each([
    ['a name only', { subject: { name: '示例加油站' } }],
    ['a cohort', { cohort: { territory: '410381', industry: 'F5265' } }],
    ['a code that no register gives out', { subject: { id: '91410381MA00000001' } }],
  ])('about %s is nobody’s signal', async (what, report) => {
    await handler(busEvent(await received(`T-${what}`, report)));
    expect(await signals('91410381MA00000001')).toEqual([]);
  });

  it('that a person has recorded under its number stands in the person’s words', async () => {
    const subject = codeOf(2);
    const said = { kind: 'complaint', on: day('2026-03-02'), reference: 'T-2', note: '来电' } as const;
    const writes = await recordedSignals(state, [signalOf(subject, 'person', said)], day('2026-03-02'));
    await commit(state, { at: MONDAY, writes, events: [] });
    await handler(busEvent(await received('T-2', { subject: { id: subject } })));
    expect((await signals(subject)).map(({ source, note }) => [source, note])).toEqual([['person', '来电']]);
  });
});

describe('article 4: a published inspection', () => {
  it.each([
    [[1], 'passed-check'],
    [[2, 7], 'failed-check'],
    [[12], undefined],
  ])('with the results %j is the signal %s', async (results, kind) => {
    const subject = codeOf(10 + (results[0] ?? 0));
    const id = `I-${results.join('-')}`;
    const event = await published(id, subject, results);
    await handler(busEvent(event));
    await handler(busEvent(event));
    const expected = kind === undefined ? [] : [[kind, '2026-02-28', 'inspection', id]];
    expect((await signals(subject)).map((one) => [one.kind, one.on, one.source, one.reference])).toEqual(
      expected,
    );
    expect((await review(subject))?.dueSk).toBe(kind && `2026-03-02#${subject}`);
  });
});
