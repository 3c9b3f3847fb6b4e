import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** A message in a person's in-app inbox. Its id follows from its cause and recipient, so a cause speaks to a person once. */
export const Message = z.object({
  id: z.string(),
  version: z.int().positive(),
  to: z.string(),
  at: Instant,
  subject: z.string(),
  text: z.string(),
  /** The event that it tells of. */
  cause: z.string(),
  correlation: z.string(),
});
export type Message = z.infer<typeof Message>;
