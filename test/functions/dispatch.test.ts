import { beforeAll, describe, expect, it } from 'vitest';
import { MingchouEvent } from '#contracts/events.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { deadlineSteps } from '#domain/inspection/deadlines.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { loadDeadline, savedDeadline, steppedDeadlines } from '#store/deadlines.ts';
import { loadDraw, writeTeams, writeWithheld, type TeamOfObject } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { changedInspection, inspectionsOf, inspectionsOfDraw, loadInspection } from '#store/inspections.ts';
import type { StateTable } from '#store/store.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, drawEvent, fillLibrary, INSPECTORS, storeDrawn, teamOf, UNITS } from '../support/draws.ts';
import { at } from '../support/samples.ts';

const TUESDAY = at('2026-03-03T02:00:00.000Z');
let state: StateTable;
let deliver: (event: MingchouEvent) => Promise<unknown>;

beforeAll(async () => {
  Object.assign(process.env, { DISPATCH_BATCH: '3' });
  ({ state } = await openDatabase());
  await fillLibrary(state, 30);
  const handler = await handlerOf('dispatch');
  deliver = (event) => handler(busEvent(event));
});

/** A draw that is matched with these teams, and the event that says so. */
async function matched(
  id: string,
  teams: readonly TeamOfObject[],
  on: { items?: readonly string[]; named?: readonly string[] } = {},
): Promise<MingchouEvent> {
  const { named = [] } = on;
  const ids = teams.map(({ objectId }) => objectId);
  const draw = await storeDrawn(state, id, {
    ...on,
    selected: ids.filter((object) => !named.includes(object)),
    change: { status: 'matched', matched: { at: TUESDAY, pages: 1 } },
  });
  await writeTeams(state, id, teams);
  return drawEvent(draw, 'draw.matched');
}

/** Delivers an event and those that follow from it for this function, as the bus would. */
async function carriedOn(event: MingchouEvent): Promise<number> {
  let batches = 0;
  for (let next: MingchouEvent | undefined = event; next !== undefined; batches += 1) {
    const cause: string = next.id;
    await deliver(next);
    const history = await historyOf(state, 'draw', event.about.id);
    next = history.find((one) => one.type === 'draw.dispatching' && one.causation === cause);
  }
  return batches;
}

async function only(draw: string): Promise<Inspection> {
  const [first, ...others] = await inspectionsOfDraw(state, draw);
  if (first === undefined || others.length > 0) {
    throw new Error(`${draw} has ${others.length} more inspections than one`);
  }
  return loadInspection(state, first.id);
}

const on = ({ team }: Inspection) => team.map(({ inspector }) => inspector);

/** Everybody of the team who has not accepted does. */
async function acceptAll(inspection: Inspection): Promise<Inspection> {
  let current = inspection;
  for (const { inspector } of inspection.team.filter(({ acceptedAt }) => acceptedAt === undefined)) {
    const next = decide(current, { kind: 'accept', by: inspector, at: TUESDAY, directory: INSPECTORS });
    const deadlines = await steppedDeadlines(
      state,
      () => Promise.resolve(stateCouncilCalendar()),
      current,
      deadlineSteps(current, next),
      TUESDAY,
    );
    await commit(state, {
      at: TUESDAY,
      writes: [...changedInspection(current, next), ...deadlines.map(savedDeadline)],
      events: [],
    });
    current = next;
  }
  return current;
}

