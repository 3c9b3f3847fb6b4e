import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** What a record is: the word before `#` in its table key and before `.` in its events' names. */
export const AggregateKind = z.enum([
  'trigger',
  'draw',
  'inspection',
  'deadline',
  'message',
  'library',
  'policy',
  'source',
  'recusal',
  'inspector',
  'signal',
  'warning',
  'scan',
  'rehearsal',
  'calendar',
  'correction',
  'deadline-rules',
  'handover',
  'follow-up',
  'submission',
  'delivery',
  'channel',
  'preferences',
  'dead-letters',
]);
export type AggregateKind = z.infer<typeof AggregateKind>;

/**
 * Who hears an event: `inside` is consumed by a function of this stack; `outside` is for subscribers of the
 * installation (a data warehouse, another system's bus) and for the ledger, and needs no rule here.
 */
export type Audience = 'inside' | 'outside';

/**
 * Who did it: a person by staff number, a webhook source, a function of this stack by its folder's name, or somebody of the
 * public, whom no event names.
 */
export const Actor = z.strictObject({
  kind: z.enum(['person', 'source', 'function', 'public']),
  id: z.string(),
});
export type Actor = z.infer<typeof Actor>;

/**
 * The envelope of every event. `correlation` is the trigger's id and is carried from the webhook to the
 * publication; `causation` is the event or request that led to this one, and together with type and record it makes the id.
 */
const Envelope = z.strictObject({
  id: z.string(),
  time: Instant,
  about: z.strictObject({ kind: AggregateKind, id: z.string(), version: z.int().positive() }),
  correlation: z.string(),
  causation: z.string(),
  actor: Actor,
});

/** What every event says whatever its type; the id follows from it. */
export type EventFacts = Omit<z.infer<typeof Envelope>, 'id'>;

interface Description {
  readonly zh: string;
  /** The article of the regulation that the step carries out, where there is one. */
  readonly article?: string;
  readonly audience: Audience;
}

/** One event of the catalogue: what it means, and the shape of what it says. */
export function entry<const T extends string, Data extends z.ZodType>(
  type: T,
  described: Description & { readonly data: Data },
) {
  const { data, ...description } = described;
  return { ...description, data, schema: Envelope.extend({ type: z.literal(type), data }) };
}

/** A SHA-256 in hex. */
export const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
/** How many there are. */
export const count = z.int().nonnegative();
