import * as z from 'zod';
import type { DrawCriteria } from '#domain/draw/criteria.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { isPossible, refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { Instant, later } from '#domain/time/time.ts';
import { triggerLifecycle } from './lifecycle.ts';
import { decided, type MergedReport, type Trigger, type TriggerReport } from './trigger.ts';

/** Reports that one trigger takes: a record has 400 KB, and each of them may need one. The next one fires anew. */
export const MERGED_LIMIT = 200;

/** The trigger that a policy fired last for a cohort: what two triggers that arrive at the same moment meet on. */
export const LastFiring = z.object({
  id: z.string(),
  version: z.int().positive(),
  trigger: z.string(),
  at: Instant,
});
export type LastFiring = z.infer<typeof LastFiring>;

/** Names a cohort of a policy by territory and industry as the report and the policy resolve them, in whatever order they stand. */
export function cohortOf(
  policy: string,
  { territory, industry }: Pick<DrawCriteria, 'territory' | 'industry'>,
): string {
  return deriveId('C', policy, JSON.stringify([territory?.toSorted() ?? null, industry?.toSorted() ?? null]));
}

/** Whether a rule may deal with the report together with another: a referral (转办交办) and whatever is severe fires at once. */
export function mayBeMerged({ category, severity }: TriggerReport): boolean {
  return category !== 'referral' && severity !== 'severe';
}

/** Whether the window that a firing opened is open at a moment; it is over with its last hour. */
export function isWithinWindow(last: Pick<LastFiring, 'at'>, windowHours: number, at: Instant): boolean {
  return at < later(last.at, windowHours * 3_600_000);
}

/** Whether a trigger has room for another and for all that was merged into that one. */
export function hasRoom(into: Trigger, trigger: Trigger): boolean {
  return (into.merged?.length ?? 0) + 1 + (trigger.merged?.length ?? 0) <= MERGED_LIMIT;
}

/** The firing of a trigger as the last of its cohort, after the one known. */
export function nextFiring(
  known: LastFiring | undefined,
  cohort: string,
  trigger: string,
  at: Instant,
): LastFiring {
  return { id: cohort, version: (known?.version ?? 0) + 1, trigger, at };
}

/** Both triggers of a merge: `merged` is closed, `into` keeps what it and those merged into it before report. */
export interface Merged {
  readonly merged: Trigger;
  readonly into: Trigger;
}

export function merge(trigger: Trigger, into: Trigger, at: Instant): Merged {
  const named = new Set(namedBy({ ...into, merged: into.merged?.filter(({ late }) => late !== true) }));
  const isLate = (subject: string | undefined): boolean =>
    subject !== undefined && into.draw !== undefined && !named.has(subject);
  const reports = [reportOf(trigger), ...(trigger.merged ?? [])].map((one): MergedReport => {
    const { late: _, ...report } = one;
    return isLate(report.subject) ? { ...report, late: true } : report;
  });
  const { merged: _, ...closed } = decided(trigger, at);
  return {
    merged: { ...closed, status: 'merged', mergedInto: into.id },
    into: { ...into, version: into.version + 1, merged: [...(into.merged ?? []), ...reports] },
  };
}

/**
 * A held trigger merged by a person into one that is open or fired.
 * @throws Refusal `wrong-state` unless the one waits for a decision and the other is open or fired; `merge-full` when that one takes no more.
 */
export function mergeByHand(
  trigger: Trigger,
  into: Trigger,
  { at, reason }: { readonly at: Instant; readonly reason: string },
): Merged {
  refuseWrongState(triggerLifecycle, 'merge', trigger);
  if (!isPossible(triggerLifecycle, 'take-in', into.status)) {
    const where = into.mergedInto === undefined ? '' : `（${into.mergedInto}）`;
    throw new Refusal(
      'wrong-state',
      `${into.id} 的状态为 ${into.status}${where}，不能并入 is ${into.status}; merge into a trigger that is received, triaging or fired.`,
    );
  }
  if (!hasRoom(into, trigger)) {
    throw new Refusal(
      'merge-full',
      `${into.id} 已并入 ${into.merged?.length ?? 0} 条，上限 ${MERGED_LIMIT} 条 has ${into.merged?.length ?? 0} reports merged into it; ${MERGED_LIMIT} is the most.`,
    );
  }
  const both = merge(trigger, into, at);
  return { ...both, merged: { ...both.merged, reason } };
}

/** The businesses that a trigger and the reports merged into it name by their code, each once; a name alone could be anybody's. */
export function namedBy({ report, merged = [] }: Pick<Trigger, 'report' | 'merged'>): string[] {
  const ids = [report.subject?.id, ...merged.map(({ subject }) => subject)];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function reportOf({ id, source, receivedAt, report }: Trigger): MergedReport {
  const subject = report.subject?.id;
  return { id, source, receivedAt, title: report.title, ...(subject === undefined ? {} : { subject }) };
}