describe('a list that is longer than a batch', () => {
  it.each([
    ['D-three', 3, 1],
    ['D-four', 4, 2],
    ['D-seven', 7, 3],
  ])('goes out in batches: %s, of %i teams, in %i', async (id, count, batches) => {
    const teams = Array.from({ length: count }, (_, n) => teamOf(codeOf(n), 'U0-1', 'U0-2'));
    expect(await carriedOn(await matched(id, teams))).toBe(batches);
    expect((await inspectionsOfDraw(state, id)).map(({ subject }) => subject)).toEqual(
      teams.map(({ objectId }) => objectId).toSorted(),
    );
    expect((await loadDraw(state, id)).status).toBe('dispatched');
    const closing = (await historyOf(state, 'draw', id)).filter(({ type }) => type === 'draw.dispatched');
    expect(closing.map(({ data }) => data)).toEqual([
      { inspections: count, title: `抽查${id}`, units: [{ unit: UNITS[0], objects: count }] },
    ]);
  });

  it('has nothing twice when each delivery comes twice, one after the other or both at once', async () => {
    const teams = Array.from({ length: 4 }, (_, n) => teamOf(codeOf(10 + n), 'U0-1', 'U0-2'));
    const event = await matched('D-doubled', teams);
    await Promise.all([deliver(event), deliver(event)]);
    await carriedOn(event);
    await carriedOn(event);
    const found = await inspectionsOfDraw(state, 'D-doubled');
    expect(found.map(({ subject }) => subject)).toEqual(teams.map(({ objectId }) => objectId).toSorted());
    const histories = await Promise.all(found.map(({ id }) => historyOf(state, 'inspection', id)));
    expect(histories.map((events) => events.map(({ type }) => type))).toEqual(
      found.map(() => ['inspection.assigned']),
    );
  });
});

describe('an object that the trigger names', () => {
  it('gets its inspection like a selected one, and it says how', async () => {
    await carriedOn(
      await matched('D-named', [teamOf(codeOf(15), 'U0-1', 'U0-2'), teamOf(codeOf(16), 'U0-1', 'U0-3')], {
        named: [codeOf(16)],
      }),
    );
    const found = await inspectionsOfDraw(state, 'D-named');
    expect(found.map(({ subject, how }) => [subject, how])).toEqual([
      [codeOf(15), 'drawn'],
      [codeOf(16), 'named'],
    ]);
    const named = await loadInspection(state, found[1]?.id ?? '');
    expect(named.draws).toEqual([{ id: 'D-named', planNumber: '明抽〔2026〕D-named号', how: 'named' }]);
  });
});

describe('the registration form', () => {
  it('article 7(3): has what the library says of each item when it is dispatched', async () => {
    await carriedOn(await matched('D-frozen', [teamOf(codeOf(18), 'U0-1', 'U0-2')]));
    expect((await only('D-frozen')).items).toEqual([
      {
        code: 'YS-001',
        matter: '事项YS-001',
        legalBasis: '法',
        unit: UNITS[0],
        methods: ['on-site'],
        content: '内容',
      },
    ]);
  });
});

describe('items that are withheld', () => {
  it('are not on the form of that object', async () => {
    const event = await matched('D-withheld', [teamOf(codeOf(17), 'U0-1', 'U0-4')], {
      items: ['YS-001', 'YS-002'],
    });
    await writeWithheld(state, 'D-withheld', [{ id: codeOf(17), items: ['YS-001'] }]);
    await carriedOn(event);
    expect((await only('D-withheld')).items.map(({ code }) => code)).toEqual(['YS-002']);
  });
});

