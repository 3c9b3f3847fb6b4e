import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { LedgerCheck } from '#contracts/api/portal.ts';
import { GENESIS } from '#domain/ledger/ledger.ts';
import { append, APPEND_LIMIT, type LedgerTable } from '#store/ledger.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';

/** More than one check takes. */
const ENTRIES = 2_050;
let ledger: LedgerTable;
let portal: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ ledger } = await openDatabase());
  portal = await handlerOf('portal');
  const facts = Array.from({ length: ENTRIES }, (_, at) => ({
    event: `E-${at + 1}`,
    type: 'trigger.received',
    time: MONDAY,
    about: `trigger/T-${at + 1}`,
    correlation: `T-${at + 1}`,
    eventHash: 'a'.repeat(64),
  }));
  for (let from = 0; from < ENTRIES; from += APPEND_LIMIT) {
    await append(ledger, facts.slice(from, from + APPEND_LIMIT));
  }
});

async function check(query: string): Promise<LedgerCheck> {
  const answer = answerOf(await portal(gatewayEvent({ route: 'GET /public/ledger/check', query })));
  expect(answer.statusCode).toBe(200);
  return LedgerCheck.parse(JSON.parse(answer.body));
}

/** Cases build on one chain, in this order. */
it('a whole ledger is verified part by part, each hanging on the one before', async () => {
  const first = await check('');
  expect(first).toMatchObject({ from: 1, whole: true, start: { seq: 0, hash: GENESIS } });
  // A query reads a megabyte: fewer than 2,000 when entries are long.
  expect([first.next, first.to]).toEqual([first.end?.seq, first.end?.seq]);
  const second = await check(`after=${first.next ?? 0}`);
  expect(second.start).toEqual(first.end);
  expect(second).toMatchObject({ from: first.to + 1, to: ENTRIES, whole: true });
  expect([second.head, second.next]).toEqual([second.end, undefined]);
});

it('at the head nothing is left, and past it the chain was cut off', async () => {
  expect(await check(`after=${ENTRIES}`)).toMatchObject({ from: 2_051, to: 2_050, whole: true });
  expect(await check('after=3000')).toMatchObject({
    whole: false,
    broken: { seq: 3_000, why: 'the chain ends with 2050' },
  });
});

it('an entry that was taken out is named', async () => {
  await ledger.client.send(
    new DeleteCommand({ TableName: ledger.ledgerTable, Key: { chain: 'CHAIN', seq: 10 } }),
  );
  const { whole, to, broken } = await check('');
  expect([whole, to, broken]).toEqual([false, 9, { seq: 10, why: 'entry 10 is missing, found 11' }]);
});
