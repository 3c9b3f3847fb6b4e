import * as z from 'zod';
import { PolicyKind } from '#domain/policy/body.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { count, entry, hex64 } from './entry.ts';

const rehearsed = { policy: z.string(), about: PolicyKind, contentHash: hex64 };

/** What happens to the rules: they are rehearsed, and adopted (article 17). */
export const policyEvents = {
  'rehearsal.started': entry('rehearsal.started', {
    zh: '开始规则试运行',
    article: '17',
    audience: 'inside',
    data: z.strictObject({ ...rehearsed, from: CalendarDate, through: CalendarDate }),
  }),
  'rehearsal.continued': entry('rehearsal.continued', {
    zh: '继续规则试运行',
    article: '17',
    audience: 'inside',
    /** Steps that were made, and how much was looked at of how much. */
    data: z.strictObject({ policy: z.string(), step: count, done: count, total: count }),
  }),
  'rehearsal.finished': entry('rehearsal.finished', {
    zh: '规则试运行完毕',
    article: '17',
    audience: 'outside',
    /** What was looked at, what the policy would have done something about, and what it could not be computed for. */
    data: z.strictObject({ ...rehearsed, looked: count, found: count, failed: count }),
  }),
  'policy.adopted': entry('policy.adopted', {
    zh: '规则生效',
    article: '17',
    audience: 'outside',
    data: z.strictObject({
      policyVersion: z.int().positive(),
      contentHash: hex64,
      /** The rule held for half of the library or more when it was rehearsed, and was wanted all the same. */
      confirmed: z.literal(true).optional(),
    }),
  }),
};
