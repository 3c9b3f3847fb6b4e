import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answeredBefore, commit, settled, type Increment, type StateWrite } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { stateKey } from '#store/keys.ts';
import { created, mustLoad, updated } from '#store/records.ts';
import { load } from '#store/store.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { openDatabase } from '../support/database.ts';
import { conflictTimes } from './engine-faults.ts';
import { refusalFrom } from '../support/refusals.ts';
import { MONDAY, sampleEvent } from '../support/samples.ts';

const { state } = await openDatabase();
const Row = z.object({ id: z.string(), version: z.int(), note: z.string() });
const row = (id: string, version = 1, note = 'first') => ({ id, version, note });
const stored = (id: string) => load(state, Row, stateKey('TRIGGER', id));
const write = (...writes: StateWrite[]) => ({ at: MONDAY, writes, events: [] });
const once = (key: string, answer?: string, fingerprint?: string) => ({
  consumer: 'test',
  key,
  answer,
  fingerprint,
});

describe('a commit', () => {
  it('stores the records and the events that tell of them, in the order of their versions', async () => {
    const outcome = await commit(state, {
      at: MONDAY,
      writes: [created('TRIGGER', row('both'))],
      events: [sampleEvent('both', 'b', 10), sampleEvent('both', 'a', 9)],
    });
    expect(outcome).toEqual({ kind: 'done' });
    expect(await stored('both')).toEqual({ id: 'both', version: 1, note: 'first' });
    const history = await historyOf(state, 'trigger', 'both');
    expect(history.map((event) => event.about.version)).toEqual([9, 10]);
    expect(history[0]).toEqual(sampleEvent('both', 'a', 9));
  });

  it('stores nothing at all when one of its records is not as expected', async () => {
    await commit(state, write(created('TRIGGER', row('taken'))));
    const refusal = await refusalFrom(
      commit(state, {
        at: MONDAY,
        once: once('all-or-nothing'),
        writes: [created('TRIGGER', row('beside')), created('TRIGGER', row('taken', 1, 'second'))],
        events: [sampleEvent('beside', 'x')],
      }),
    );
    expect(refusal.reason).toBe('version-conflict');
    expect(refusal.message).toContain('TRIGGER#taken');
    expect(await stored('beside')).toBeUndefined();
    expect((await stored('taken'))?.note).toBe('first');
    expect(await historyOf(state, 'trigger', 'beside')).toEqual([]);
    expect(await answeredBefore(state, 'test', 'all-or-nothing')).toBeUndefined();
  });

  it('replaces a row of which anything may be stored, and is refused as a whole by another one beside it', async () => {
    const latest = (note: string): StateWrite => ({
      key: stateKey('TRIGGER', 'latest'),
      item: row('latest', 1, note),
      expect: 'anything',
    });
    await commit(state, write(latest('first')));
    await commit(state, write(latest('second')));
    expect((await stored('latest'))?.note).toBe('second');
    await commit(state, write(created('TRIGGER', row('beside-latest'))));
    const refusal = await refusalFrom(
      commit(state, write(latest('third'), created('TRIGGER', row('beside-latest')))),
    );
    expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual([
      'version-conflict',
      'TRIGGER#beside-latest',
    ]);
    expect((await stored('latest'))?.note).toBe('second');
  });

  it('takes the next version only, and refuses by the name of the record', async () => {
    await commit(state, write(created('TRIGGER', row('versioned'))));
    await commit(state, write(updated('TRIGGER', row('versioned', 2, 'second'))));
    for (const version of [2, 4]) {
      const refusal = await refusalFrom(
        commit(state, write(updated('TRIGGER', row('versioned', version, 'lost')))),
      );
      expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual([
        'version-conflict',
        'TRIGGER#versioned',
      ]);
    }
    expect(await stored('versioned')).toEqual({ id: 'versioned', version: 2, note: 'second' });
  });

  it('refuses to update a record that does not exist', async () => {
    const refusal = await refusalFrom(commit(state, write(updated('TRIGGER', row('never-made', 2)))));
    expect(refusal.reason).toBe('version-conflict');
    expect(await stored('never-made')).toBeUndefined();
  });

  it('gives whoever delivers the same thing again the first answer, and changes nothing', async () => {
    const first = {
      ...write(created('TRIGGER', row('once'))),
      once: once('delivery-1', 'first answer', 'f1'),
    };
    const again = {
      at: MONDAY,
      writes: [created('TRIGGER', row('once-again'))],
      events: [sampleEvent('once-again', 'y')],
      once: once('delivery-1', 'second answer', 'f2'),
    };
    expect(await commit(state, first)).toEqual({ kind: 'done' });
    expect(await commit(state, again)).toEqual({
      kind: 'done-before',
      answer: 'first answer',
      fingerprint: 'f1',
    });
    expect(await stored('once-again')).toBeUndefined();
    expect(await historyOf(state, 'trigger', 'once-again')).toEqual([]);
    expect(await answeredBefore(state, 'test', 'delivery-1')).toEqual({
      answer: 'first answer',
      fingerprint: 'f1',
    });
  });

  it('says done before, not conflict, when the record is there because of the first delivery', async () => {
    const change = { ...write(created('TRIGGER', row('redelivered'))), once: once('delivery-2') };
    await commit(state, change);
    expect(await commit(state, change)).toEqual({ kind: 'done-before' });
  });

  it('keeps the marks of two consumers of one event apart', async () => {
    await commit(state, { ...write(), once: { consumer: 'draw', key: 'E-1' } });
    expect(await commit(state, { ...write(), once: { consumer: 'notify', key: 'E-1' } })).toEqual({
      kind: 'done',
    });
  });

  it('lets a mark expire 400 days later, as epoch seconds', async () => {
    await commit(state, { ...write(), once: once('expiring') });
    const marker = await load(state, z.object({ expires: z.int() }), {
      pk: 'ONCE#test#expiring',
      sk: 'MARKER',
    });
    expect(marker).toEqual({ expires: 1_806_975_000 });
  });

  it('lets one of two deliveries at the same time through and tells the other', async () => {
    const deliver = (note: string) =>
      commit(state, { ...write(created('TRIGGER', row(`race-${note}`))), once: once('race', note) });
    const outcomes = await Promise.all([deliver('a'), deliver('b')]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'done-before']);
    const winner = outcomes[0]?.kind === 'done' ? 'a' : 'b';
    const answers = outcomes.flatMap((outcome) => (outcome.kind === 'done-before' ? [outcome.answer] : []));
    expect(answers).toEqual([winner]);
    expect((await stored('race-a')) === undefined).toBe(winner === 'b');
    expect((await stored('race-b')) === undefined).toBe(winner === 'a');
  });

  it('takes 100 items and refuses 101 with the number', async () => {
    const many = (count: number, name: string) =>
      write(...Array.from({ length: count }, (_, n) => created('TRIGGER', row(`${name}-${n}`))));
    expect(await commit(state, many(100, 'hundred'))).toEqual({ kind: 'done' });
    await expect(commit(state, many(101, 'above'))).rejects.toThrow(
      new RangeError('a transaction of 101 items is above the 100 that one takes'),
    );
    expect(await stored('above-0')).toBeUndefined();
  });

  it('is tried again when another transaction holds its items', async () => {
    const fault = conflictTimes(state.client, 3);
    const outcome = await commit(state, write(created('TRIGGER', row('contended'))));
    fault.remove();
    expect(fault.left()).toBe(0);
    expect(outcome).toEqual({ kind: 'done' });
    expect((await stored('contended'))?.version).toBe(1);
  });

  it('gives up with the error of the engine when it stays contended', async () => {
    const fault = conflictTimes(state.client, Number.POSITIVE_INFINITY);
    await expect(commit(state, write(created('TRIGGER', row('stuck'))))).rejects.toThrow(
      'Transaction cancelled',
    );
    fault.remove();
    expect(await stored('stuck')).toBeUndefined();
  });
});