describe('a draw that comes to a visit that has not begun', () => {
  it('article 3: adds its items to it; the unit keeps its team, and nobody is asked to accept anew', async () => {
    await carriedOn(await matched('J-1', [teamOf(codeOf(20), 'U0-1', 'U0-2')]));
    const accepted = await acceptAll(await only('J-1'));
    expect(accepted.status).toBe('accepted');
    await carriedOn(await matched('J-2', [teamOf(codeOf(20), 'U0-3', 'U0-4')]));
    const joined = await only('J-2');
    expect(joined).toMatchObject({ id: accepted.id, status: 'accepted', version: accepted.version + 1 });
    expect([on(joined), joined.draws.map(({ id }) => id)]).toEqual([
      ['U0-1', 'U0-2'],
      ['J-1', 'J-2'],
    ]);
    const told = (await historyOf(state, 'inspection', joined.id)).find(
      ({ type }) => type === 'inspection.joined',
    );
    expect([told?.correlation, told?.data]).toEqual([
      'T-J-2',
      {
        draw: 'J-2',
        planNumber: '明抽〔2026〕J-2号',
        how: 'drawn',
        subjectId: codeOf(20),
        subjectName: '企业20',
        items: ['YS-001'],
        units: ['商务综合执法大队'],
        team: [
          { inspector: 'U0-1', unit: '商务综合执法大队', joined: false },
          { inspector: 'U0-2', unit: '商务综合执法大队', joined: false },
        ],
      },
    ]);
  });

  it('brings its own people where the team does not hold the qualification, and they accept first', async () => {
    await carriedOn(await matched('J-3', [teamOf(codeOf(21), 'U0-1', 'U0-2')]));
    await acceptAll(await only('J-3'));
    await carriedOn(await matched('J-4', [teamOf(codeOf(21), 'U0-2', 'U0-4')], { items: ['YS-002'] }));
    const joined = await only('J-4');
    expect([on(joined), joined.status]).toEqual([['U0-1', 'U0-2', 'U0-4'], 'assigned']);
    expect(joined.items.map(({ code }) => code)).toEqual(['YS-001', 'YS-002']);
    expect(joined.team.map(({ draw }) => draw)).toEqual(['J-3', 'J-3', 'J-4']);
    expect(await inspectionsOf(state, 'U0-4')).toContain(joined.id);
    const deadlines = await Promise.all(
      (['accept', 'finish'] as const).map((kind) => loadDeadline(state, deadlineId(kind, joined.id))),
    );
    expect(deadlines.map(({ kind, status, due }) => [kind, status, due])).toEqual([
      ['accept', 'open', '2026-03-04'],
      ['finish', 'withdrawn', '2026-03-31'],
    ]);
    // Both deadlines are there already: accepting once more starts them again and does not clash with them.
    expect((await acceptAll(joined)).status).toBe('accepted');
    expect(await loadDeadline(state, deadlineId('finish', joined.id))).toMatchObject({
      version: 3,
      status: 'open',
      due: '2026-03-31',
    });
  });

  it('brings the people of a unit that is new, and keeps the others', async () => {
    await carriedOn(await matched('J-5', [teamOf(codeOf(22), 'U0-1', 'U0-2')]));
    await carriedOn(
      await matched('J-6', [teamOf(codeOf(22), 'U0-4', 'U0-5', 'U1-1', 'U1-2')], {
        items: ['YS-001', 'YS-003'],
      }),
    );
    const joined = await only('J-6');
    expect(on(joined)).toEqual(['U0-1', 'U0-2', 'U1-1', 'U1-2']);
    expect(joined.items.map(({ code }) => code)).toEqual(['YS-001', 'YS-003']);
  });

  it('makes an inspection of its own once that one has begun', async () => {
    await carriedOn(await matched('J-7', [teamOf(codeOf(23), 'U0-1', 'U0-2')]));
    const accepted = await acceptAll(await only('J-7'));
    const begun = decide(accepted, { kind: 'begin', by: 'U0-1', at: TUESDAY, directory: INSPECTORS });
    await commit(state, { at: TUESDAY, writes: changedInspection(accepted, begun), events: [] });
    await carriedOn(await matched('J-8', [teamOf(codeOf(23), 'U0-3', 'U0-4')]));
    const second = await only('J-8');
    expect([second.id === begun.id, on(second)]).toEqual([false, ['U0-3', 'U0-4']]);
    await carriedOn(await matched('J-9', [teamOf(codeOf(23), 'U0-1', 'U0-2')]));
    expect((await only('J-9')).id).toBe(second.id);
  });

  it('meets another draw at the same moment: one makes the inspection, the others join it, doubled deliveries included', async () => {
    const events = await Promise.all(
      ['M-1', 'M-2', 'M-3', 'M-4'].map((id) => matched(id, [teamOf(codeOf(24), 'U0-1', 'U0-2')])),
    );
    await Promise.all([...events, ...events].map(deliver));
    const found = await Promise.all(['M-1', 'M-2', 'M-3', 'M-4'].map(only));
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found[0]?.draws.map(({ id }) => id).toSorted()).toEqual(['M-1', 'M-2', 'M-3', 'M-4']);
    const types = (await historyOf(state, 'inspection', found[0]?.id ?? '')).map(({ type }) => type);
    expect(types).toEqual([
      'inspection.assigned',
      'inspection.joined',
      'inspection.joined',
      'inspection.joined',
    ]);
  });
});
