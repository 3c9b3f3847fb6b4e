import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { isWithdrawn, Publication, type PublicRecord } from '#domain/inspection/publication.ts';
import { submissionHeader, submissionRow, type Reported } from '#domain/submission/columns.ts';
import { kindOf, type Sent } from '#domain/submission/sent.ts';
import { CSV_TYPE, csvWriter, WORKBOOK_TYPE, workbookWriter, type SheetWriter } from '#files/writer.ts';
import { objectKeys, putObject } from '#store/objects.ts';
import { publicRecords } from '#store/publications.ts';
import { stateKey, versionKey } from '#store/keys.ts';
import { loadMany } from '#store/store.ts';
import type { SubmittedRow } from '#store/submissions.ts';
import { objects, store } from './asking.ts';

/** What a file would hold, before anything is marked. */
interface Draft {
  readonly rows: readonly SubmittedRow[];
  readonly rowsHash: string;
  readonly csv: SubmissionFile;
  readonly xlsx: SubmissionFile;
}

interface SubmissionFile {
  readonly hash: string;
  readonly bytes: number;
}

/** Makes both files of what is owed and puts them into the bucket; nobody reads them before they are named by a commit. */
export async function draftOf(id: string, owed: readonly Sent[]): Promise<Draft> {
  const sheets = { csv: csvWriter(submissionHeader), xlsx: workbookWriter(submissionHeader) };
  const rows: SubmittedRow[] = [];
  for (const reported of await reportedOf(owed)) {
    const { cells, faults } = submissionRow(reported);
    const row = rows.length + 1;
    const { inspection, version } = reported.record;
    rows.push({
      inspection,
      version,
      kind: reported.kind,
      faults: faults.map((fault) => ({ ...fault, row })),
    });
    if (faults.length > 0) continue;
    await Promise.all([sheets.csv.add([cells]), sheets.xlsx.add([cells])]);
  }
  return {
    rows,
    rowsHash: sha256(canonicalJson(rows)),
    csv: await stored(id, 'csv', sheets.csv, CSV_TYPE),
    xlsx: await stored(id, 'xlsx', sheets.xlsx, WORKBOOK_TYPE),
  };
}

async function stored(
  id: string,
  format: 'csv' | 'xlsx',
  sheet: SheetWriter,
  type: string,
): Promise<SubmissionFile> {
  const bytes = await sheet.end();
  const hash = sha256(bytes);
  await putObject(objects(), objectKeys.submission(id, hash, format), bytes, type);
  return { hash, bytes: bytes.byteLength };
}

/** The records that are owed as they stand, each with what its row is made of. */
async function reportedOf(owed: readonly Sent[]): Promise<Reported[]> {
  const records = await publicRecords(
    store(),
    owed.map(({ id }) => id),
  );
  const former = await lastSaid([...records.values()]);
  const told = owed.flatMap((sent): Omit<Reported, 'titles'>[] => {
    const record = records.get(sent.id);
    const publication = record === undefined || isWithdrawn(record) ? former.get(sent.id) : record;
    return record === undefined || publication === undefined
      ? []
      : [{ kind: kindOf(sent, record), record, publication }];
  });
  const titles = await titlesOf(told.flatMap(({ publication }) => publication.draws.map(({ id }) => id)));
  return told.map((one) => ({ ...one, titles }));
}

/** What was withdrawn last said: the receiving system has to be told which record to take away. */
async function lastSaid(records: readonly PublicRecord[]): Promise<ReadonlyMap<string, Publication>> {
  const keys = records.filter(isWithdrawn).map(({ id, version }) => versionKey(id, version - 1));
  const found = await loadMany(store(), Publication, keys);
  return new Map(found.map((publication) => [publication.id, publication]));
}

const Titled = z.object({ id: z.string(), title: z.string() });

async function titlesOf(draws: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(draws)].map((id) => stateKey('DRAW', id));
  const found = await loadMany(store(), Titled, keys, ['id', 'title']);
  return new Map(found.map(({ id, title }) => [id, title]));
}
