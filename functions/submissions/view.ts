import type { SubmissionView } from '#contracts/api/submissions.ts';
import type { Submission } from '#domain/submission/submission.ts';

/** A file as staff see it. */
export function viewOf({ id, status, by, at, rows, unfit, csv, xlsx, answered }: Submission): SubmissionView {
  const link = `/exports/national/${id}`;
  return {
    id,
    status,
    by,
    at,
    rows,
    unfit,
    answered,
    files: {
      csv: { ...csv, link: `${link}/file?format=csv` },
      xlsx: { ...xlsx, link: `${link}/file?format=xlsx` },
    },
  };
}
