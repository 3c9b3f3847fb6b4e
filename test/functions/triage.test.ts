import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { Policy } from '#domain/policy/policy.ts';
import { later, type Instant } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { localStage } from '#infra/local-stage.ts';
import { commit } from '#store/commit.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { adopted } from '#store/policies.ts';
import type { StateTable } from '#store/store.ts';
import { createdTrigger, loadTrigger } from '#store/triggers.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, fillLibrary } from '../support/draws.ts';
import { fuelPolicy, MONDAY } from '../support/samples.ts';

const HOUR = 3_600_000;
let state: StateTable;
let triage: (event: unknown) => Promise<unknown>;
let draw: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  const { planNumberTemplate, drand } = localStage();
  Object.assign(process.env, {
    PLAN_NUMBER_TEMPLATE: planNumberTemplate,
    GATHER_LIMIT: '100',
    DRAND_RELAYS: drand.relays.join(','),
    DRAND_CHAIN: JSON.stringify(drand.chain),
  });
  await fillLibrary(state, 6);
  const merging = Policy.parse({ ...fuelPolicy, merge: { windowHours: 48 } });
  const alone = Policy.parse({ ...fuelPolicy, id: 'risk-fuel', when: 'trigger.category == "risk"' });
  const severe = Policy.parse({
    ...merging,
    id: 'monitoring-fuel',
    when: 'trigger.category in ["monitoring", "referral"]',
  });
  await commit(state, { at: MONDAY, writes: [merging, alone, severe].map(adopted), events: [] });
  triage = await handlerOf('triage');
  draw = await handlerOf('draw');
});

let senderId = 0;
/** A report as the webhook stores it, and the event that tells of it. */
async function received(fields: object, at: Instant = MONDAY): Promise<MingchouEvent> {
  senderId += 1;
  const trigger = Trigger.parse({
    id: `T-${senderId}`,
    version: 1,
    status: 'received',
    source: 'hotline-12345',
    senderId: String(senderId),
    receivedAt: at,
    report: { category: 'complaint', title: `投诉${senderId}`, cohort: { territory: '410381' }, ...fields },
  });
  await commit(state, { at, writes: [createdTrigger(trigger)], events: [] });
  return newEvent('trigger.received', {
    time: at,
    about: { kind: 'trigger', id: trigger.id, version: 1 },
    correlation: trigger.id,
    causation: trigger.id,
    actor: { kind: 'source', id: trigger.source },
    data: { source: trigger.source, category: trigger.report.category, title: trigger.report.title },
  });
}
/** Lets triage look at a report; gives the trigger as it is then. */
async function triaged(fields: object, at?: Instant): Promise<Trigger> {
  const event = await received(fields, at);
  await triage(busEvent(event));
  return loadTrigger(state, event.about.id);
}
/** A territory of its own for each test: its reports meet no other's. */
const cohort = (territory: string) => ({ cohort: { territory } });
const named = (n: number) => ({ subject: { id: codeOf(n) } });
const eventsOf = async (id: string) =>
  (await historyOf(state, 'trigger', id)).map(({ type, data }) => [type, data]);
/** Has the draw of a fired trigger proposed; gives its id. */
async function proposed({ id, version }: Trigger): Promise<string> {
  const fired = (await historyOf(state, 'trigger', id)).find(
    (event) => event.type === 'trigger.fired' && event.about.version === version,
  );
  if (fired === undefined) {
    throw new Error(`${id} did not fire`);
  }
  await draw(busEvent(fired));
  return (await loadTrigger(state, id)).draw ?? 'none';
}

