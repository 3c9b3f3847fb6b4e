import * as z from 'zod';
import { DeadlineKind } from '#domain/deadline/deadline.ts';
import { DeadlineTable } from '#domain/deadline/rules.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { AggregateKind, count, entry, hex64 } from './entry.ts';

/** What happens to the working-day calendar (工作日历), and to the deadlines that are counted by it. */
export const calendarEvents = {
  'calendar.adopted': entry('calendar.adopted', {
    zh: '放假安排生效',
    article: '14',
    audience: 'inside',
    data: z.strictObject({
      year: z.int(),
      /** The whole arrangement: what deadlines were counted by can be read again after a later correction. */
      daysOff: z.array(CalendarDate),
      makeUpDays: z.array(CalendarDate),
      contentHash: hex64,
      /** Whether the year was known before, from the reference or an import. */
      corrects: z.boolean(),
    }),
  }),
  'deadline-rules.adopted': entry('deadline-rules.adopted', {
    zh: '期限规则生效',
    article: '17',
    audience: 'outside',
    data: z.strictObject({
      rulesVersion: z.int().positive(),
      /** Deadlines that start on this day or later go by it; those that run keep theirs. */
      effectiveFrom: CalendarDate,
      /** The whole table: what a deadline was counted by can be read in the ledger. */
      rules: DeadlineTable,
      contentHash: hex64,
    }),
  }),
  'calendar.recounting': entry('calendar.recounting', {
    zh: '继续重新计算期限',
    article: '14',
    audience: 'inside',
    data: z.strictObject({
      year: z.int(),
      /** The event `calendar.adopted` because of which deadlines are counted anew. */
      cause: z.string(),
      /** The step that comes next, from 0, and where among the open deadlines it goes on. */
      step: count,
      shard: count,
      after: z.string().optional(),
    }),
  }),
  'calendar.recounted': entry('calendar.recounted', {
    zh: '期限重新计算完毕',
    article: '14',
    audience: 'inside',
    data: z.strictObject({
      year: z.int(),
      cause: z.string(),
      steps: count,
    }),
  }),
  'deadline.moved': entry('deadline.moved', {
    zh: '期限变更',
    article: '14',
    audience: 'outside',
    data: z.strictObject({
      deadline: DeadlineKind,
      of: z.strictObject({ kind: AggregateKind, id: z.string() }),
      /** Its day before and after; the same when only `provisional` changed. */
      from: CalendarDate,
      to: CalendarDate,
      provisional: z.boolean(),
      /** Working days to go; 0 on the day, negative once past. */
      remaining: z.int(),
    }),
  }),
};
