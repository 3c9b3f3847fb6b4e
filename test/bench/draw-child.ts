import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { Draw } from '#domain/draw/draw.ts';
import { Item } from '#domain/item/item.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { CreditClass, Subject, SubjectScale } from '#domain/subject/subject.ts';
import { instantOf } from '#domain/time/time.ts';
import { freeze } from '#functions/draw/freeze.ts';
import { reveal } from '#functions/draw/reveal.ts';
import { environmentOf } from '#lambda/environment.ts';
import { commit } from '#store/commit.ts';
import { createdDraw } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { cohortPartitions } from '#store/keys.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { openState, type StateTable } from '#store/store.ts';
import { withEngine, type BenchEngine } from './engine.ts';
import { COHORT, type DrawRounds } from './figures/draw.ts';
import { compared, turns } from './measure.ts';

const ROUNDS = 3;
const TERRITORY = '410381';
/** What a draw whose criteria name a territory alone asks for. */
const FIELDS = ['id', 'kind', 'status', 'territory', 'industry', 'creditClass'];
const AT = instantOf(Date.UTC(2026, 8, 1, 1, 30));
const ITEM = Item.parse({
  code: 'YS-001',
  matter: '单用途商业预付卡备案',
  unit: '商务综合执法大队',
  legalBasis: '单用途商业预付卡管理办法（试行）',
  appliesTo: { kinds: [], industries: [] },
  ratio: { A: 100, B: 100, C: 100, D: 100 },
  methods: ['on-site'],
  content: '备案与预收资金管理',
});

/** An enterprise as an import leaves it. */
function subjectOf(n: number): Subject {
  const first17 = `91410381MA${String(n).padStart(7, '0')}`;
  return Subject.parse({
    id: `${first17}${creditCodeCheckCharacter(first17)}`,
    name: `示例企业${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: `${TERRITORY}${String(n % 13).padStart(3, '0')}`,
    industry: ['F5265', 'C1310', 'H6210'][n % 3],
    scale: SubjectScale.options[n % 4],
    creditClass: CreditClass.options[n % 4],
    classedOn: '2026-01-05',
    tags: ['食品经营'],
    licences: [{ name: '食品经营许可证', number: `JY${n}`, validThrough: '2028-06-30' }],
  });
}

async function fillLibrary(store: StateTable): Promise<void> {
  await putPages(store, libraryItems('items', [ITEM]));
  for (let from = 0; from < COHORT; from += 10_000) {
    const subjects = Array.from({ length: 10_000 }, (_, n) => subjectOf(from + n));
    await putPages(store, libraryItems('subjects', subjects));
  }
}

/** A draw that was approved a moment ago. */
async function approved(store: StateTable, id: string): Promise<MingchouEvent> {
  const draw = Draw.parse({
    id,
    version: 1,
    status: 'approved',
    correlation: id,
    plan: { id: `P-${id}`, number: `明抽〔2026〕${id}号` },
    title: '预付卡专项抽查',
    items: [ITEM.code],
    criteria: { territory: [TERRITORY] },
    rule: { mode: 'ratio', basisPoints: ITEM.ratio },
    named: [],
    coolDownDays: 90,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'sealed' } },
    proposedAt: AT,
    approvedAt: AT,
  });
  await commit(store, { at: AT, writes: [createdDraw(draw)], events: [] });
  return newEvent('draw.approved', {
    time: AT,
    about: { kind: 'draw', id, version: 1 },
    correlation: id,
    causation: `cause of ${id}`,
    actor: { kind: 'function', id: 'bench' },
    data: { how: 'automatic' },
  });
}

/** Both steps of a draw as the function does them: the pool is gathered, frozen and committed to, then drawn from. */
async function drawn(store: StateTable, approval: MingchouEvent | undefined): Promise<string> {
  const { DRAND_CHAIN: chain, DRAND_RELAYS: relays, GATHER_LIMIT: limit } = environmentOf('draw');
  if (approval?.type !== 'draw.approved') {
    throw new Error('no draw of the benchmark was approved');
  }
  const { id } = approval.about;
  await freeze(store, approval, { drand: { chain, relays }, limit });
  const committed = (await historyOf(store, 'draw', id)).find((event) => event.type === 'draw.committed');
  if (committed === undefined) {
    throw new Error(`the draw ${id} of the benchmark was not committed`);
  }
  await reveal(store, committed);
  return id;
}

/**
 * The pages of the index that the draw reads, as somebody would ask for them who wants nothing else.
 * @param fields all that the index carries when there are none
 */
async function bareQuery({ client, table }: BenchEngine, fields: readonly string[] = []): Promise<number> {
  const projection = fields.map((_, place) => `#f${place}`);
  let found = 0;
  for (const partition of cohortPartitions(TERRITORY)) {
    let after: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'cohort',
          KeyConditionExpression: 'cohortPk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partition } },
          ...(fields.length === 0
            ? {}
            : {
                ProjectionExpression: projection.join(', '),
                ExpressionAttributeNames: Object.fromEntries(fields.map((field, at) => [`#f${at}`, field])),
              }),
          ExclusiveStartKey: after,
        }),
      );
      found += page.Items?.length ?? 0;
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
  }
  if (found !== COHORT) {
    throw new Error(`the index of the benchmark has ${found} objects`);
  }
  return found;
}

async function measure(engine: BenchEngine): Promise<z.infer<typeof DrawRounds>> {
  const store = openState(engine.table);
  await fillLibrary(store);
  let made = 0;
  let approval: MingchouEvent | undefined;
  const [wholeRows = [], sameFields = [], draws = []] = await turns(
    [
      async () => bareQuery(engine),
      async () => bareQuery(engine, FIELDS),
      async () => drawn(store, approval),
    ],
    ROUNDS,
    async () => {
      made += 1;
      approval = await approved(store, `D-${made}`);
    },
  );
  return { wholeRows: compared(wholeRows, draws), sameFields: compared(sameFields, draws) };
}

process.send?.(await withEngine('draw', measure));