describe('reports on one cohort', () => {
  it('article 4: within the window become one trigger, and a later one fires anew', async () => {
    const place = cohort('410301');
    const first = await triaged(place);
    const second = await triaged(place, later(MONDAY, 47 * HOUR));
    const third = await triaged(place, later(MONDAY, 48 * HOUR));
    expect([first, second, third].map(({ status, mergedInto }) => [status, mergedInto])).toEqual([
      ['fired', undefined],
      ['merged', first.id],
      ['fired', undefined],
    ]);
    expect((await loadTrigger(state, first.id)).merged).toEqual([
      {
        id: second.id,
        source: 'hotline-12345',
        receivedAt: later(MONDAY, 47 * HOUR),
        title: second.report.title,
      },
    ]);
    expect(await eventsOf(second.id)).toEqual([
      ['trigger.merged', { into: first.id, title: second.report.title, policy: 'complaint-fuel' }],
    ]);
    expect((await eventsOf(first.id)).at(-1)).toEqual([
      'trigger.extended',
      { merged: second.id, reports: 1 },
    ]);
    expect(await triaged(place, later(MONDAY, 95 * HOUR))).toMatchObject({ mergedInto: third.id });
  });

  it('of another territory are another cohort', async () => {
    const one = await triaged(cohort('410302'));
    const other = await triaged(cohort('410303'));
    expect([one.status, other.status]).toEqual(['fired', 'fired']);
  });

  it('that arrive at the same moment fire once', async () => {
    const events = await Promise.all(Array.from({ length: 6 }, () => received(cohort('410304'))));
    await Promise.all(events.map((event) => triage(busEvent(event))));
    const after = await Promise.all(events.map(({ about }) => loadTrigger(state, about.id)));
    const fired = after.filter(({ status }) => status === 'fired');
    expect([fired.length, after.filter(({ status }) => status === 'merged').length]).toEqual([1, 5]);
    expect(fired[0]?.merged?.map(({ id }) => id).toSorted()).toEqual(
      after.flatMap(({ id, status }) => (status === 'merged' ? [id] : [])).toSorted(),
    );
  });

  it('delivered twice change nothing the second time', async () => {
    const place = cohort('410305');
    const first = await received(place);
    const second = await received(place);
    for (const event of [first, first, second, second, first]) {
      await triage(busEvent(event));
    }
    const into = await loadTrigger(state, first.about.id);
    expect([into.version, into.merged?.length, (await eventsOf(into.id)).length]).toEqual([3, 1, 2]);
    expect(await loadTrigger(state, second.about.id)).toMatchObject({ version: 2, status: 'merged' });
  });

  it('fire each a draw of their own by a policy that does not merge', async () => {
    const report = { ...cohort('410306'), category: 'risk' };
    expect([(await triaged(report)).status, (await triaged(report)).status]).toEqual(['fired', 'fired']);
  });

  it('fire at once when severe or referred, and take what comes after', async () => {
    const place = { ...cohort('410307'), category: 'monitoring' };
    const first = await triaged(place);
    const severe = await triaged({ ...place, severity: 'severe' });
    const referral = await triaged({ ...place, category: 'referral' });
    const normal = await triaged(place);
    expect([first.status, severe.status, referral.status]).toEqual(['fired', 'fired', 'fired']);
    expect(normal).toMatchObject({ status: 'merged', mergedInto: referral.id });
  });
});

describe('a business that a merged report names', () => {
  it('is checked besides the draw when it is named in time, and told of when it is not', async () => {
    const place = cohort('410308');
    const first = await triaged({ ...place, ...named(0) });
    await triaged({ ...place, ...named(1) });
    await triaged({ ...place, ...named(0) });
    const id = await proposed(first);
    expect((await loadDraw(state, id)).named.map((object) => object.id)).toEqual([codeOf(0), codeOf(1)]);

    const late = await triaged({ ...place, ...named(2) });
    expect((await eventsOf(late.id))[0]).toEqual([
      'trigger.merged',
      { into: first.id, title: late.report.title, policy: 'complaint-fuel', late: codeOf(2) },
    ]);
    await triaged({ ...place, ...named(1) });
    expect(
      (await loadTrigger(state, first.id)).merged?.map(({ subject, late: is }) => [subject, is]),
    ).toEqual([
      [codeOf(1), undefined],
      [codeOf(0), undefined],
      [codeOf(2), true],
      [codeOf(1), undefined],
    ]);
  });

  it('is either in the draw or known to be late, when both happen at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const place = cohort(`4104${String(10 + round)}`);
      const first = await triaged(place);
      const [id] = await Promise.all([proposed(first), triaged({ ...place, ...named(3) })]);
      const drawn = (await loadDraw(state, id)).named.map((object) => object.id);
      const [report] = (await loadTrigger(state, first.id)).merged ?? [];
      expect(drawn.includes(codeOf(3))).toBe(report?.late !== true);
    }
  });

  it('is left out with the reason when the library does not know it', async () => {
    const place = cohort('410309');
    const first = await triaged(place);
    await triaged({ ...place, subject: { id: '91410381MA0000UNKN' } });
    expect((await loadDraw(state, await proposed(first))).namedLeftOut).toEqual([
      { id: '91410381MA0000UNKN', reason: 'not-in-library' },
    ]);
  });
});

describe('a trigger of which nothing comes', () => {
  it('takes no report any more: one within the window fires anew once the draw is voided', async () => {
    const place = cohort('410310');
    const first = await triaged(place);
    const before = await loadDraw(state, await proposed(first));
    const voided = {
      ...before,
      version: before.version + 1,
      status: 'voided' as const,
      voided: { at: MONDAY, reason: '重复' },
    };
    await commit(state, { at: MONDAY, writes: [updatedDraw(voided)], events: [] });
    const second = await triaged(place);
    expect(second.status).toBe('fired');
    expect((await triaged(place)).mergedInto).toBe(second.id);
  });
});

describe('what no rule knows', () => {
  it('is held with the policies that come near', async () => {
    const event = await received({
      category: 'referral',
      cohort: { industry: 'F5265' },
    });
    await triage(busEvent(event));
    const held = await loadTrigger(state, event.about.id);
    // Every policy takes its territory from the report, which names none: none of them can be fired.
    expect([held.status, held.suggestions]).toEqual(['triaging', undefined]);
    const open = { ...fuelPolicy, id: 'open-fuel', when: 'false' };
    const criteria = { industry: ['F526'] };
    const policy = Policy.parse({ ...open, draw: { ...open.draw, criteria } });
    await commit(state, { at: MONDAY, writes: [adopted(policy)], events: [] });
    expect((await triaged({ category: 'referral', cohort: { industry: 'F5265' } })).suggestions).toEqual([
      { policy: 'open-fuel', version: 1, name: '加油站投诉抽查', because: ['industry'] },
    ]);
  });
});
