import { sha256 } from '#sha256';
import type { MingchouEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { LedgerFacts } from '#domain/ledger/ledger.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { streamFunction, type OutboxEntry } from '#lambda/stream.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { append, APPEND_LIMIT, openLedger } from '#store/ledger.ts';

const ledger = once(() => openLedger(environmentOf('ledger').LEDGER_TABLE));

/** Puts every event into the hash-chained ledger, from the same stream that feeds the bus: what happened is what is chained. */
export const handler = streamFunction('ledger', record);

async function record(entries: readonly OutboxEntry[], telemetry: Telemetry): Promise<undefined> {
  for (let from = 0; from < entries.length; from += APPEND_LIMIT) {
    const appended = await append(
      ledger(),
      entries.slice(from, from + APPEND_LIMIT).map(({ event }) => factsOf(event)),
    );
    telemetry.count('LedgerEntries', appended);
  }
  return undefined;
}

function factsOf(event: MingchouEvent): LedgerFacts {
  return {
    event: event.id,
    type: event.type,
    time: event.time,
    about: `${event.about.kind}/${event.about.id}`,
    correlation: event.correlation,
    eventHash: sha256(canonicalJson(event)),
  };
}
