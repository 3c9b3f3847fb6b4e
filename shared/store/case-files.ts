import type { CaseFile } from '#domain/archive/completeness.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { PublicRecord } from '#domain/inspection/publication.ts';
import { isKept } from './archive-files.ts';
import { openCorrectionsOf } from './corrections.ts';
import { evidenceOf } from './evidence.ts';
import { docketOf, followUpsById, handoversById } from './follow-ups.ts';
import { historyOf } from './history.ts';
import { entriesOf, type LedgerTable } from './ledger.ts';
import type { ObjectStore } from './objects.ts';
import { publicRecordOf, publicVersions } from './publications.ts';
import type { StateTable } from './store.ts';

/** Where everything that belongs to an inspection is read. */
export interface CaseStores {
  readonly state: StateTable;
  readonly ledger: LedgerTable;
  readonly objects: ObjectStore;
}

/** Files that are looked for at one time. */
const LOOKED_FOR = 20;

/** Everything that belongs to an inspection as it is now, with what of it the ledger has not entered yet. */
export async function caseFileOf(
  { state, ledger, objects }: CaseStores,
  inspection: Inspection,
): Promise<CaseFile> {
  const { id } = inspection;
  const [{ followUps, handovers }, evidence, publications, openCorrections] = await Promise.all([
    recordsOn(state, id),
    evidenceOf(state, id),
    versionsOf(state, id),
    openCorrectionsOf(state, id),
  ]);
  const events = await eventsOn(state, id, { followUps, handovers });
  const entries = await entriesOf(
    ledger,
    events.map((event) => event.id),
  );
  const kept = new Map<string, boolean>();
  for (let from = 0; from < evidence.length; from += LOOKED_FOR) {
    const batch = evidence.slice(from, from + LOOKED_FOR).filter(({ status }) => status === 'stored');
    await Promise.all(batch.map(async (one) => kept.set(one.id, await isKept(objects, one))));
  }
  return {
    inspection,
    followUps,
    handovers,
    evidence: evidence.map((one) => ({ ...one, kept: kept.get(one.id) ?? false })),
    publications,
    toldHashes: events.flatMap(hashTold),
    openCorrections,
    unledgered: events
      .filter((event) => !entries.has(event.id))
      .map(({ type, id: event }) => `${type} ${event}`),
  };
}

/** What hangs off an inspection, in the order in which it was raised. */
export async function recordsOn(
  state: StateTable,
  inspection: string,
): Promise<Pick<CaseFile, 'followUps' | 'handovers'>> {
  const docket = await docketOf(state, inspection);
  const [followUps, handovers] = await Promise.all([
    followUpsById(
      state,
      docket.followUps.map(({ id }) => id),
    ),
    handoversById(
      state,
      docket.handovers.map(({ id }) => id),
    ),
  ]);
  return {
    followUps: inOrder(followUps, docket.followUps),
    handovers: inOrder(handovers, docket.handovers),
  };
}

function inOrder<T extends { readonly id: string }>(
  found: readonly T[],
  of: readonly { readonly id: string }[],
): T[] {
  return of.flatMap(({ id }) => found.filter((one) => one.id === id));
}

async function versionsOf(state: StateTable, id: string): Promise<readonly PublicRecord[]> {
  return (await publicRecordOf(state, id)) === undefined ? [] : publicVersions(state, id);
}

/** The audit trail of an inspection and of what hangs off it, each record's in its order. */
export async function eventsOn(
  state: StateTable,
  inspection: string,
  { followUps, handovers }: Pick<CaseFile, 'followUps' | 'handovers'>,
): Promise<MingchouEvent[]> {
  const histories = await Promise.all([
    historyOf(state, 'inspection', inspection),
    ...followUps.map(({ id }) => historyOf(state, 'follow-up', id)),
    ...handovers.map(({ id }) => historyOf(state, 'handover', id)),
  ]);
  return histories.flat();
}

/** The hash of a public version, where an event tells it. A withdrawal tells the one of the note that is left. */
function hashTold(event: MingchouEvent): string[] {
  return event.type === 'inspection.published' ||
    event.type === 'inspection.republished' ||
    event.type === 'inspection.withdrawn'
    ? [event.data.publicationHash]
    : [];
}
