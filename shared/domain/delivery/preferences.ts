import * as z from 'zod';
import { addresses, ChannelId, type Channel } from '#domain/channel/channel.ts';
import type { Urgency } from '#domain/message/message.ts';
import type { Person } from '#domain/person/person.ts';
import { QuietHours } from './hours.ts';

export const Language = z.enum(['zh', 'en', 'both']);
export type Language = z.infer<typeof Language>;

const Chosen = z
  .array(ChannelId)
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, { error: '不能重复 each once' });

/** How somebody wants to be told outside the inbox. A list of channels that is absent means every one that addresses them; an empty one means none. */
export const PreferencesBody = z.strictObject({
  immediate: Chosen.optional(),
  digest: Chosen.optional(),
  language: Language.default('both'),
  quiet: QuietHours.optional(),
});
export type PreferencesBody = z.infer<typeof PreferencesBody>;

/** One person's, under their staff number. */
export const Preferences = PreferencesBody.extend({
  id: z.string(),
  version: z.int().positive(),
}).strip();
export type Preferences = z.infer<typeof Preferences>;

/** What holds for whoever has chosen nothing. */
export const DEFAULT_PREFERENCES: PreferencesBody = { language: 'both' };

/** The channels by which a person hears of what is so urgent: those that address them, and of these the ones that they chose. */
export function channelsFor(
  channels: readonly Channel[],
  person: Pick<Person, 'role' | 'unit' | 'email'>,
  preferences: PreferencesBody,
  urgency: Urgency,
): Channel[] {
  const chosen = preferences[urgency];
  return channels.filter(
    (channel) => addresses(channel, person) && (chosen === undefined || chosen.includes(channel.id)),
  );
}
