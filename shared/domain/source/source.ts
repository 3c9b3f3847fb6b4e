import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** 24 to 64 bytes in base64 after the prefix, as Standard Webhooks asks: with an empty key everybody could sign. */
const Secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/);

/** A system that may send triggers by webhook, e.g. the 12315 or 12345 hotline. */
export const Source = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,31}$/, 'lower-case letters, digits and hyphens, e.g. hotline-12345'),
  version: z.int().positive(),
  name: z.string().trim().min(1).max(100),
  /** Standard Webhooks symmetric secrets, newest first; during a rotation the older one is still accepted. */
  secrets: z.array(Secret).min(1).max(2),
  registeredAt: Instant,
});
export type Source = z.infer<typeof Source>;