describe('what a commit adds to counters', () => {
  const Counter = z.object({ name: z.string().optional(), subjects: z.int(), watch: z.int().default(0) });
  const counted = (id: string) => load(state, Counter, stateKey('PROGRESS', id));
  const add = (
    id: string,
    added: Readonly<Record<string, number>>,
    item: Increment['item'] = { name: id },
  ) => ({
    key: stateKey('PROGRESS', id),
    item,
    add: added,
  });

  it('makes a counter that is not there, and adds to one that is, also what is less than nothing', async () => {
    await commit(state, { ...write(), increments: [add('sum', { subjects: 2 })] });
    expect(await counted('sum')).toEqual({ name: 'sum', subjects: 2, watch: 0 });
    await commit(state, { ...write(), increments: [add('sum', { subjects: -1, watch: 3 })] });
    expect(await counted('sum')).toEqual({ name: 'sum', subjects: 1, watch: 3 });
  });

  it('needs nothing to be said of the counter', async () => {
    await commit(state, { ...write(), increments: [add('bare', { subjects: 1 }, {})] });
    expect(await counted('bare')).toEqual({ subjects: 1, watch: 0 });
  });

  it('adds to several counters beside records and events', async () => {
    await commit(state, {
      at: MONDAY,
      writes: [created('TRIGGER', row('beside-counters'))],
      increments: [add('left', { subjects: -1 }), add('joined', { subjects: 1 })],
      events: [sampleEvent('beside-counters', 'c')],
    });
    expect([await counted('left'), await counted('joined')].map((one) => one?.subjects)).toEqual([-1, 1]);
    expect(await stored('beside-counters')).toEqual({ id: 'beside-counters', version: 1, note: 'first' });
    expect(await historyOf(state, 'trigger', 'beside-counters')).toHaveLength(1);
  });

  it('adds nothing, and names the record, when that is not as expected', async () => {
    await commit(state, write(created('TRIGGER', row('late'))));
    const late = {
      ...write(created('TRIGGER', row('late'))),
      increments: [add('untouched', { subjects: 1 })],
    };
    const refusal = await refusalFrom(commit(state, late));
    expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual(['version-conflict', 'TRIGGER#late']);
    expect(await counted('untouched')).toBeUndefined();
  });

  it('adds once, however often the same delivery comes', async () => {
    const change = { ...write(), increments: [add('once', { subjects: 1 })], once: once('counted') };
    expect((await commit(state, change)).kind).toBe('done');
    expect((await commit(state, change)).kind).toBe('done-before');
    expect((await counted('once'))?.subjects).toBe(1);
  });

  it('adds once when it is tried again because another transaction holds its items', async () => {
    const fault = conflictTimes(state.client, 2);
    await commit(state, { ...write(), increments: [add('contended', { subjects: 1 })] });
    fault.remove();
    expect((await counted('contended'))?.subjects).toBe(1);
  });

  it('loses nothing of those who add at the same time', async () => {
    const adding = Array.from({ length: 8 }, () =>
      commit(state, { ...write(), increments: [add('shared', { subjects: 1, watch: 2 })] }),
    );
    await Promise.all(adding);
    expect(await counted('shared')).toEqual({ name: 'shared', subjects: 8, watch: 16 });
  });
});

