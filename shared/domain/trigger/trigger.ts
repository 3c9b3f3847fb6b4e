import * as z from 'zod';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { triggerLifecycle } from './lifecycle.ts';

/** Where a trigger comes from (article 2): 投诉举报, 转办交办, 网络监测, 风险防控. */
export const TriggerCategory = z.enum(['complaint', 'referral', 'monitoring', 'risk']);
export type TriggerCategory = z.infer<typeof TriggerCategory>;

export const triggerCategoryLabels: Readonly<Record<TriggerCategory, string>> = {
  complaint: '投诉举报',
  referral: '转办交办',
  monitoring: '网络监测',
  risk: '风险防控',
};

/** How grave a report is. What is severe is never dealt with together with something else. */
export const Severity = z.enum(['normal', 'severe']);
export type Severity = z.infer<typeof Severity>;

/** A prefix of a GB/T 2260 division code (2, 4 or 6 digits), or of a town's or village's below it (9 or 12). */
export const TerritoryPrefix = z
  .string()
  .regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/, '2, 4, 6, 9 or 12 digits of a GB/T 2260 code, e.g. 410381');

/** A prefix of a GB/T 4754 industry code: a letter, then up to 4 digits. */
export const IndustryPrefix = z
  .string()
  .regex(/^[A-T]\d{0,4}$/, 'a letter A to T and up to 4 digits of a GB/T 4754 code, e.g. F52');

/** What a sender says happened. The sender's words are kept as they came; nothing here is trusted as a decision. */
export const TriggerReport = z.strictObject({
  category: TriggerCategory,
  /** Absent for normal. */
  severity: Severity.optional(),
  /** When it happened or was found, by the sender's clock. */
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().max(5_000).optional(),
  /** A named business, when the sender knows one. */
  subject: z
    .strictObject({
      id: z
        .string()
        .regex(/^[0-9A-Z]{1,32}$/, '1 to 32 digits and capital letters')
        .optional(),
      name: z.string().trim().min(1).max(200).optional(),
    })
    .optional(),
  /** The group of businesses that the report is about. */
  cohort: z
    .strictObject({ territory: TerritoryPrefix.optional(), industry: IndustryPrefix.optional() })
    .optional(),
  evidence: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(200),
        url: z.url({ protocol: /^https$/ }).max(2_000),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .max(20)
    .optional(),
});
export type TriggerReport = z.infer<typeof TriggerReport>;

/** `triaging` waits for a person: no rule knew what to do with it. */
export const TriggerStatus = z.enum(['received', 'triaging', 'fired', 'merged', 'dismissed']);
export type TriggerStatus = z.infer<typeof TriggerStatus>;

/** A policy that a person may want to fire a held trigger by, and what speaks for it. */
export const Suggestion = z.object({
  policy: z.string(),
  version: z.int().positive(),
  name: z.string(),
  /** `items` and `industry`: its check items, its criteria are about the industry that is named; `category`: its condition asks for the category. */
  because: z.array(z.enum(['items', 'industry', 'category'])).min(1),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** A report that is dealt with together with another. Its own record keeps all that it says. */
export const MergedReport = z.object({
  id: z.string(),
  source: z.string(),
  receivedAt: Instant,
  title: z.string(),
  /** The business that it names, which the draw checks besides what it draws. */
  subject: z.string().optional(),
  /** It came when the draw was proposed already: the business is not checked by that draw. */
  late: z.literal(true).optional(),
});
export type MergedReport = z.infer<typeof MergedReport>;

/** A trigger as stored: what came, from where, and what became of it (article 2). */
export const Trigger = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: TriggerStatus,
  source: z.string(),
  /** The sender's own id of this message; one message is one trigger however often it is delivered. */
  senderId: z.string(),
  receivedAt: Instant,
  report: TriggerReport,
  /** The rule that fired, with the version that was in force (article 17). */
  firedBy: z.object({ policy: z.string(), version: z.int().positive() }).optional(),
  /** Why nothing fired by itself, or why a person closed it. */
  reason: z.string().optional(),
  /** When it came to its status; absent while it is received. */
  decidedAt: Instant.optional(),
  /** Only while it waits for a person; the likeliest first. */
  suggestions: z.array(Suggestion).optional(),
  /** The reports that are dealt with together with this one, in the order in which they came to it. */
  merged: z.array(MergedReport).optional(),
  /** The trigger that this one is dealt with by. */
  mergedInto: z.string().optional(),
  /** The draw that was proposed for it last. */
  draw: z.string().optional(),
});
export type Trigger = z.infer<typeof Trigger>;

/** What a rule decided about a received trigger. */
export type TriageDecision =
  | { readonly kind: 'fire'; readonly policy: string; readonly version: number }
  | { readonly kind: 'hold'; readonly reason: string };

/**
 * Chooses among the rules whose condition held. More than one rule is no accident to resolve silently: the one
 * that took effect last wins, ties by id, so that the same facts always choose the same rule.
 */
export function triage(
  matching: readonly {
    readonly id: string;
    readonly version: number;
    readonly effectiveFrom: CalendarDate;
  }[],
): TriageDecision {
  const [first] = matching.toSorted((a, b) =>
    a.effectiveFrom === b.effectiveFrom ? (a.id < b.id ? -1 : 1) : a.effectiveFrom > b.effectiveFrom ? -1 : 1,
  );
  return first === undefined
    ? { kind: 'hold', reason: '没有规则适用 no rule applies' }
    : { kind: 'fire', policy: first.id, version: first.version };
}

/** What a person decides about a trigger that no rule knew. */
export type TriageCommand =
  | { readonly kind: 'fire'; readonly policy: string; readonly version: number }
  | { readonly kind: 'dismiss'; readonly reason: string };

/** The trigger after a person's decision. @throws Refusal `wrong-state` unless it waits for one */
export function decideByHand(trigger: Trigger, command: TriageCommand, at: Instant): Trigger {
  refuseWrongState(triggerLifecycle, command.kind, trigger);
  return command.kind === 'fire'
    ? firedBy(trigger, command, at)
    : { ...decided(trigger, at), status: 'dismissed', reason: command.reason };
}

/** The trigger once a rule fired, by itself or by a person's choice. */
export function firedBy(
  trigger: Trigger,
  { policy, version }: { readonly policy: string; readonly version: number },
  at: Instant,
): Trigger {
  return { ...decided(trigger, at), status: 'fired', firedBy: { policy, version } };
}

/** The trigger when a person has to decide. */
export function held(
  trigger: Trigger,
  reason: string,
  suggestions: readonly Suggestion[],
  at: Instant,
): Trigger {
  return {
    ...decided(trigger, at),
    status: 'triaging',
    reason,
    ...(suggestions.length === 0 ? {} : { suggestions: [...suggestions] }),
  };
}

/** The next version of a trigger whose status changes; what was suggested has had its time. */
export function decided(trigger: Trigger, at: Instant): Trigger {
  const { suggestions: _, ...rest } = trigger;
  return { ...rest, version: trigger.version + 1, decidedAt: at };
}
