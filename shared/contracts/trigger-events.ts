import * as z from 'zod';
import { TriggerCategory } from '#domain/trigger/trigger.ts';
import { entry } from './entry.ts';

/** What happens to a trigger (触发). */
export const triggerEvents = {
  'trigger.received': entry('trigger.received', {
    zh: '收到触发',
    article: '2',
    audience: 'inside',
    data: z.strictObject({ source: z.string(), category: TriggerCategory, title: z.string() }),
  }),
  'trigger.fired': entry('trigger.fired', {
    zh: '触发抽查',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ policy: z.string(), policyVersion: z.int().positive() }),
  }),
  'trigger.held': entry('trigger.held', {
    zh: '转人工研判',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ reason: z.string(), title: z.string() }),
  }),
  'trigger.dismissed': entry('trigger.dismissed', {
    zh: '不予触发',
    article: '4',
    audience: 'outside',
    data: z.strictObject({ reason: z.string() }),
  }),
  'trigger.merged': entry('trigger.merged', {
    zh: '并入已有触发',
    article: '4',
    audience: 'inside',
    data: z.strictObject({
      /** The trigger that it is dealt with from now on. */
      into: z.string(),
      title: z.string(),
      /** The rule that would have fired once more; absent when the lead section merged by hand. */
      policy: z.string().optional(),
      reason: z.string().optional(),
      /** A business that it names too late to be checked besides the draw, which is proposed already. */
      late: z.string().optional(),
    }),
  }),
  'trigger.extended': entry('trigger.extended', {
    zh: '增加并入信息',
    article: '4',
    audience: 'outside',
    /** The trigger that was merged into this one, and how many have been by now. */
    data: z.strictObject({ merged: z.string(), reports: z.int().positive() }),
  }),
};
