import * as z from 'zod';
import type { CaseFile } from '#domain/archive/completeness.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { Evidence } from '#domain/evidence/evidence.ts';
import type { Docket } from '#domain/follow-up/docket.ts';
import { FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { Handover } from '#domain/handover/handover.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { PublicRecord } from '#domain/inspection/publication.ts';
import { isKept } from './archive-files.ts';
import { CorrectionBeside } from './corrections.ts';
import { docketOf } from './follow-ups.ts';
import { historyOf, Outbox } from './history.ts';
import {
  CORRECTION_PREFIX,
  EVENT_PREFIX,
  EVIDENCE_PREFIX,
  evidenceThrough,
  recordPartition,
  stateKey,
  versionKey,
} from './keys.ts';
import { enteredOf, type LedgerTable } from './ledger.ts';
import type { ObjectStore } from './objects.ts';
import { loadTogether, queryAll, type Found, type StateTable } from './store.ts';

/** Where everything that belongs to an inspection is read. */
export interface CaseStores {
  readonly state: StateTable;
  readonly ledger: LedgerTable;
  readonly objects: ObjectStore;
}

/** Files that are looked for at one time. */
const LOOKED_FOR = 20;

/** What stands of a case file in records of its own beside the inspection, to be read with it. */
export const caseKeys = (inspection: string) => ({
  docket: stateKey('DOCKET', inspection),
  publication: stateKey('PUBLICATION', inspection),
});

/** What was found under `caseKeys`. */
export interface CaseRecords {
  readonly docket: Docket;
  readonly publication: PublicRecord | undefined;
}

/**
 * Everything that belongs to an inspection as it is now, with what of it the ledger has not entered yet. Three readings,
 * whatever hangs off it: what stands beside the inspection, what that and its records name, and what the ledger has of it.
 */
export async function caseFileOf(
  { state, ledger, objects }: CaseStores,
  inspection: Inspection,
  { docket, publication }: CaseRecords,
): Promise<CaseFile> {
  const { id } = inspection;
  const beside = await besideOf(state, id);
  const versions = former(publication).map((version) => versionKey(id, version));
  const told = [...beside.events, ...docket.told];
  const [found, entered, kept] = await Promise.all([
    loadTogether(state, [...keysOf(docket), ...versions]),
    enteredOf(
      ledger,
      told.map((event) => event.id),
    ),
    keptOf(objects, beside.evidence),
  ]);
  return {
    inspection,
    ...recordsIn(found, docket),
    evidence: beside.evidence.map((one) => ({ ...one, kept: kept.has(one.id) })),
    publications: [...found.all(PublicRecord, versions), ...(publication === undefined ? [] : [publication])],
    toldHashes: beside.events.flatMap(hashTold),
    openCorrections: beside.corrections
      .filter(({ status }) => status === 'received')
      .map(({ correction }) => correction),
    unledgered: told.filter((event) => !entered.has(event.id)).map((event) => `${event.type} ${event.id}`),
  };
}

/** The numbers of the versions before the one that stands. */
function former(publication: PublicRecord | undefined): number[] {
  return Array.from({ length: (publication?.version ?? 1) - 1 }, (_, at) => at + 1);
}

/** The requests for corrections, the events and the evidence of an inspection: one query, which passes over what lies between them. */
async function besideOf(state: StateTable, inspection: string) {
  const rows = await queryAll(state, z.looseObject({ sk: z.string() }), {
    partition: recordPartition('inspection', inspection),
    from: CORRECTION_PREFIX,
    through: evidenceThrough,
  });
  const under = (prefix: string) => rows.filter(({ sk }) => sk.startsWith(prefix));
  return {
    corrections: z.array(CorrectionBeside).parse(under(CORRECTION_PREFIX)),
    events: z
      .array(Outbox)
      .parse(under(EVENT_PREFIX))
      .map(({ event }) => event),
    evidence: z.array(Evidence).parse(under(EVIDENCE_PREFIX)),
  };
}

/** Which of the stored pieces of evidence the storage has as they were stored. */
async function keptOf(objects: ObjectStore, evidence: readonly Evidence[]): Promise<ReadonlySet<string>> {
  const stored = evidence.filter(({ status }) => status === 'stored');
  const kept = new Set<string>();
  for (let from = 0; from < stored.length; from += LOOKED_FOR) {
    const batch = stored.slice(from, from + LOOKED_FOR);
    await Promise.all(
      batch.map(async (one) => {
        if (await isKept(objects, one)) kept.add(one.id);
      }),
    );
  }
  return kept;
}

/** What hangs off an inspection, in the order in which it was raised. */
export async function recordsOn(
  state: StateTable,
  inspection: string,
): Promise<Pick<CaseFile, 'followUps' | 'handovers'>> {
  const docket = await docketOf(state, inspection);
  return recordsIn(await loadTogether(state, keysOf(docket)), docket);
}

const followUpKeys = ({ followUps }: Docket) => followUps.map(({ id }) => stateKey('FOLLOW-UP', id));
const handoverKeys = ({ handovers }: Docket) => handovers.map(({ id }) => stateKey('HANDOVER', id));
const keysOf = (docket: Docket) => [...followUpKeys(docket), ...handoverKeys(docket)];

function recordsIn(found: Found, docket: Docket): Pick<CaseFile, 'followUps' | 'handovers'> {
  return {
    followUps: found.all(FollowUpCase, followUpKeys(docket)),
    handovers: found.all(Handover, handoverKeys(docket)),
  };
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
