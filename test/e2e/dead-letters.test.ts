import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deadLettersOperations } from '#contracts/api/dead-letters.ts';
import { later } from '#domain/time/time.ts';
import type { InterceptedCall, Verdict } from '#infra/local/runner.ts';
import { allInspections, COMPLAINT, complain } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { snapshot } from '../support/snapshot.ts';
import {
  ADMINISTRATOR,
  assemblySweptDaily,
  INSPECTORS,
  LEAD_SECTION,
  SUPERVISOR,
  UNIT_HEAD,
  UNSCANNED,
  startWorld,
  type World,
} from '../support/world.ts';

const Queues = deadLettersOperations['GET /dead-letters'].answers[200];
const Queue = deadLettersOperations['GET /dead-letters/{queue}'].answers[200];
const Sent = deadLettersOperations['POST /dead-letters/{queue}/redrive'].answers[200];
const Discarded = deadLettersOperations['POST /dead-letters/{queue}/discard'].answers[200];
const History = z.object({
  events: z.array(
    z.object({
      type: z.string(),
      actor: z.object({ id: z.string() }),
      about: z.object({ version: z.int() }),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});

let world: World;
let assembly: string;
/** What happens to the next calls; nothing at first. */
let fault: (call: InterceptedCall) => Verdict = () => 'pass';
const calls: InterceptedCall[] = [];

beforeAll(async () => {
  // Each attempt on the stream loads a killed function anew.
  assembly = await assemblySweptDaily({
    ...UNSCANNED,
    '"MaximumRetryAttempts": 20': '"MaximumRetryAttempts": 2',
  });
  world = await startWorld({
    assembly,
    restaurants: 3,
    runner: {
      intercept: (call) => {
        calls.push(call);
        return fault(call);
      },
    },
  });
}, 240_000);
afterAll(async () => {
  await world.stop();
});

/** Kills a function whenever it calls anything. */
const broken =
  (name: string) =>
  (call: InterceptedCall): Verdict =>
    call.function.includes(`${name}Function`) ? 'kill-before' : 'pass';

/** Lets something happen while a function is broken, and mends it. */
async function whileBroken(name: string, act: () => Promise<unknown>): Promise<void> {
  fault = broken(name);
  await act();
  await world.runner.settle();
  fault = () => 'pass';
}

/** A report that no rule fires for: it waits for a person, and little follows from it. */
const HELD = { ...COMPLAINT, category: 'referral' };
const report = async (id: string, what: object = COMPLAINT) => {
  const { status, body } = await world.report(id, what);
  expect(status).toBe(202);
  return z.object({ trigger: z.string() }).parse(body).trigger;
};
const admin = () => world.as(ADMINISTRATOR);
const lettersIn = async (queue: string) =>
  Queue.parse((await admin().get(`/dead-letters/${queue}`)).body).letters;
const redrive = async (queue: string, letters?: readonly string[]) => {
  const answer = await admin().post(`/dead-letters/${queue}/redrive`, { reason: '已修复', letters });
  await world.runner.settle();
  return Sent.parse(answer.body);
};
const eventsOf = async (record: string) =>
  History.parse((await world.as(SUPERVISOR).get(`/history/${record}`)).body).events;
const decisions = async (queue: string) => eventsOf(`dead-letters/${queue}`);
const historyOf = async (trigger: string) => (await eventsOf(`trigger/${trigger}`)).map(({ type }) => type);

describe('what a function could not do', () => {
  it('waits in the queue of its path, and is seen with what is needed of it and no more', async () => {
    let trigger = '';
    await whileBroken('triage', async () => {
      trigger = await report('complaint-1');
    });
    const { queues } = Queues.parse((await admin().get('/dead-letters')).body);
    expect(queues.length).toBe(23);
    expect(queues.filter(({ waiting }) => waiting > 0).map(({ queue, waiting }) => [queue, waiting])).toEqual(
      [['triage', 1]],
    );
    const [letter] = await lettersIn('triage');
    expect(letter).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: '2026-09-01T01:00:00.000Z',
      attempts: 3,
      error: expect.stringMatching(/^Runtime\.Killed: consumerstriageFunction\w+ was killed$/),
      event: {
        id: expect.stringMatching(/^E-/),
        type: 'trigger.received',
        about: { kind: 'trigger', id: trigger },
        time: '2026-09-01T01:00:00.000Z',
      },
    });
    // A look takes nothing away and holds nothing back.
    expect(await lettersIn('triage')).toEqual([letter]);
  });

  it('is for administrators, and only of the queues that there are', async () => {
    const [letter] = await lettersIn('triage');
    for (const person of [LEAD_SECTION, SUPERVISOR, UNIT_HEAD, INSPECTORS[0] ?? '']) {
      const own = world.as(person);
      const body = { reason: '试一试', letters: [letter?.id ?? ''] };
      const answers = [
        await own.get('/dead-letters'),
        await own.get('/dead-letters/triage'),
        await own.post('/dead-letters/triage/redrive', body),
        await own.post('/dead-letters/triage/discard', body),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
    const wrong = [
      await admin().get('/dead-letters/webhook'),
      await admin().post('/dead-letters/webhook/redrive', { reason: 'r' }),
      await admin().post('/dead-letters/triage/redrive', {}),
      await admin().post('/dead-letters/triage/discard', { reason: 'r' }),
      await admin().post('/dead-letters/triage/redrive', { reason: 'r', letters: [] }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([404, 404, 422, 422, 422]);
    expect(await lettersIn('triage')).toEqual([letter]);
  });

  it('goes on when it is sent again, with the reason in the audit trail, and once however often it is asked for', async () => {
    const [letter] = await lettersIn('triage');
    expect(await allInspections(world)).toEqual([]);
    expect(await redrive('triage')).toEqual({ sent: [letter?.id], kept: [], remaining: 0 });
    const inspections = await allInspections(world);
    expect(inspections.length).toBeGreaterThan(0);
    expect(await lettersIn('triage')).toEqual([]);
    expect(await redrive('triage')).toEqual({ sent: [], kept: [], remaining: 0 });
    expect(await allInspections(world)).toEqual(inspections);
    expect(await decisions('triage')).toMatchObject([
      {
        type: 'dead-letters.redriven',
        actor: { id: ADMINISTRATOR },
        about: { version: 1 },
        data: { reason: '已修复', letters: [letter?.id], events: [letter?.event?.id], remaining: 0 },
      },
    ]);
    const entries = await world.anyone('/public/ledger?format=json');
    expect(entries.text).toContain('dead-letters.redriven');
  });

  it('does no harm when it was done after all', async () => {
    await whileBroken('notify', async () => complain(world, 'complaint-2'));
    const before = world.runner.messages().length;
    const letters = world.runner.deadLetters().filter((letter) => letter.function.includes('notify'));
    expect(letters.length).toBeGreaterThan(0);
    for (const letter of letters) await world.runner.invoke(letter.function, letter.payload);
    await world.runner.settle();
    const told = world.runner.messages().length;
    expect(told).toBeGreaterThan(before);
    while ((await redrive('notify')).remaining > 0);
    expect(world.runner.messages().length).toBe(told);
    expect(await lettersIn('notify')).toEqual([]);
  });
});

/** Two minutes go by: what a function that died had in its hands is seen again. */
const wait = async () => world.runner.advance(later(world.runner.now(), 120_000));

/** Kills the function that looks after letters, once, at a call of its own. */
function dyingAt(service: string, action: string, verdict: Verdict): void {
  let died = false;
  fault = (call) => {
    if (died || !call.function.includes('deadlettersFunction')) return 'pass';
    if (call.service !== service || call.action !== action) return 'pass';
    died = true;
    return verdict;
  };
}

describe('whoever looks after letters dies', () => {
  it('after the sending and before it is written down: the letter is seen again, sent twice and done once', async () => {
    let trigger = '';
    await whileBroken('triage', async () => {
      trigger = await report('complaint-3', HELD);
    });
    const letters = await lettersIn('triage');
    const before = await decisions('triage');
    dyingAt('lambda', 'Invoke', 'kill-after');
    // The client asks again under its key, and finds the letter in the hands of the dead.
    expect(await redrive('triage')).toEqual({ sent: [], kept: [], remaining: 1 });
    const done = await historyOf(trigger);
    await wait();
    expect(await lettersIn('triage')).toEqual(letters);
    expect((await decisions('triage')).length).toBe(before.length);
    expect((await redrive('triage')).sent).toEqual(letters.map(({ id }) => id));
    expect(await historyOf(trigger)).toEqual(done);
    expect((await decisions('triage')).length).toBe(before.length + 1);
  });

  it('before the letter is deleted: it is seen again, and there is none that is gone without a trace', async () => {
    let trigger = '';
    await whileBroken('triage', async () => {
      trigger = await report('complaint-4', HELD);
    });
    const letters = await lettersIn('triage');
    const before = await decisions('triage');
    dyingAt('sqs', 'DeleteMessage', 'kill-before');
    expect((await redrive('triage')).sent).toEqual(letters.map(({ id }) => id));
    const done = await historyOf(trigger);
    await wait();
    expect(await lettersIn('triage')).toEqual(letters);
    expect(await redrive('triage')).toMatchObject({ sent: letters.map(({ id }) => id), remaining: 0 });
    expect(await historyOf(trigger)).toEqual(done);
    expect((await decisions('triage')).length).toBe(before.length + 2);
    expect(await lettersIn('triage')).toEqual([]);
  });
});

/** The events that are in the outbox and not in the ledger, and those that are there twice. A chain that does not hold together throws. */
async function chained(): Promise<{ missing: string[]; twice: string[] }> {
  const { state, ledger } = await snapshot(world.runner);
  const entries = ledger.map((line) => line.split(' ')[2] ?? '');
  const events = [...state.keys()].flatMap((key) => / EVENT#\d+#(\S+)$/.exec(key)?.[1] ?? []);
  return {
    missing: events.filter((event) => !entries.includes(event)),
    twice: entries.filter((event, at) => entries.indexOf(event) !== at),
  };
}

describe('letters of a stream', () => {
  it('of the relay are read from the stream again within a day, and their case goes on', async () => {
    let trigger = '';
    await whileBroken('relay', async () => {
      trigger = await report('complaint-5', HELD);
    });
    const [letter] = await lettersIn('relay');
    expect(letter).toMatchObject({
      attempts: 3,
      error: 'RetryAttemptsExhausted',
      records: { size: 1, from: world.runner.now() },
    });
    expect(await redrive('relay')).toEqual({ sent: [letter?.id], kept: [], remaining: 0 });
    expect(await historyOf(trigger)).toEqual(['trigger.received', 'trigger.held']);
  });

  it('of the ledger are chained after all, each once', async () => {
    await whileBroken('ledger', async () => report('complaint-6', HELD));
    const letters = await lettersIn('ledger');
    expect(letters.length).toBeGreaterThan(0);
    const before = await chained();
    expect(before.missing.length).toBe(letters.length);
    const sent: string[] = [];
    for (let batch = await redrive('ledger'); batch.sent.length > 0; batch = await redrive('ledger')) {
      sent.push(...batch.sent);
    }
    expect(sent.toSorted()).toEqual(letters.map(({ id }) => id).toSorted());
    expect(await chained()).toMatchObject({ missing: [], twice: [] });
  });

  it('that still fail stay, and say so', async () => {
    await whileBroken('relay', async () => report('complaint-7', HELD));
    const [letter] = await lettersIn('relay');
    fault = broken('relay');
    const answer = await admin().post('/dead-letters/relay/redrive', { reason: '再试' });
    fault = () => 'pass';
    expect(Sent.parse(answer.body)).toEqual({
      sent: [],
      kept: [{ id: letter?.id, why: expect.stringContaining('The function failed again') }],
      remaining: 1,
    });
  });

  it('can’t be sent once the stream has forgotten their records, and are closed with a reason', async () => {
    await world.runner.advance(later(world.runner.now(), 24 * 3_600_000));
    const [letter] = await lettersIn('relay');
    expect(letter?.unsendable).toContain('docs/operations.md');
    const id = letter?.id ?? '';
    expect(await redrive('relay')).toEqual({
      sent: [],
      kept: [{ id, why: letter?.unsendable }],
      remaining: 1,
    });
    const answer = await admin().post('/dead-letters/relay/discard', {
      reason: '已按手册补发',
      letters: [id, 'nobody-has-it'],
    });
    expect(Discarded.parse(answer.body)).toEqual({
      discarded: [id],
      kept: [{ id: 'nobody-has-it', why: expect.stringContaining('Not seen in the queue') }],
      remaining: 0,
    });
    expect((await decisions('relay')).at(-1)).toMatchObject({
      type: 'dead-letters.discarded',
      data: { reason: '已按手册补发', letters: [id], events: [], remaining: 0 },
    });
  });
});

describe('letters of runs by the clock', () => {
  it('that the next run makes good are not sent again, and can be closed', async () => {
    // The sweep of the next morning, 08:30.
    await whileBroken('deadlines', async () =>
      world.runner.advance(later(world.runner.now(), 24 * 3_600_000)),
    );
    const letters = await lettersIn('deadlines');
    expect(letters[0]).toMatchObject({ attempts: 3, due: expect.stringMatching(/:30:00\.000Z$/) });
    const answer = await admin().post('/dead-letters/deadlines/redrive', { reason: 'r' });
    expect([answer.status, answer.body]).toMatchObject([
      409,
      { type: 'urn:mingchou:problem:nothing-to-send' },
    ]);
    for (let from = 0; from < letters.length; from += 10) {
      const batch = letters.slice(from, from + 10).map(({ id }) => id);
      const closed = await admin().post('/dead-letters/deadlines/discard', { reason: 'r', letters: batch });
      expect(Discarded.parse(closed.body).discarded.toSorted()).toEqual(batch.toSorted());
    }
    expect(await lettersIn('deadlines')).toEqual([]);
  });
});

it('no call of any function was beyond its rights', () => {
  const own = calls.filter(({ function: name }) => name.includes('deadletters'));
  expect(own.length).toBeGreaterThan(100);
  expect(deniedCalls(assembly, own, world.runner.tables)).toEqual([]);
});
