import { LedgerQuery } from '#contracts/api/portal.ts';
import { once } from '#lambda/environment.ts';
import { entriesAfter, lastEntries, openLedger } from '#store/ledger.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { wantsHtml, type HttpRequest, queryOf } from '#web/request.ts';
import { LedgerPage } from './ledger-page.tsx';
import { environment, publicJson } from './reading.ts';

const opened = once(() => openLedger(environment().LEDGER_TABLE));

const PART_LENGTH = 500;
const SHOWN = 20;

/** The ledger: for a browser where it stands and how it is verified, for a program its entries, part after part. */
export async function ledger(request: HttpRequest): Promise<Answer> {
  if (wantsHtml(request)) {
    // What a cache kept would look like a chain that was cut off: it is asked for anew each time.
    return htmlPage('账本', <LedgerPage entries={await lastEntries(opened(), SHOWN)} />, 0);
  }
  const { after } = queryOf(request, LedgerQuery);
  const entries = await entriesAfter(opened(), after, PART_LENGTH);
  const last = entries.at(-1);
  // A part that still grows must not be kept: an old copy of it would look like a chain that was cut off.
  return entries.length === PART_LENGTH && last !== undefined
    ? publicJson({ entries, next: last.seq })
    : publicJson({ entries }, 'no-store');
}
