import * as z from 'zod';
import { Receiver } from '#domain/handover/handover.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { entry, hex64 } from './entry.ts';

const of = { inspection: z.string(), subjectId: z.string(), subjectName: z.string() };

/** What happens to clues that are handed over (线索移送, article 11). What a clue says stands in no event. */
export const handoverEvents = {
  'handover.raised': entry('handover.raised', {
    zh: '提出线索移送',
    article: '11',
    audience: 'inside',
    data: z.strictObject({
      ...of,
      from: z.string(),
      receiver: Receiver,
      field: z.string(),
      /** Of the clue's text: what was handed over can't be changed unseen. */
      clueHash: hex64,
      receiptBy: CalendarDate,
    }),
  }),
  'handover.sent': entry('handover.sent', {
    zh: '移送线索',
    article: '11',
    audience: 'inside',
    data: z.strictObject({
      ...of,
      from: z.string(),
      receiver: Receiver,
      field: z.string(),
      receiptBy: CalendarDate,
    }),
  }),
  'handover.received': entry('handover.received', {
    zh: '线索回执',
    article: '11',
    audience: 'outside',
    data: z.strictObject({ inspection: z.string(), number: z.string(), on: CalendarDate }),
  }),
  'handover.returned': entry('handover.returned', {
    zh: '退回线索',
    article: '11',
    audience: 'inside',
    data: z.strictObject({ ...of, from: z.string(), raisedBy: z.string(), reason: z.string() }),
  }),
  'handover.closed': entry('handover.closed', {
    zh: '办结线索移送',
    article: '11',
    audience: 'inside',
    data: z.strictObject({ inspection: z.string(), note: z.string() }),
  }),
};
