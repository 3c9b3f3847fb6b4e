import * as z from 'zod';
import { Deadline } from '#domain/deadline/deadline.ts';
import { Message, Words } from '#domain/message/message.ts';
import { Person } from '#domain/person/person.ts';
import { Instant } from '#domain/time/time.ts';
import { Waiting } from '#domain/today/waiting.ts';

/** A deadline that the person has to keep. */
const OwnDeadline = z.strictObject({
  ...Deadline.pick({ id: true, kind: true, of: true, due: true, provisional: true, status: true }).shape,
  label: z.string(),
  /** The subject's name, or the title of a trigger or draw; absent where the record has none. */
  about: z.string().optional(),
  units: z.array(z.string()),
  /** Working days that are left; negative when it is overdue. */
  remaining: z.int(),
  overdue: z.boolean(),
  /** Whether a longer day or a pause waits for its approval. */
  requested: z.boolean(),
});
export type OwnDeadline = z.infer<typeof OwnDeadline>;

export const Today = z.strictObject({
  person: z.strictObject({
    ...Person.pick({ staffNo: true, name: true, role: true }).shape,
    /** Empty for an administrator whom the installation names and no library knows. */
    unit: z.string(),
  }),
  /** The soonest first, at most fifty. */
  deadlines: z.array(OwnDeadline),
  /** Whether there are more than these. */
  more: z.boolean(),
  messages: z.strictObject({
    /** Those of the newest hundred that came since the person looked. */
    unread: z.int(),
    seenUntil: Instant.optional(),
    newest: z.array(
      z.strictObject({
        ...Message.pick({ id: true, at: true, urgency: true, zh: true, en: true }).shape,
        ...Words.shape,
        unread: z.boolean(),
      }),
    ),
  }),
  waiting: z.array(z.strictObject({ what: Waiting, zh: z.string(), en: z.string(), count: z.int() })),
});
export type Today = z.infer<typeof Today>;

/** Until when the person has looked: now, when nothing is said. */
export const SeenBody = z.strictObject({ until: Instant.optional() });
export const SeenAnswer = z.strictObject({ until: Instant });
