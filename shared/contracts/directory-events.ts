import * as z from 'zod';
import { Leave } from '#domain/inspector/inspector.ts';
import { Credential, Rung } from '#domain/inspector/warning.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { entry } from './entry.ts';

/** What happens in the directory of inspectors (执法检查人员名录库, article 5) besides imports. */
export const directoryEvents = {
  'inspector.warned': entry('inspector.warned', {
    zh: '执法资格到期提醒',
    article: '5',
    audience: 'inside',
    data: z.strictObject({
      name: z.string(),
      unit: z.string(),
      /** What runs out: the certificate (执法证) or the training (培训). */
      of: Credential,
      /** Its last valid day. */
      through: CalendarDate,
      rung: Rung,
      /** Days to the last valid day, negative once past. */
      daysLeft: z.int(),
    }),
  }),
  'inspector.leave-set': entry('inspector.leave-set', {
    zh: '登记休假',
    article: '5',
    audience: 'outside',
    data: z.strictObject({ unit: z.string(), leave: z.array(Leave), before: z.array(Leave) }),
  }),
  'inspector.trained': entry('inspector.trained', {
    zh: '登记培训',
    article: '5',
    audience: 'outside',
    data: z.strictObject({
      unit: z.string(),
      title: z.string(),
      on: CalendarDate,
      validThrough: CalendarDate,
      /** How long the training counted before; absent for somebody never trained. */
      before: CalendarDate.optional(),
    }),
  }),
};
