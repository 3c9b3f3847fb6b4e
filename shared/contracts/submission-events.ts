import * as z from 'zod';
import { count, entry, hex64 } from './entry.ts';

/** What happens to the files for the national system (报送文件, article 7(6)). */
export const submissionEvents = {
  'submission.made': entry('submission.made', {
    zh: '生成报送文件',
    article: '7(6)',
    audience: 'outside',
    /** Rows that went out, rows that did not fit and stay owed, and what the two files hash to. */
    data: z.strictObject({ rows: count, unfit: count, rowsHash: hex64, csvHash: hex64, xlsxHash: hex64 }),
  }),
  'submission.confirmed': entry('submission.confirmed', {
    zh: '报送文件已接收',
    article: '7(6)',
    audience: 'outside',
    data: z.strictObject({}),
  }),
  'submission.rejected': entry('submission.rejected', {
    zh: '报送文件被退回',
    article: '7(6)',
    audience: 'outside',
    /** Its rows are owed again. */
    data: z.strictObject({ reason: z.string(), rows: count }),
  }),
};
