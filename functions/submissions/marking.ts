import { newEvent } from '#contracts/events.ts';
import {
  deliveredIn,
  takenBack,
  unfitFor,
  wasIn,
  type Delivery,
  type Sent,
} from '#domain/submission/sent.ts';
import { decide, type Submission } from '#domain/submission/submission.ts';
import type { Instant } from '#domain/time/time.ts';
import { commit, settled } from '#store/commit.ts';
import { publicRecords } from '#store/publications.ts';
import { sentOf, updatedSent } from '#store/sent.ts';
import {
  loadSubmission,
  loadSubmitting,
  nowSubmitting,
  submittedRows,
  updatedSubmission,
  type SubmittedRow,
} from '#store/submissions.ts';
import { store } from './asking.ts';

/*
 * A file has more records than a transaction has items: they are marked page by page, and one last commit says that all of
 * them are. Whoever finds a file whose marking was broken off carries it on; a record that is marked is passed over.
 */

/** Marks what a file that was begun holds as sent, unless that is done. */
export async function finish(id: string): Promise<Submission> {
  const submission = await loadSubmission(store(), id);
  if (submission.status !== 'marking') return submission;
  for await (const rows of submittedRows(store(), submission)) {
    await mark(rows, submission.at, () =>
      Promise.resolve((sent: Sent, row: SubmittedRow) => marked(sent, row, submission)),
    );
  }
  return settled(async () => {
    const [current, submitting] = await Promise.all([loadSubmission(store(), id), loadSubmitting(store())]);
    // Another copy was faster.
    if (current.status !== 'marking') return current;
    const made = decide(current, { kind: 'finish' });
    const { rows, unfit, rowsHash, csv, xlsx, at, by } = made;
    await commit(store(), {
      at,
      writes: [updatedSubmission(made), nowSubmitting(submitting)],
      events: [
        newEvent('submission.made', {
          time: at,
          about: { kind: 'submission', id, version: made.version },
          correlation: id,
          causation: id,
          actor: { kind: 'person', id: by },
          data: { rows, unfit, rowsHash, csvHash: csv.hash, xlsxHash: xlsx.hash },
        }),
      ],
    });
    return made;
  });
}

function marked(sent: Sent, { kind, version, faults }: SubmittedRow, { id, at, by }: Submission): Sent {
  if (wasIn(sent, id)) return sent;
  const delivery: Delivery = { submission: id, kind, version, at, by };
  return faults.length > 0 ? unfitFor(sent, id, version) : deliveredIn(sent, delivery);
}

/** Gives back what a refused file held, unless that is done: it is owed again. */
export async function giveBack(id: string): Promise<Submission> {
  const submission = await loadSubmission(store(), id);
  const { answered } = submission;
  if (submission.status !== 'rejecting' || answered === undefined) return submission;
  for await (const rows of submittedRows(store(), submission)) {
    await mark(rows, answered.at, async (ids) => {
      const records = await publicRecords(store(), ids);
      return (sent) => {
        const record = records.get(sent.id);
        return record === undefined || !wasIn(sent, id) ? sent : takenBack(sent, id, record, answered.at);
      };
    });
  }
  return settled(async () => {
    const current = await loadSubmission(store(), id);
    if (current.status !== 'rejecting') return current;
    const rejected = decide(current, { kind: 'give-back' });
    await commit(store(), {
      at: answered.at,
      writes: [updatedSubmission(rejected)],
      events: [
        newEvent('submission.rejected', {
          time: answered.at,
          about: { kind: 'submission', id, version: rejected.version },
          correlation: id,
          causation: id,
          actor: { kind: 'person', id: answered.by },
          data: { reason: answered.reason ?? '', rows: rejected.rows },
        }),
      ],
    });
    return rejected;
  });
}

type Change = (sent: Sent, row: SubmittedRow) => Sent;

/**
 * Changes what was sent of the records of a page, in one transaction; a correction that comes between makes it read again.
 * @param prepare reads what the change needs, after what was sent was read: then it is no older than that
 */
function mark(
  rows: readonly SubmittedRow[],
  at: Instant,
  prepare: (inspections: readonly string[]) => Promise<Change>,
): Promise<void> {
  return settled(async () => {
    const byInspection = new Map(rows.map((row) => [row.inspection, row]));
    const known = await sentOf(store(), [...byInspection.keys()]);
    const change = await prepare([...byInspection.keys()]);
    const writes = known.flatMap((sent) => {
      const row = byInspection.get(sent.id);
      const next = row === undefined ? sent : change(sent, row);
      return next === sent ? [] : [updatedSent(next)];
    });
    if (writes.length > 0) await commit(store(), { at, writes, events: [] });
  });
}
