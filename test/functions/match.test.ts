import { beforeAll, describe, expect, it } from 'vitest';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { Proof } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { inspectorAlias, unitAlias } from '#domain/inspector/alias.ts';
import { commit } from '#store/commit.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { loadDraw, readProof, readTeams, writeWithheld } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { recusalWrites } from '#store/recusals.ts';
import type { StateTable } from '#store/store.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, drawEvent, fillLibrary, storeDrawn, UNITS } from '../support/draws.ts';
import { MONDAY } from '../support/samples.ts';

let state: StateTable;
let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  await fillLibrary(state, 10);
  handler = await handlerOf('match');
});

async function matchedDraw(id: string) {
  const draw = await loadDraw(state, id);
  await handler(busEvent(drawEvent(draw, 'draw.drawn')));
  const after = await loadDraw(state, id);
  if (after.proof === undefined) {
    throw new Error(`${id} has no proof`);
  }
  const text = await readProof(state, id, after.proof);
  return { draw: after, text, proof: Proof.parse(JSON.parse(text)), teams: await readTeams(state, id) };
}
const peopleAt = (teams: Awaited<ReturnType<typeof readTeams>>, object: string) =>
  teams.find(({ objectId }) => objectId === object)?.members.map(({ staffNo }) => staffNo) ?? [];

describe('the matching of a draw', () => {
  it('staffs what the commitment names like what was selected, and the proof verifies', async () => {
    await storeDrawn(state, 'D-named', { selected: [codeOf(0), codeOf(1)], named: [codeOf(2)] });
    const { draw, text, teams } = await matchedDraw('D-named');
    expect([draw.status, teams.map(({ objectId }) => objectId).toSorted()]).toEqual([
      'matched',
      [codeOf(0), codeOf(1), codeOf(2)],
    ]);
    const pool = [codeOf(0), codeOf(1)].map((id) => `${id},B\n`).join('');
    expect(verifyProof(text, pool)).toMatchObject({ verified: true, notChecked: [] });
  });

  it('never sends somebody to a subject that they are recused for, and the proof shows the pair by its aliases', async () => {
    const barred = ['U0-1', 'U0-2', 'U0-3'];
    for (const [n, inspector] of barred.entries()) {
      const known =
        n === 0
          ? undefined
          : {
              id: codeOf(3),
              version: n,
              recusals: barred.slice(0, n).map((one) => ({ ...recusal, inspector: one })),
            };
      await commit(state, {
        at: MONDAY,
        writes: recusalWrites(known, codeOf(3), { ...recusal, inspector }),
        events: [],
      });
    }
    await storeDrawn(state, 'D-barred', { selected: [codeOf(3), codeOf(4)] });
    const { teams, proof } = await matchedDraw('D-barred');
    expect(peopleAt(teams, codeOf(3)).toSorted()).toEqual(['U0-4', 'U0-5']);
    expect(proof.matching?.units[0]?.barred).toEqual(
      barred
        .map(inspectorAlias)
        .toSorted()
        .map((inspectorId) => ({ objectId: codeOf(3), inspectorId })),
    );
  });

  it('sends no team of a unit whose items are all withheld for an object', async () => {
    await storeDrawn(state, 'D-withheld', {
      items: ['YS-001', 'YS-003'],
      selected: [codeOf(5), codeOf(6)],
    });
    await writeWithheld(state, 'D-withheld', [{ id: codeOf(5), items: ['YS-003'] }]);
    const { proof, teams } = await matchedDraw('D-withheld');
    expect(proof.matching?.units.map(({ unitId, objects }) => [unitId, objects])).toEqual([
      [unitAlias(UNITS[0]), [codeOf(5), codeOf(6)].toSorted()],
      [unitAlias(UNITS[1]), [codeOf(6)]],
    ]);
    expect([peopleAt(teams, codeOf(5)).length, peopleAt(teams, codeOf(6)).length]).toEqual([2, 4]);
  });

  it('article 7(4): draws nobody where the units choose, and tells each how many objects it has', async () => {
    await storeDrawn(state, 'D-direct', {
      items: ['YS-001', 'YS-003'],
      selected: [codeOf(7), codeOf(8)],
      change: { staffing: 'direct' },
    });
    await writeWithheld(state, 'D-direct', [{ id: codeOf(7), items: ['YS-003'] }]);
    const { draw, proof, teams } = await matchedDraw('D-direct');
    expect([draw.status, draw.version, proof.matching, teams]).toEqual(['drawn', 2, undefined, []]);
    await handler(busEvent(drawEvent({ ...draw, version: 1 }, 'draw.drawn')));
    expect((await historyOf(state, 'draw', 'D-direct')).map(({ type, data }) => [type, data])).toEqual([
      [
        'draw.staffing-requested',
        {
          title: '抽查D-direct',
          units: [
            { unit: UNITS[0], objects: 2 },
            { unit: UNITS[1], objects: 1 },
          ],
        },
      ],
    ]);
    // Monday 2 March: three working days.
    expect(await loadDeadline(state, deadlineId('match', 'D-direct'))).toMatchObject({
      version: 1,
      status: 'open',
      due: '2026-03-05',
      units: [UNITS[0], UNITS[1]],
    });
  });
});

const recusal = { kind: 'kinship' as const, reason: '近亲属', at: MONDAY };
