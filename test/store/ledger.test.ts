import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { verifyChain, type LedgerFacts } from '#domain/ledger/ledger.ts';
import { append, entriesAfter } from '#store/ledger.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';

const { ledger } = await openDatabase();
const fact = (name: string): LedgerFacts => ({
  event: `E-${name}`,
  type: 'trigger.received',
  time: MONDAY,
  about: `trigger/T-${name}`,
  correlation: `T-${name}`,
  eventHash: 'a'.repeat(64),
});
const names = async (after = 0) => (await entriesAfter(ledger, after, 500)).map((entry) => entry.event);

/** Cases build on one chain, in this order. */
describe('the ledger', () => {
  it('chains what is appended in the order given', async () => {
    expect(await append(ledger, [fact('1'), fact('2')])).toBe(2);
    expect(await append(ledger, [fact('3')])).toBe(1);
    const entries = await entriesAfter(ledger, 0, 10);
    expect(entries.map(({ seq, event }) => [seq, event])).toEqual([
      [1, 'E-1'],
      [2, 'E-2'],
      [3, 'E-3'],
    ]);
    expect(verifyChain(entries)).toEqual({ ok: true, after: { seq: 3, hash: entries[2]?.hash } });
  });

  it('has every event once, however often the stream delivers it', async () => {
    expect(await append(ledger, [fact('1'), fact('2'), fact('3')])).toBe(0);
    expect(await append(ledger, [fact('3'), fact('4')])).toBe(1);
    expect(await append(ledger, [fact('5'), fact('5')])).toBe(1);
    expect(await names()).toEqual(['E-1', 'E-2', 'E-3', 'E-4', 'E-5']);
  });

  it('is one chain when several append at the same time', async () => {
    const groups = ['a', 'b', 'c'].map((group) => [1, 2, 3].map((n) => fact(`${group}${n}`)));
    const shared = fact('all');
    const appended = await Promise.all(groups.map((group) => append(ledger, [...group, shared])));
    expect(appended.reduce((sum, count) => sum + count, 0)).toBe(10);
    const entries = await entriesAfter(ledger, 0, 500);
    expect(verifyChain(entries).ok).toBe(true);
    expect(entries.length).toBe(15);
    const order = entries.map((entry) => entry.event);
    for (const group of groups) {
      const places = group.map(({ event }) => order.indexOf(event));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  it('is read a page at a time, and each page is verified from where the last one ended', async () => {
    const first = await entriesAfter(ledger, 0, 6);
    const report = verifyChain(first);
    expect(report.ok && report.after.seq).toBe(6);
    const rest = await entriesAfter(ledger, 6, 500);
    expect(verifyChain(rest, report.ok ? report.after : undefined).ok).toBe(true);
    expect(await names(15)).toEqual([]);
  });

  it('shows that an entry was changed behind its back', async () => {
    const entries = await entriesAfter(ledger, 0, 500);
    await ledger.client.send(
      new PutCommand({
        TableName: ledger.ledgerTable,
        Item: { chain: 'CHAIN', ...entries[1], about: 'trigger/T-other' },
      }),
    );
    expect(verifyChain(await entriesAfter(ledger, 0, 500))).toEqual({
      ok: false,
      seq: 2,
      why: 'entry 2 was changed: its hash does not match its content',
    });
    await ledger.client.send(
      new PutCommand({ TableName: ledger.ledgerTable, Item: { chain: 'CHAIN', ...entries[1] } }),
    );
  });

  it('shows that an entry was removed behind its back', async () => {
    await ledger.client.send(
      new DeleteCommand({ TableName: ledger.ledgerTable, Key: { chain: 'CHAIN', seq: 4 } }),
    );
    expect(verifyChain(await entriesAfter(ledger, 0, 500))).toEqual({
      ok: false,
      seq: 4,
      why: 'entry 4 is missing, found 5',
    });
  });
});
