import type { Inspection } from '#domain/inspection/inspection.ts';
import type { ResultCode } from '#domain/inspection/record.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import { dateInShanghai, instantOf, type CalendarDate } from '#domain/time/time.ts';
import type { Trigger } from '#domain/trigger/trigger.ts';
import { signalOf, type Signal } from './signal.ts';

/**
 * The signal that a trigger is: a complaint about a business that it names by its code. A code that no register gives out
 * names nobody. It is dated on the day that the sender says, and never later than the day on which it came.
 */
export function signalOfTrigger({ id, report, receivedAt }: Trigger): Signal | undefined {
  const subject = SubjectId.safeParse(report.subject?.id);
  if (report.category !== 'complaint' || !subject.success) return undefined;
  const received = dateInShanghai(receivedAt);
  const occurred = occurredOn(report.occurredAt);
  const on = occurred === undefined || occurred > received ? received : occurred;
  return signalOf(subject.data, 'trigger', { kind: 'complaint', on, reference: id });
}

function occurredOn(occurredAt: string | undefined): CalendarDate | undefined {
  return occurredAt === undefined ? undefined : dateInShanghai(instantOf(Date.parse(occurredAt)));
}

/** Results that speak against a business (检查发现问题). */
const FAILED: ReadonlySet<ResultCode> = new Set([2, 3, 4, 5, 6, 8]);
const PASSED: ResultCode = 1;

/**
 * The signal that a published inspection is, on the day on which it ended. One result that speaks against the business makes
 * it a failed check. Closed, deregistered, revoked, moved away and without the activity in question (7, 9 to 12) tell what the
 * business is, not how it behaves: they are no signal.
 */
export function signalOfInspection({ id, subject, record, endedAt }: Inspection): Signal | undefined {
  if (record === undefined || endedAt === undefined) return undefined;
  const kind = kindOf(record.results);
  return kind === undefined
    ? undefined
    : signalOf(subject.id, 'inspection', { kind, on: dateInShanghai(endedAt), reference: id });
}

function kindOf(results: readonly ResultCode[]): 'failed-check' | 'passed-check' | undefined {
  if (results.some((code) => FAILED.has(code))) return 'failed-check';
  return results.includes(PASSED) ? 'passed-check' : undefined;
}
