import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import type { RowError } from '#domain/library/column.ts';
import type { LibraryName } from '#domain/library/library.ts';
import { BYTE_ORDER_MARK, csvText, ERROR_HEADER, errorRow } from '#files/csv.ts';
import { CSV_TYPE } from '#files/writer.ts';
import type { Handled } from '#lambda/bus.ts';
import { commit, settled } from '#store/commit.ts';
import { addCounts, planRows } from '#store/importing.ts';
import { importedLibrary, ImportRun, keepOutcome, outcomesOfParts, readPart } from '#store/imports.ts';
import { objectKeys, putObject } from '#store/objects.ts';
import { mustLoad, updated } from '#store/records.ts';
import type { Surroundings } from './read-file.ts';

type Continued = EventOf<'library.import-continued'>;

/**
 * Writes the parts that come next, at most so many rows, and says how far the import is; after the last part it closes the
 * import. What a part comes to is kept before its rows are written: a crash between the two would let the second attempt find
 * its own rows and count them as unchanged. The rows themselves are the same whoever writes them, and however often.
 */
export async function goOn(around: Surroundings, event: Continued): Promise<Handled> {
  const run = await mustLoad(around.store, ImportRun, 'LIBRARY', event.about.id);
  if (run.status !== 'running' || run.next !== event.data.part) return 'done-before';
  return run.next === run.parts ? finish(around, run, event) : writeParts(around, run, event);
}

async function writeParts(around: Surroundings, run: ImportRun, event: Continued): Promise<Handled> {
  let next: ImportRun = { ...run, version: run.version + 1 };
  while (next.next < run.parts && next.done - run.done < around.rows) {
    next = await writePart(around, next, run.library, event);
  }
  const { kind } = await commit(around.store, {
    at: event.time,
    once: { consumer: 'imports', key: event.id },
    writes: [updated('LIBRARY', next)],
    events: [
      newEvent('library.import-continued', {
        ...consequenceOf(event, 'imports', 'library', next),
        data: { library: run.library, part: next.next, rows: next.done },
      }),
    ],
  });
  return kind;
}

/** Writes one part of the file; gives the run as it stands after it. */
async function writePart(
  { store, objects }: Surroundings,
  run: ImportRun,
  library: LibraryName,
  { time }: Continued,
): Promise<ImportRun> {
  const part = await readPart(objects, run.id, library, run.next);
  const plan = await planRows(store, library, part.rows, time);
  const kept = await keepOutcome(store, run.id, run.next, time, {
    counts: plan.counts,
    faults: [...plan.faults],
  });
  if (!run.dryRun) await plan.apply();
  const unreadable = new Set(part.faults.map(({ row }) => row)).size;
  const counts = addCounts(run.counts, kept.counts);
  return {
    ...run,
    next: run.next + 1,
    done: run.done + part.rows.length + unreadable,
    counts: { ...counts, rejected: counts.rejected + unreadable },
    faults: run.faults + part.faults.length + kept.faults.length,
  };
}

async function finish(around: Surroundings, run: ImportRun, event: Continued): Promise<Handled> {
  const { store, objects } = around;
  if (run.faults > 0) {
    await putObject(objects, objectKeys.errors(run.id), await errorFile(around, run), CSV_TYPE);
  }
  const next: ImportRun = { ...run, version: run.version + 1, status: 'finished', finishedAt: event.time };
  // Another import of the library may close in the same moment: both meet on the library's own record.
  const { kind } = await settled(async () => {
    const change = run.dryRun
      ? undefined
      : await importedLibrary(store, {
          library: run.library,
          counts: run.counts,
          contentHash: run.contentHash ?? '',
          at: event.time,
          actor: { kind: 'person', id: run.by },
        });
    return commit(store, {
      at: event.time,
      once: { consumer: 'imports', key: event.id },
      writes: [updated('LIBRARY', next), ...(change?.writes ?? [])],
      events: [
        newEvent('library.import-finished', {
          ...consequenceOf(event, 'imports', 'library', next),
          data: { library: run.library, dryRun: run.dryRun, ...run.counts },
        }),
        ...(change?.events ?? []),
      ],
    });
  });
  return kind;
}

/** Every row at fault, in the order of the file: what could not be read, and what could not be imported. */
async function errorFile({ store, objects }: Surroundings, run: ImportRun): Promise<string> {
  const pieces = [BYTE_ORDER_MARK, csvText([ERROR_HEADER])];
  for (const [part, outcome] of (await outcomesOfParts(store, run.id)).entries()) {
    const { faults } = await readPart(objects, run.id, run.library, part);
    const all: RowError[] = [...faults, ...outcome.faults];
    pieces.push(csvText(all.toSorted((a, b) => a.row - b.row).map(errorRow)));
  }
  return pieces.join('');
}
