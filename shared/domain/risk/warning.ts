import * as z from 'zod';
import { Refusal } from '#domain/refusal/refusal.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { compareLevels, RiskLevel } from './rule.ts';
import { RiskReason, type Assessment } from './assessment.ts';

/** `cleared`: the rules no longer say it; `dismissed`: a person has said why it is none. */
export const RiskWarningStatus = z.enum(['open', 'acknowledged', 'dismissed', 'cleared']);
export type RiskWarningStatus = z.infer<typeof RiskWarningStatus>;

export const riskWarningLabels: Readonly<Record<RiskWarningStatus, string>> = {
  open: '待确认',
  acknowledged: '已确认',
  dismissed: '已排除',
  cleared: '已解除',
};

/** A risk warning (风险预警) about one subject, from the day on which a rule first gave it a level until none does. */
export const RiskWarning = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: RiskWarningStatus,
  subject: z.object({ id: z.string(), name: z.string() }),
  territory: z.string(),
  industry: z.string().optional(),
  level: RiskLevel,
  reasons: z.array(RiskReason).min(1),
  raisedOn: CalendarDate,
  raisedAt: Instant,
  /** What a person decided last, and why. */
  decided: z.object({ by: z.string(), at: Instant, note: z.string().optional() }).optional(),
  clearedAt: Instant.optional(),
});
export type RiskWarning = z.infer<typeof RiskWarning>;

/** What a person does with a warning. To dismiss one takes a note: it no longer counts in its cohort. */
export type WarningCommand =
  | {
      readonly kind: 'acknowledge';
      readonly by: string;
      readonly at: Instant;
      readonly note?: string | undefined;
    }
  | { readonly kind: 'dismiss'; readonly by: string; readonly at: Instant; readonly note: string };

const from: Readonly<Record<WarningCommand['kind'], readonly RiskWarningStatus[]>> = {
  acknowledge: ['open'],
  dismiss: ['open', 'acknowledged'],
};

/** The warning after a person's decision. @throws Refusal `wrong-state` unless it waits for one */
export function decideWarning(warning: RiskWarning, command: WarningCommand): RiskWarning {
  const allowed = from[command.kind];
  if (!allowed.includes(warning.status)) {
    throw new Refusal(
      'wrong-state',
      `预警 ${warning.id} 的状态为 ${warning.status}，只有 ${allowed.join('、')} 可以执行 ${command.kind} is ${warning.status}; ${command.kind} needs ${allowed.join(' or ')}.`,
    );
  }
  const { kind, by, at, note } = command;
  return {
    ...warning,
    version: warning.version + 1,
    status: kind === 'dismiss' ? 'dismissed' : 'acknowledged',
    decided: { by, at, ...(note === undefined ? {} : { note }) },
  };
}

/** What a new assessment makes of the warning in force. */
export type WarningChange = 'none' | 'raise' | 'change' | 'clear';

/**
 * A dismissed warning stays so while the rules say the same or less; what is graver, or said by another rule, is a new one.
 * One that is open or acknowledged follows what the rules say.
 */
export function changeOf(warning: RiskWarning | undefined, assessment: Assessment): WarningChange {
  if (assessment.level === undefined) return warning === undefined ? 'none' : 'clear';
  if (warning === undefined) return 'raise';
  if (warning.status === 'dismissed') return saysMore(warning, assessment) ? 'raise' : 'none';
  return saysTheSame(warning, assessment) ? 'none' : 'change';
}

/** The warning as it follows the rules; whoever has acknowledged less is asked again. */
export function changed(warning: RiskWarning, level: RiskLevel, assessment: Assessment): RiskWarning {
  return {
    ...warning,
    version: warning.version + 1,
    status: saysMore(warning, assessment) ? 'open' : warning.status,
    level,
    reasons: [...assessment.reasons],
  };
}

/** The warning when no rule gives a level any more, or the subject no longer operates. */
export function cleared(warning: RiskWarning, at: Instant): RiskWarning {
  return { ...warning, version: warning.version + 1, status: 'cleared', clearedAt: at };
}

function saysMore(warning: RiskWarning, { level, reasons }: Assessment): boolean {
  const known = new Set(warning.reasons.map(({ policy }) => policy));
  return compareLevels(level, warning.level) > 0 || reasons.some(({ policy }) => !known.has(policy));
}

function saysTheSame(warning: RiskWarning, { level, reasons }: Assessment): boolean {
  return level === warning.level && said(reasons) === said(warning.reasons);
}

/** Which rules say what; their words and versions are not asked. */
function said(reasons: readonly RiskReason[]): string {
  return reasons.map(({ policy, level }) => `${policy} ${level}`).join(',');
}
