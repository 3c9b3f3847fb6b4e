import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/**
 * How soon a message is to reach people outside the inbox: at once (a new assignment, a change of the team, an overdue statutory
 * deadline, what somebody waits for today), or in the one message of the next working morning that lists all of it.
 */
export const Urgency = z.enum(['immediate', 'digest']);
export type Urgency = z.infer<typeof Urgency>;

/** What a message says in one language. */
export const Words = z.object({ subject: z.string(), text: z.string() });
export type Words = z.infer<typeof Words>;

/** A message in a person's in-app inbox. Its id follows from its cause and recipient, so a cause speaks to a person once. */
export const Message = z.object({
  id: z.string(),
  version: z.int().positive(),
  to: z.string(),
  at: Instant,
  urgency: Urgency,
  zh: Words,
  en: Words,
  /** The event that it tells of. */
  cause: z.string(),
  correlation: z.string(),
});
export type Message = z.infer<typeof Message>;

/** A message as it is read where both languages stand together: Chinese first, the English below it. */
export function inBoth({ zh, en }: Pick<Message, 'zh' | 'en'>): Words {
  return { subject: zh.subject, text: `${zh.text}\n${en.text}` };
}
