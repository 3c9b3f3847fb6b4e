import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, GENESIS, verifyChain, type LedgerEntry, type LedgerFacts } from '#domain/ledger/ledger.ts';
import { MONDAY } from '../../support/samples.ts';

const fact = (name: string): LedgerFacts => ({
  event: `E-${name}`,
  type: 'trigger.received',
  time: MONDAY,
  about: `trigger/T-${name}`,
  correlation: `T-${name}`,
  eventHash: 'a'.repeat(64),
});

function chainOf(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let n = 1; n <= length; n += 1) {
    entries.push(chain(entries.at(-1) ?? { seq: 0, hash: GENESIS }, fact(String(n))));
  }
  return entries;
}

describe('the chain', () => {
  it('links an entry by SHA-256 over the canonical text of its facts, number and previous hash', () => {
    const text = `{"about":"trigger/T-1","correlation":"T-1","event":"E-1","eventHash":"${'a'.repeat(64)}","previous":"${'0'.repeat(64)}","seq":1,"time":"2026-03-02T01:30:00.000Z","type":"trigger.received"}`;
    const [first] = chainOf(1);
    expect(first?.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is whole when nothing was touched, and says where the next page goes on', () => {
    const entries = chainOf(5);
    expect(verifyChain(entries)).toEqual({ ok: true, after: { seq: 5, hash: entries[4]?.hash } });
    expect(verifyChain([])).toEqual({ ok: true, after: { seq: 0, hash: '0'.repeat(64) } });
    expect(verifyChain(entries.slice(3), { seq: 3, hash: entries[2]?.hash ?? '' }).ok).toBe(true);
  });

  it('names an entry whose word was changed, whichever word of whichever entry', () => {
    const members = [
      'event',
      'type',
      'about',
      'correlation',
      'eventHash',
      'hash',
      'previous',
      'time',
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.constantFrom(...members), (at, member) => {
        const changed = chainOf(6).map((entry, n) =>
          n === at ? { ...entry, [member]: `${entry[member]}x` } : entry,
        );
        const report = verifyChain(changed);
        expect(report.ok ? 0 : report.seq).toBe(at + 1);
      }),
      { seed: 6 },
    );
  });

  it('names the place of an entry that was removed, the first one too', () => {
    const without = (at: number) => chainOf(4).filter((_, n) => n !== at);
    expect(verifyChain(without(1))).toEqual({ ok: false, seq: 2, why: 'entry 2 is missing, found 3' });
    expect(verifyChain(without(0))).toEqual({ ok: false, seq: 1, why: 'entry 1 is missing, found 2' });
  });

  it('names the place after an entry that was put in with a number of its own', () => {
    const entries = chainOf(3);
    const forged = chain({ seq: 1, hash: entries[0]?.hash ?? '' }, fact('forged'));
    const renumbered = [
      ...entries.slice(0, 1),
      forged,
      ...entries.slice(1).map((entry) => ({ ...entry, seq: entry.seq + 1 })),
    ];
    expect(verifyChain(renumbered)).toEqual({
      ok: false,
      seq: 3,
      why: 'entry 3 does not follow the hash of 2',
    });
  });

  it('names two entries that changed places', () => {
    const [first, second, third] = chainOf(3);
    const swapped = [first, third, second].filter((entry) => entry !== undefined);
    expect(verifyChain(swapped)).toEqual({ ok: false, seq: 2, why: 'entry 2 is missing, found 3' });
  });
});
