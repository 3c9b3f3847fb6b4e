import { LedgerQuery, type LedgerCheck } from '#contracts/api/portal.ts';
import { GENESIS, verifyChain, type LedgerEntry } from '#domain/ledger/ledger.ts';
import { once } from '#lambda/environment.ts';
import { entriesAfter, headOf, openLedger } from '#store/ledger.ts';
import type { Answer } from '#web/answer.ts';
import { type HttpRequest, queryOf } from '#web/request.ts';
import { environment, publicJson } from './reading.ts';

const ledger = once(() => openLedger(environment().LEDGER_TABLE));

const CHECK_LENGTH = 2_000;

/**
 * Verifies some of the chain with the code that the command line uses. The entry that the check goes on from is recomputed as
 * well; that it is the one of the check before is for the reader to compare, by `start` and `end`. Two requests to the store.
 */
export async function checkLedger(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, LedgerQuery);
  const entries = await entriesAfter(ledger(), Math.max(0, after - 1), CHECK_LENGTH + Math.min(after, 1));
  // Read after the entries: what came in between is only more of the chain.
  const head = await headOf(ledger());
  return publicJson(checkOf(after, entries, head), 'no-store');
}

type Link = LedgerCheck['head'];

function checkOf(after: number, entries: readonly LedgerEntry[], head: Link): LedgerCheck {
  const from = after + 1;
  const [first] = after === 0 ? [] : entries;
  if (after > 0 && first?.seq !== after) {
    const why = after > head.seq ? `the chain ends with ${head.seq}` : `entry ${after} is missing`;
    return { from, to: after, whole: false, broken: { seq: after, why }, head };
  }
  const before = first === undefined ? { seq: 0, hash: GENESIS } : { seq: after - 1, hash: first.previous };
  const report = verifyChain(entries, before);
  if (!report.ok) {
    return { from, to: report.seq - 1, whole: false, broken: { seq: report.seq, why: report.why }, head };
  }
  const end = report.after;
  const start = { seq: after, hash: first?.hash ?? GENESIS };
  return {
    from,
    to: end.seq,
    whole: true,
    start,
    end,
    head,
    ...(end.seq < head.seq ? { next: end.seq } : {}),
  };
}
