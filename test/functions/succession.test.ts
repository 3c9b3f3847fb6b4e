import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline, loadDeadline } from '#store/deadlines.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection, inspectionsOf, loadInspection } from '#store/inspections.ts';
import type { StateTable } from '#store/store.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, fillLibrary, storeDrawn, UNITS } from '../support/draws.ts';
import { assignedInspection, at, day, MONDAY } from '../support/samples.ts';

/** Thursday, 08:30 in Shanghai: the first sweep after the two working days that begin on Monday. */
const THURSDAY = at('2026-03-05T00:30:00.000Z');
const DUE = day('2026-03-04');
const DRAW = 'D-1';
let state: StateTable;
let deliver: (event: MingchouEvent) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  await fillLibrary(state, 4);
  await storeDrawn(state, DRAW, { selected: [codeOf(1)] });
  const handler = await handlerOf('succession');
  deliver = (event) => handler(busEvent(event));
});

/** An inspection of the first unit's people that waits for these of them to accept. */
async function waiting(
  id: string,
  staffNos: readonly string[],
  silent: readonly string[],
): Promise<Inspection> {
  const inspection: Inspection = {
    ...assignedInspection,
    id,
    subject: { ...assignedInspection.subject, id: codeOf(1) },
    items: assignedInspection.items.slice(0, 1),
    draws: [{ id: DRAW, planNumber: '明抽〔2026〕1号', how: 'drawn' }],
    team: staffNos.map((inspector) => ({
      inspector,
      name: inspector,
      unit: UNITS[0],
      certificate: `9999${inspector}`,
      draw: DRAW,
      ...(silent.includes(inspector) ? {} : { acceptedAt: MONDAY }),
    })),
  };
  const deadline = startDeadline(countedByDefault(stateCouncilCalendar()), {
    id: deadlineId('accept', id),
    kind: 'accept',
    of: { kind: 'inspection', id },
    correlation: inspection.correlation,
    startedAt: MONDAY,
    units: [UNITS[0]],
  });
  await commit(state, {
    at: MONDAY,
    writes: [...createdInspection(inspection), createdDeadline(deadline)],
    events: [],
  });
  return inspection;
}

const rung = ({ id, correlation }: Inspection, remaining: number) =>
  newEvent('deadline.reminded', {
    time: THURSDAY,
    about: { kind: 'deadline', id: deadlineId('accept', id), version: 2 },
    correlation,
    causation: `sweep-${remaining}`,
    actor: { kind: 'function', id: 'deadlines' },
    data: {
      deadline: 'accept',
      of: { kind: 'inspection', id },
      due: DUE,
      remaining,
      level: 0,
      reaches: ['actor'],
      units: [UNITS[0]],
    },
  });

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const seatedOn = async (id: string) =>
  (await loadInspection(state, id)).team.map(({ inspector }) => inspector);

describe('articles 5, 7(4): when the time to accept is over', () => {
  it('the next in line come instead of those who did not answer, in one step, and have the whole time', async () => {
    const inspection = await waiting(idOf(1), ['U0-1', 'U0-2'], ['U0-1', 'U0-2']);
    expect(await deliver(rung(inspection, -1))).toBeUndefined();
    const { team, left, status, version } = await loadInspection(state, inspection.id);
    const newcomers = team.map(({ inspector }) => inspector);
    expect(new Set([...newcomers, 'U0-1', 'U0-2']).size).toBe(4);
    expect(left.map(({ inspector, why }) => [inspector, why])).toEqual([
      ['U0-1', 'unresponsive'],
      ['U0-2', 'unresponsive'],
    ]);
    expect([status, version]).toEqual(['assigned', 2]);
    expect(await loadDeadline(state, deadlineId('accept', inspection.id))).toMatchObject({
      status: 'open',
      due: '2026-03-09',
      version: 2,
    });
    const told = await historyOf(state, 'inspection', inspection.id);
    expect(
      told.map(({ type, data }) => `${type} ${'inspector' in data ? data.inspector : ''}`).toSorted(),
    ).toEqual(['inspection.replaced U0-1', 'inspection.replaced U0-2']);
    const [first = ''] = newcomers;
    expect(JSON.stringify(await inspectionsOf(state, first))).toContain(inspection.id);
  });

  it('a second delivery, and a second rung of the same day, change nothing more', async () => {
    const inspection = await waiting(idOf(2), ['U0-1', 'U0-2'], ['U0-2']);
    await deliver(rung(inspection, -1));
    const after = await seatedOn(inspection.id);
    await deliver(rung(inspection, -1));
    await deliver(rung(inspection, -2));
    expect(await seatedOn(inspection.id)).toEqual(after);
    expect(after[0]).toBe('U0-1');
    expect(after[1]).not.toBe('U0-2');
  });

  it('two copies at once replace once', async () => {
    const inspection = await waiting(idOf(3), ['U0-1', 'U0-2'], ['U0-1']);
    await Promise.all([deliver(rung(inspection, -1)), deliver(rung(inspection, -1))]);
    const { left, version } = await loadInspection(state, inspection.id);
    expect([left.length, version]).toEqual([1, 2]);
  });

  it('nobody is replaced on the last day itself, and nobody who accepted', async () => {
    const inspection = await waiting(idOf(4), ['U0-1', 'U0-2'], ['U0-1']);
    await deliver(rung(inspection, 0));
    expect(await seatedOn(inspection.id)).toEqual(['U0-1', 'U0-2']);
  });

  it('whoever has nobody behind them stays, for the unit to decide', async () => {
    const everybody = ['U0-1', 'U0-2', 'U0-3', 'U0-4', 'U0-5'];
    const inspection = await waiting(idOf(5), everybody, ['U0-3']);
    await deliver(rung(inspection, -1));
    expect(await seatedOn(inspection.id)).toEqual(everybody);
    expect((await loadInspection(state, inspection.id)).version).toBe(1);
  });
});
