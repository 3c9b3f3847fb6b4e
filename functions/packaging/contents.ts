import { sha256 } from '#sha256';
import type { MingchouEvent } from '#contracts/events.ts';
import { byName, packable, sha256Sums, type Archive, type ArchivedFile } from '#domain/archive/archive.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { evidenceTypes } from '#domain/evidence/media-type.ts';
import type { Evidence } from '#domain/evidence/evidence.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { isWithdrawn, type PublicRecord } from '#domain/inspection/publication.ts';
import type { Instant } from '#domain/time/time.ts';
import type { PackageFile } from '#files/package.ts';
import { keptBytes } from '#store/archive-files.ts';
import { eventsOn, recordsOn, type CaseStores } from '#store/case-files.ts';
import { evidenceOf } from '#store/evidence.ts';
import { historyOf } from '#store/history.ts';
import { recordsOf } from '#store/inspection-records.ts';
import { entriesOf } from '#store/ledger.ts';
import { publicVersions } from '#store/publications.ts';
import { drawFiles } from './draws.ts';
import { indexPage } from './index-page.tsx';
import { papersOf } from './papers.ts';
import { json, type Step, type Text } from './shown.ts';
import { VERIFICATION } from './verification.ts';

/** What a package holds. */
interface Contents {
  /** In the order of their names. */
  readonly files: readonly PackageFile[];
  readonly listed: readonly ArchivedFile[];
  /** Evidence that found no room. */
  readonly beside: readonly ArchivedFile[];
}

/** Everything that belongs to an inspection as it was when it was archived, as files. What came later is in no package. */
export async function contentsOf(
  stores: CaseStores,
  inspection: Inspection,
  archive: Archive,
): Promise<Contents> {
  const { state, objects } = stores;
  const { id } = inspection;
  const { followUps, handovers } = await recordsOn(state, id);
  const [publications, entered, steps, draws, evidence, papers] = await Promise.all([
    versionsUntil(stores, id, archive.at),
    recordsOf(state, id),
    stepsUntil(stores, inspection, archive.at),
    drawFiles(state, inspection),
    evidenceOf(state, id),
    papersOf(state, inspection, archive.at),
  ]);
  const stored = evidence
    .filter(({ status, storedAt }) => status === 'stored' && storedAt !== undefined && storedAt <= archive.at)
    .map((one) => ({ name: evidenceName(one), size: one.size, sha256: one.sha256, evidence: one }));
  const { packed, beside } = packable(stored);
  const shown = { inspection, archive, followUps, handovers, publications, steps, evidence: stored };
  const texts: Text[] = [
    { name: 'VERIFY.txt', text: VERIFICATION },
    ...papers,
    json('inspection/inspection.json', inspection),
    json('inspection/records.json', entered),
    ...followUps.map((one) => json(`follow-ups/${one.id}.json`, one)),
    ...handovers.map((one) => json(`handovers/${one.id}.json`, one)),
    // The file's hash is the one that the ledger's event holds.
    ...publications.map((one) => ({
      name: `publications/version-${String(one.version).padStart(3, '0')}.json`,
      text: canonicalJson(one),
    })),
    json('audit/events.json', steps),
    ...draws,
  ];
  const inside = [...texts.map(listedText), ...packed.map(listedEvidence)].toSorted(byName);
  const left = beside.map(listedEvidence);
  const index = { name: 'index.html', text: indexPage(shown, inside, left) };
  const summed = [...inside, listedText(index)].toSorted(byName);
  const sums = { name: 'SHA256SUMS', text: sha256Sums(summed) };
  return {
    files: [
      ...texts,
      index,
      sums,
      ...packed.map(({ name, evidence: one }) => ({ name, bytes: keptBytes(objects, one) })),
    ].toSorted(byName),
    listed: [...summed, listedText(sums)].toSorted(byName),
    beside: left,
  };
}

function listedText({ name, text }: Text): ArchivedFile {
  return { name, size: new TextEncoder().encode(text).length, sha256: sha256(text) };
}

function listedEvidence({ name, size, sha256: hash }: ArchivedFile): ArchivedFile {
  return { name, size, sha256: hash };
}

/** Named by its id: what people called it stands in the list, and is no path. */
function evidenceName({ id, mediaType }: Pick<Evidence, 'id' | 'mediaType'>): string {
  return `evidence/${id}.${evidenceTypes[mediaType].extension}`;
}

/** The public versions that there were, oldest first. */
async function versionsUntil(
  { state }: CaseStores,
  id: string,
  until: Instant,
): Promise<readonly PublicRecord[]> {
  const versions = await publicVersions(state, id);
  return versions.filter((one) => madeAt(one) <= until).toSorted((a, b) => a.version - b.version);
}

function madeAt(record: PublicRecord): Instant {
  return isWithdrawn(record) ? record.withdrawn.at : (record.corrected?.at ?? record.publishedAt);
}

/** The audit trail until then: of the inspection, what hangs off it, its draws and its corrections, in the order of the ledger. */
async function stepsUntil(
  { state, ledger }: CaseStores,
  { id, draws }: Inspection,
  until: Instant,
): Promise<readonly Step[]> {
  const own = await eventsOn(state, id, await recordsOn(state, id));
  const corrections = new Set(own.flatMap(correctionOf));
  const others = await Promise.all([
    ...draws.map((draw) => historyOf(state, 'draw', draw.id)),
    ...[...corrections].map((correction) => historyOf(state, 'correction', correction)),
  ]);
  const events = [...own, ...others.flat()].filter(
    ({ time, type }) => time <= until && type !== 'inspection.archived' && type !== 'inspection.packaged',
  );
  const entries = await entriesOf(
    ledger,
    events.map((event) => event.id),
  );
  return events
    .map((event): Step => ({ event, entry: entries.get(event.id) }))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

function correctionOf(event: MingchouEvent): string[] {
  return event.type === 'inspection.republished' || event.type === 'inspection.withdrawn'
    ? [event.data.correction]
    : [];
}

function placeOf({ entry }: Step): number {
  return entry?.seq ?? Number.MAX_SAFE_INTEGER;
}
