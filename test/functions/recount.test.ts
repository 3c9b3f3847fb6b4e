import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { deadlineId, meetDeadline, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { CALENDAR_ID, importedCalendar, savedCalendar, withYear, workingDays } from '#store/calendars.ts';
import { commit } from '#store/commit.ts';
import {
  createdDeadline,
  FIRST_DUE,
  loadDeadline,
  openDeadlines,
  updatedDeadline,
  type DuePosition,
  type OpenDeadlines,
} from '#store/deadlines.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection, loadInspection } from '#store/inspections.ts';
import { movesOf } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';
import type { ArrangedDay } from '#domain/calendar/arrangement.ts';
import { busEvent, handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { ARRANGEMENT_2027, CORRECTED_2027 } from '../support/arrangements.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at } from '../support/samples.ts';

let state: StateTable;
let recount: (event: unknown) => Promise<unknown>;
let sweep: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { RECOUNT_BATCH: '2' });
  [recount, sweep] = [await handlerOf('recount'), await handlerOf('deadlines')];
});

const NOON = at('2026-12-15T04:00:00.000Z');
const reference = stateCouncilCalendar();
const HASH = 'a'.repeat(64);

/** A visit that ended, with the deadline of its publication counted by what is known without 2027. */
async function ended(name: string, endedAt: string): Promise<Deadline> {
  const started = startDeadline(countedByDefault(reference), {
    id: deadlineId('publish', name),
    kind: 'publish',
    of: { kind: 'inspection', id: name },
    correlation: `T-${name}`,
    startedAt: at(endedAt),
  });
  const inspection: Inspection = {
    ...assignedInspection,
    id: name,
    status: 'ended',
    publishBy: { date: started.due, provisional: started.provisional },
  };
  const writes = [...createdInspection(inspection), createdDeadline(started)];
  await commit(state, { at: NOON, writes, events: [] });
  return started;
}

/** Stores an arrangement for 2027 as the import does, and gives its event. */
async function adopt(days: readonly ArrangedDay[], time = NOON): Promise<EventOf<'calendar.adopted'>> {
  const known = await importedCalendar(state);
  const next = withYear(known, {
    year: 2027,
    days: [...days],
    contentHash: HASH,
    adoptedAt: time,
    by: 'HP9007',
  });
  const event = newEvent('calendar.adopted', {
    time,
    about: { kind: 'calendar', id: CALENDAR_ID, version: next.version },
    correlation: CALENDAR_ID,
    causation: HASH,
    actor: { kind: 'person', id: 'HP9007' },
    data: { year: 2027, daysOff: [], makeUpDays: [], contentHash: HASH, corrects: false },
  });
  await commit(state, { at: time, writes: [savedCalendar(next)], events: [event] });
  if (event.type !== 'calendar.adopted') throw new TypeError(event.type);
  return event;
}

/** Hands on what each step asks for until the recount is finished, so many copies of each at once; gives the number of steps. */
async function run(adopted: EventOf<'calendar.adopted'>, copies = 1): Promise<number> {
  let next: MingchouEvent | undefined = adopted;
  let steps = 0;
  while (next !== undefined) {
    const event = next;
    await Promise.all(Array.from({ length: copies }, () => recount(busEvent(event))));
    steps += 1;
    const told = await historyOf(state, 'calendar', CALENDAR_ID);
    const step = steps;
    next = told.find(
      ({ type, data }) =>
        type === 'calendar.recounting' && 'cause' in data && data.cause === adopted.id && data.step === step,
    );
  }
  return steps;
}

/** The day of a publication where it is kept: on its deadline, and on the inspection. */
async function publishBy(name: string) {
  const [deadline, inspection] = await Promise.all([
    loadDeadline(state, deadlineId('publish', name)),
    loadInspection(state, name),
  ]);
  expect(inspection.publishBy).toEqual({ date: deadline.due, provisional: deadline.provisional });
  return [deadline.due, deadline.provisional, deadline.nextRung];
}

const movesIn = async (name: string) =>
  (await historyOf(state, 'deadline', deadlineId('publish', name))).map(({ type, actor, data }) => [
    type,
    actor.id,
    data,
  ]);
const of = (id: string) => ({ kind: 'inspection', id });

