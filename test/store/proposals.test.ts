import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Proposal } from '#domain/draw/proposal.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit, settled } from '#store/commit.ts';
import { loadDraw } from '#store/draws.ts';
import { counterKey } from '#store/keys.ts';
import { proposed } from '#store/proposals.ts';
import { load } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom } from '../support/refusals.ts';
import { at, MONDAY } from '../support/samples.ts';

const { state } = await openDatabase();
const numbering = {
  template: '明抽〔{year}〕{serial}号',
  calendar: countedByDefault(stateCouncilCalendar()),
};

const proposal = (id: string, time = MONDAY): Proposal => ({
  id,
  correlation: id,
  title: '加油站抽查',
  items: ['YS-001'],
  criteria: {},
  rule: { mode: 'count', count: 3, weights: { A: 1, B: 1, C: 1, D: 1 } },
  named: [],
  coolDownDays: 0,
  teamSize: 2,
  staffing: 'random',
  beacon: { preferred: { kind: 'sealed' } },
  proposedBy: 'HP9001',
  at: time,
  automatic: false,
});

/** Makes the draw as the functions do: loaded, decided and committed anew when somebody was faster. */
function make(one: Proposal): Promise<unknown> {
  return settled(async () => {
    const { writes, events } = await proposed(state, one, numbering, {
      causation: one.id,
      actor: { kind: 'person', id: 'HP9001' },
    });
    return commit(state, { at: one.at, writes, events });
  });
}

const numberOf = async (id: string): Promise<string> => (await loadDraw(state, id)).plan.number;
const used = async (year: number): Promise<number | undefined> =>
  (await load(state, z.object({ version: z.int() }), counterKey('plan', year)))?.version;

describe('document numbers', () => {
  it('article 7(1): of proposals that come at the same moment have no gap and none is given twice', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `D-at-once-${n}`);
    await Promise.all(ids.map(async (id) => make(proposal(id))));
    const numbers = await Promise.all(ids.map(numberOf));
    expect(numbers.toSorted()).toEqual(
      Array.from({ length: 12 }, (_, n) => `明抽〔2026〕${n + 1}号`).toSorted(),
    );
    expect(await used(2026)).toBe(12);
  });

  it('are not used up by a proposal that is refused', async () => {
    const refused = await refusalFrom(make(proposal('D-at-once-0')));
    expect([refused.reason, await used(2026)]).toEqual(['version-conflict', 12]);
    await make(proposal('D-after'));
    expect(await numberOf('D-after')).toBe('明抽〔2026〕13号');
  });

  it('begin anew with each year of Shanghai', async () => {
    await make(proposal('D-eve', at('2026-12-31T15:59:00.000Z')));
    await make(proposal('D-new-year', at('2026-12-31T16:00:00.000Z')));
    expect([await numberOf('D-eve'), await numberOf('D-new-year')]).toEqual([
      '明抽〔2026〕14号',
      '明抽〔2027〕1号',
    ]);
  });
});
