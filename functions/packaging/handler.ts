import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import type { Archive, ArchivePackage } from '#domain/archive/archive.ts';
import { zipped } from '#files/package.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { packageKey, writeObject } from '#store/archive-files.ts';
import { loadArchive, savedArchive } from '#store/archives.ts';
import type { CaseStores } from '#store/case-files.ts';
import { answeredBefore, commit } from '#store/commit.ts';
import { loadInspection } from '#store/inspections.ts';
import { openLedger } from '#store/ledger.ts';
import { openObjects } from '#store/objects.ts';
import { openState } from '#store/store.ts';
import { contentsOf } from './contents.ts';

const environment = once(() => environmentOf('packaging'));
const stores = once((): CaseStores => ({
  state: openState(environment().STATE_TABLE),
  ledger: openLedger(environment().LEDGER_TABLE),
  objects: openObjects(environment().EVIDENCE_BUCKET),
}));

/** Builds the package of an archived inspection: a step of its own, which may take minutes (article 13). */
export const handler = busFunction('packaging', {
  'inspection.archived': build,
});

/**
 * Writes the package and commits what it is. What is in it was fixed by the archiving: a run after a crash writes the same bytes
 * to the same place.
 */
async function build(event: EventOf<'inspection.archived'>): Promise<Handled> {
  const { state, objects } = stores();
  if ((await answeredBefore(state, 'packaging', event.id)) !== undefined) return 'done-before';
  const { id } = event.about;
  const archive = await loadArchive(state, id);
  const { files, listed, beside } = await contentsOf(stores(), await loadInspection(state, id), archive);
  const written = await writeObject(objects, packageKey(id), zipped(files), 'application/zip');
  const next: Archive & { readonly package: ArchivePackage } = {
    ...archive,
    version: archive.version + 1,
    package: { at: event.time, ...written, files: [...listed], beside: [...beside] },
  };
  const outcome = await commit(state, {
    at: event.time,
    once: { consumer: 'packaging', key: event.id },
    writes: [savedArchive(next)],
    events: [
      newEvent('inspection.packaged', {
        ...consequenceOf(event, 'packaging', 'inspection', { id, version: event.about.version + 1 }),
        data: {
          archiveNumber: archive.number,
          files: listed.length,
          bytes: written.bytes,
          packageHash: written.sha256,
        },
      }),
    ],
  });
  return outcome.kind;
}
