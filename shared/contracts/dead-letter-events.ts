import * as z from 'zod';
import { count, entry } from './entry.ts';

/** Of whose letters, why, and which: by the queue's ids, and by the events that they held. What a letter says besides is nowhere. */
const decision = {
  reason: z.string(),
  letters: z.array(z.string()),
  events: z.array(z.string()),
  /** How many were still in the queue, about. */
  remaining: count,
};

/** What people decided about what could not be delivered inside. */
export const deadLetterEvents = {
  'dead-letters.redriven': entry('dead-letters.redriven', {
    zh: '重新发送死信',
    audience: 'outside',
    data: z.strictObject(decision),
  }),
  'dead-letters.discarded': entry('dead-letters.discarded', {
    zh: '死信结案',
    audience: 'outside',
    data: z.strictObject(decision),
  }),
};