describe('a settled step', () => {
  it('begins again from its loading, so that four who count together reach four', async () => {
    await commit(state, write(created('TRIGGER', row('counter', 1, '0'))));
    const count = () =>
      settled(async () => {
        const now = await mustLoad(state, Row, 'TRIGGER', 'counter');
        return commit(
          state,
          write(updated('TRIGGER', row('counter', now.version + 1, String(Number(now.note) + 1)))),
        );
      });
    await Promise.all([count(), count(), count(), count()]);
    expect(await stored('counter')).toEqual({ id: 'counter', version: 5, note: '4' });
  });

  it('does not repeat what fails for another reason', async () => {
    let runs = 0;
    const step = () => {
      runs += 1;
      return Promise.reject(new Refusal('not-found', 'gone'));
    };
    expect((await refusalFrom(settled(step))).reason).toBe('not-found');
    expect(runs).toBe(1);
  });

  it('gives the conflict back when it does not settle', async () => {
    let runs = 0;
    const step = () => {
      runs += 1;
      return Promise.reject(new Refusal('version-conflict', 'again'));
    };
    expect((await refusalFrom(settled(step))).reason).toBe('version-conflict');
    expect(runs).toBe(8);
  });
});

describe('a record that has to be there', () => {
  it('is refused as not found by kind and id', async () => {
    const refusal = await refusalFrom(mustLoad(state, Row, 'DRAW', 'D-none'));
    expect([refusal.reason, refusal.message]).toEqual(['not-found', '没有找到 draw D-none was not found.']);
  });
});
