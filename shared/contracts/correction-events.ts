import * as z from 'zod';
import { CalendarDate } from '#domain/time/time.ts';
import { entry, hex64 } from './entry.ts';

/** Whose public record it is, for those who are told of it. */
const subject = { subjectId: z.string(), subjectName: z.string() };
const version = z.int().positive();
/** Of the version that now stands, and of the one before it: no version can be changed or left out afterwards. */
const hashes = { publicationHash: hex64, previousHash: hex64 };

/** What happens to corrections of published results (更正, article 16). Who asked of the public stands in no event. */
export const correctionEvents = {
  'correction.received': entry('correction.received', {
    zh: '收到更正申请',
    article: '16',
    audience: 'inside',
    data: z.strictObject({
      inspection: z.string(),
      ...subject,
      /** The units that answer it. */
      units: z.array(z.string()),
      from: z.enum(['public', 'staff']),
      answerBy: CalendarDate,
    }),
  }),
  'correction.granted': entry('correction.granted', {
    zh: '同意更正',
    article: '16',
    audience: 'outside',
    data: z.strictObject({
      inspection: z.string(),
      outcome: z.enum(['corrected', 'withdrawn']),
      /** The version of the public record that it made. */
      version,
    }),
  }),
  'correction.refused': entry('correction.refused', {
    zh: '不予更正',
    article: '16',
    audience: 'outside',
    data: z.strictObject({ inspection: z.string(), reason: z.string() }),
  }),
  'inspection.republished': entry('inspection.republished', {
    zh: '更正后重新公示',
    article: '16',
    audience: 'inside',
    data: z.strictObject({ correction: z.string(), version, ...hashes, reason: z.string() }),
  }),
  'inspection.withdrawn': entry('inspection.withdrawn', {
    zh: '依法撤下公示',
    article: '16',
    audience: 'inside',
    data: z.strictObject({
      correction: z.string(),
      version,
      ...hashes,
      legalReason: z.string(),
      ...subject,
    }),
  }),
};
