import { putPages } from '#store/pages.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { Draw } from '#domain/draw/draw.ts';
import { canonicalPool, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, proofText } from '#domain/draw/proof.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { Item } from '#domain/item/item.ts';
import { Subject } from '#domain/subject/subject.ts';
import { commit } from '#store/commit.ts';
import { createdDraw, writeProof, type TeamOfObject } from '#store/draws.ts';
import { libraryItems } from '#store/libraries.ts';
import type { StateTable } from '#store/store.ts';
import { MONDAY, sampleInspector } from './samples.ts';

export const UNITS = ['商务综合执法大队', '节能监察中心'] as const;
const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';

/** The credit code of an invented enterprise. */
export function codeOf(n: number): string {
  const first17 = `91410381MA${String(n).padStart(7, '0')}`;
  return `${first17}${creditCodeCheckCharacter(first17)}`;
}

/** Two items of one unit and one of another; the second needs a qualification. */
export const ITEMS = [
  { code: 'YS-001', unit: UNITS[0] },
  { code: 'YS-002', unit: UNITS[0], qualification: '计量' },
  { code: 'YS-003', unit: UNITS[1] },
].map((item) =>
  Item.parse({
    matter: `事项${item.code}`,
    legalBasis: '法',
    appliesTo: { kinds: [], industries: [] },
    ratio: { A: 100, B: 300, C: 1000, D: 10_000 },
    methods: ['on-site'],
    content: '内容',
    ...item,
  }),
);

/** Five people of each unit; the fourth and fifth hold the qualification. */
export const INSPECTORS = UNITS.flatMap((unit, at) =>
  Array.from({ length: 5 }, (_, n) =>
    sampleInspector(`U${at}-${n + 1}`, unit, { qualifications: n >= 3 ? ['计量'] : [] }),
  ),
);

/** Puts the items, the inspectors and so many subjects into the library. */
export async function fillLibrary(state: StateTable, subjects: number): Promise<void> {
  const objects = Array.from({ length: subjects }, (_, n) =>
    Subject.parse({
      id: codeOf(n),
      name: `企业${n}`,
      kind: 'enterprise',
      status: 'active',
      territory: '410381',
      industry: 'F5265',
      tags: [],
    }),
  );
  await putPages(state, [
    ...libraryItems('items', ITEMS),
    ...libraryItems('inspectors', INSPECTORS),
    ...libraryItems('subjects', objects),
  ]);
}

interface Sample {
  readonly items?: readonly string[];
  readonly selected: readonly string[];
  readonly named?: readonly string[];
  readonly change?: Partial<Draw>;
}

/** A draw of these objects, all of the pool drawn, stored as drawn. */
export async function storeDrawn(state: StateTable, id: string, on: Sample): Promise<Draw> {
  const { items = ['YS-001'], selected, named = [], change = {} } = on;
  const pool = canonicalPool(selected.map((object) => ({ id: object, stratum: 'B' })));
  const rule = { mode: 'ratio', basisPoints: { B: 10_000 } } as const;
  const commitment = buildCommitment({
    drawId: id,
    pool: summarizePool(pool),
    rule,
    beacon: sealedBeacon(SECRET),
    spec: { items: [...items], named: [...named] },
  });
  const proof = buildProof({ commitment, beaconValue: SECRET, pool });
  const draw = Draw.parse({
    id,
    version: 1,
    status: 'drawn',
    correlation: `T-${id}`,
    plan: { id: `P-${id}`, number: `明抽〔2026〕${id}号` },
    title: `抽查${id}`,
    items,
    criteria: {},
    rule,
    named: named.map((object) => ({ id: object, name: object })),
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'sealed' } },
    proposedAt: MONDAY,
    committed: {
      at: MONDAY,
      commitment,
      hash: commitmentHash(commitment),
      pool: { key: commitment.pool.root, pages: 1, withheld: [] },
    },
    drawn: { at: MONDAY, beaconValue: SECRET, seed: proof.seed, selected: selected.length },
    proof: await writeProof(state, id, proofText(proof)),
    ...change,
  });
  await commit(state, { at: MONDAY, writes: [createdDraw(draw)], events: [] });
  return draw;
}

/** The event with which a draw goes on to the next function. */
export function drawEvent(
  draw: Pick<Draw, 'id' | 'version' | 'correlation'>,
  type: 'draw.drawn' | 'draw.matched',
): MingchouEvent {
  const facts = {
    time: MONDAY,
    about: { kind: 'draw', id: draw.id, version: draw.version },
    correlation: draw.correlation,
    causation: `cause of ${draw.id}`,
    actor: { kind: 'function', id: 'test' },
  } as const;
  return type === 'draw.drawn'
    ? newEvent(type, { ...facts, data: { seed: 'a'.repeat(64), selected: 1 } })
    : newEvent(type, { ...facts, data: { teams: 1, proofHash: 'a'.repeat(64) } });
}

/** A team of these inspectors of the library for one object. */
export function teamOf(objectId: string, ...staffNos: string[]): TeamOfObject {
  return {
    objectId,
    members: staffNos.flatMap((staffNo) =>
      INSPECTORS.flatMap(({ staffNo: own, name, unit }) =>
        own === staffNo ? [{ staffNo, name, unit, certificate: `9999${own}` }] : [],
      ),
    ),
  };
}
