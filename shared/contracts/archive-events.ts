import * as z from 'zod';
import { count, entry, hex64 } from './entry.ts';

/** The end of an inspection: everything is done, and its file is closed (articles 13, 15). */
export const archiveEvents = {
  'inspection.closed': entry('inspection.closed', {
    zh: '检查办结',
    article: '15',
    audience: 'outside',
    data: z.strictObject({ followUps: count, handovers: count }),
  }),
  'inspection.archived': entry('inspection.archived', {
    zh: '检查归档',
    article: '13',
    audience: 'inside',
    data: z.strictObject({ archiveNumber: z.string(), unit: z.string() }),
  }),
  'inspection.packaged': entry('inspection.packaged', {
    zh: '生成档案包',
    article: '13',
    audience: 'outside',
    data: z.strictObject({
      archiveNumber: z.string(),
      files: count,
      bytes: count,
      /** SHA-256 of the package, a ZIP: it can't be changed unseen. */
      packageHash: hex64,
    }),
  }),
};