describe('a year that is announced', () => {
  it('moves every open deadline and the day on its inspection, and leaves met ones alone', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `I-${n}`);
    for (const name of names) await ended(name, '2026-12-14T02:00:00.000Z');
    await ended('I-early', '2026-12-07T02:00:00.000Z');
    const met = meetDeadline(await ended('I-met', '2026-12-14T02:00:00.000Z'), NOON);
    await commit(state, { at: NOON, writes: [updatedDeadline(met)], events: [] });

    const event = await adopt(ARRANGEMENT_2027);
    expect(await run(event)).toBeGreaterThan(4);

    for (const name of names) {
      expect(await publishBy(name)).toEqual(['2027-01-11', false, '2026-12-28']);
    }
    expect(await publishBy('I-early')).toEqual(['2027-01-05', false, '2026-12-21']);
    expect(await publishBy('I-met')).toEqual(['2027-01-12', true, undefined]);
    expect(await movesIn('I-0')).toEqual([
      [
        'deadline.moved',
        'recount',
        {
          deadline: 'publish',
          of: of('I-0'),
          from: '2027-01-12',
          to: '2027-01-11',
          provisional: false,
          remaining: 19,
        },
      ],
    ]);
    const moves = await movesOf(state, event.id);
    expect(moves.map((move) => move.of.id).toSorted()).toEqual([...names, 'I-early'].toSorted());
    expect(moves.filter(({ from, to }) => from === to).map((move) => move.of.id)).toEqual(['I-early']);
  });

  it('moves each deadline once when every step is delivered three times at once, and again later', async () => {
    const names = Array.from({ length: 5 }, (_, n) => `I-again-${n}`);
    for (const name of names) await ended(name, '2026-12-14T02:00:00.000Z');
    const event = await adopt(ARRANGEMENT_2027);
    await run(event, 3);
    await recount(busEvent(event));
    for (const name of names) expect(await movesIn(name)).toHaveLength(1);
    const moved = (await movesOf(state, event.id)).map((move) => move.of.id);
    expect(moved.toSorted()).toEqual(names);
  });

  it('counts for the next count at once, with nothing kept from before', async () => {
    const calendar = await workingDays(state, reference);
    expect(calendar.years['2027']?.makeUpWorkdays[0]).toBe('2027-01-10');
    await adopt(CORRECTED_2027);
    expect((await workingDays(state, reference)).years['2027']?.makeUpWorkdays[0]).toBe('2027-01-09');
    await adopt(ARRANGEMENT_2027);
  });
});

describe('article 14: a correction that moves the day of publication to before today', () => {
  it('is spoken of by the next sweep, and escalated', async () => {
    await ended('I-late', '2026-12-14T02:00:00.000Z');
    await run(await adopt(ARRANGEMENT_2027));
    const monday = at('2027-01-11T01:00:00.000Z');
    await run(await adopt(CORRECTED_2027, monday));
    expect(await publishBy('I-late')).toEqual(['2027-01-10', false, '2026-12-28']);
    await sweep(scheduledEvent(monday));
    expect((await movesIn('I-late')).at(-1)).toEqual([
      'deadline.reminded',
      'deadlines',
      {
        deadline: 'publish',
        of: of('I-late'),
        due: '2027-01-10',
        remaining: -1,
        level: 1,
        reaches: ['actor', 'unit'],
        units: [],
      },
    ]);
  });
});

describe('a deadline that was counted by the calendar before, too late for the recount', () => {
  it('is moved by the sweep that comes upon it, with its inspection, and reminded of with its true day', async () => {
    await adopt(ARRANGEMENT_2027);
    await ended('I-race', '2026-12-14T02:00:00.000Z');
    expect(await publishBy('I-race')).toEqual(['2027-01-12', true, '2026-12-28']);
    const morning = scheduledEvent('2026-12-28T00:30:00.000Z');
    await Promise.all([sweep(morning), sweep(morning)]);
    await sweep(morning);
    expect(await publishBy('I-race')).toEqual(['2027-01-11', false, '2027-01-05']);
    expect((await movesIn('I-race')).map(([type, actor]) => [type, actor])).toEqual([
      ['deadline.moved', 'deadlines'],
      ['deadline.reminded', 'deadlines'],
    ]);
  });
});

describe('the open deadlines', () => {
  it('are each read once from position to position, the met ones left out', async () => {
    const ids: string[] = [];
    let position: DuePosition | undefined = FIRST_DUE;
    while (position !== undefined) {
      const page: OpenDeadlines = await openDeadlines(state, position, 3);
      expect(page.deadlines.length).toBeLessThanOrEqual(3);
      ids.push(...page.deadlines.map(({ id }) => id));
      position = page.next;
    }
    expect(ids).toContain(deadlineId('publish', 'I-0'));
    expect(ids).not.toContain(deadlineId('publish', 'I-met'));
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toHaveLength(17);
  });
});
