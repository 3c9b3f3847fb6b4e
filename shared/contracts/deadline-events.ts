import * as z from 'zod';
import { DeadlineKind, DeadlineRequest } from '#domain/deadline/deadline.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { AggregateKind, entry } from './entry.ts';

const { what, workingDays, reason } = DeadlineRequest.shape;
/** Which deadline, of what, and the units that answer for it. */
const which = {
  deadline: DeadlineKind,
  of: z.strictObject({ kind: AggregateKind, id: z.string() }),
  units: z.array(z.string()),
};

/** Longer days and pauses of deadlines that are not statutory: asked for, decided by somebody else, and over. */
export const deadlineEvents = {
  'deadline.requested': entry('deadline.requested', {
    zh: '申请延期或中止',
    audience: 'inside',
    data: z.strictObject({ ...which, due: CalendarDate, what, workingDays, reason }),
  }),
  'deadline.granted': entry('deadline.granted', {
    zh: '批准延期或中止',
    audience: 'inside',
    data: z.strictObject({
      ...which,
      what,
      workingDays,
      reason,
      requestedBy: z.string(),
      /** Its day before and after; the same while it is paused. */
      from: CalendarDate,
      to: CalendarDate,
    }),
  }),
  'deadline.request-refused': entry('deadline.request-refused', {
    zh: '不予延期或中止',
    audience: 'inside',
    data: z.strictObject({ ...which, due: CalendarDate, what, requestedBy: z.string(), reason }),
  }),
  'deadline.resumed': entry('deadline.resumed', {
    zh: '期限恢复计算',
    audience: 'inside',
    data: z.strictObject({ ...which, from: CalendarDate, to: CalendarDate, reason }),
  }),
};
