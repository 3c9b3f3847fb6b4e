import { describe, expect, it } from 'vitest';
import { verifyProof } from '#domain/draw/verification.ts';
import { Draw } from '#domain/draw/draw.ts';
import { Subject } from '#domain/subject/subject.ts';
import { freeze } from '#functions/draw/freeze.ts';
import { reveal } from '#functions/draw/reveal.ts';
import { LOCAL_CHAIN } from '#infra/local/beacon/chain.ts';
import { newEvent } from '#contracts/events.ts';
import { commit } from '#store/commit.ts';
import { createdDraw, loadDraw, readProof } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { readPoolLines } from '#store/pools.ts';
import { created } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, ITEMS } from '../support/draws.ts';
import { MONDAY } from '../support/samples.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';
const SUBJECTS = 90;

/** Objects of three districts and all classes, a tenth of them not operating. */
const subjects = Array.from({ length: SUBJECTS }, (_, n) =>
  Subject.parse({
    id: codeOf(n),
    name: `企业${n}`,
    kind: 'enterprise',
    status: n % 10 === 9 ? 'deregistered' : 'active',
    territory: ['410381', '410382', '410323'][n % 3],
    industry: n % 2 === 0 ? 'F5265' : 'C13',
    creditClass: ['A', 'B', 'C', 'D'][n % 4],
    classedOn: '2026-01-05',
    tags: [],
  }),
);

/** The draw of one id and one secret, in a library of its own whose rows came in an order of their own. */
async function approvedDraw(turn: number): Promise<StateTable> {
  const { state } = await openDatabase();
  const rows = subjects.map((_, n) => subjects[(n * 7 + turn) % SUBJECTS]).filter((row) => row !== undefined);
  await putPages(state, [...libraryItems('items', ITEMS), ...libraryItems('subjects', rows)]);
  const draw = Draw.parse({
    id: 'D-1',
    version: 1,
    status: 'approved',
    correlation: 'D-1',
    plan: { id: 'P-1', number: '明抽〔2026〕1号' },
    title: '抽查',
    items: ['YS-001'],
    criteria: {},
    rule: { mode: 'ratio', basisPoints: { A: 1000, B: 2000, C: 3000, D: 5000 } },
    named: [{ id: codeOf(0), name: '企业0' }],
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'sealed' } },
    proposedAt: MONDAY,
    approvedAt: MONDAY,
  });
  const approval = newEvent('draw.approved', {
    time: MONDAY,
    about: { kind: 'draw', id: 'D-1', version: 1 },
    correlation: 'D-1',
    causation: 'approval',
    actor: { kind: 'function', id: 'test' },
    data: { how: 'automatic' },
  });
  const seal = created('SEAL', { id: 'D-1', version: 1, secret: SECRET });
  await commit(state, { at: MONDAY, writes: [createdDraw(draw), seal], events: [approval] });
  return state;
}

/** Delivers the draw's own events, each twice as a bus may, until there is none that it has not answered. */
async function carriedOut(state: StateTable, limit: number): Promise<number> {
  let steps = 0;
  const delivered = new Set<string>();
  for (;;) {
    const next = (await historyOf(state, 'draw', 'D-1')).find(({ id }) => !delivered.has(id));
    if (next === undefined) {
      return steps;
    }
    delivered.add(next.id);
    for (const _ of ['delivered', 'delivered again']) {
      if (next.type === 'draw.approved' || next.type === 'draw.gathering') {
        const handled = await freeze(state, next, { drand: { chain: LOCAL_CHAIN, relays: [] }, limit });
        steps += handled === 'done' ? 1 : 0;
      } else if (next.type === 'draw.committed') {
        await reveal(state, next);
      }
    }
  }
}

async function filesOf(state: StateTable): Promise<{ proof: string; pool: string }> {
  const { proof, committed } = await loadDraw(state, 'D-1');
  if (proof === undefined || committed === undefined) {
    throw new Error('the draw was not drawn');
  }
  const pages = await Array.fromAsync(readPoolLines(state, 'D-1', committed.pool.key));
  return { proof: await readProof(state, 'D-1', proof), pool: `${pages.flat().join('\n')}\n` };
}

// The first database of a file waits for the template: that is not this draw's time.
const atOnce = await approvedDraw(0);

describe('a draw whose gathering is interrupted', () => {
  it('after one page or after many gives the same pool and the same proof byte for byte', async () => {
    expect(await carriedOut(atOnce, 1000)).toBe(1);
    const expected = await filesOf(atOnce);
    // Of 90 a tenth does not operate, and the trigger names one.
    expect(expected.pool.split('\n')).toHaveLength(SUBJECTS - 9 - 1 + 1);
    expect(verifyProof(expected.proof, expected.pool)).toMatchObject({ verified: true });

    const steps: number[] = [];
    for (const [turn, limit] of [1, 30, 46].entries()) {
      const state = await approvedDraw(turn + 1);
      steps.push(await carriedOut(state, limit));
      expect(await filesOf(state)).toEqual(expected);
    }
    // The index has twelve ranges, of three districts and four shards: the first ends after every one of them.
    expect(steps).toEqual([12, 3, 2]);
  });
});
