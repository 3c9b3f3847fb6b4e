import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import type { Inspection } from './inspection.ts';
import { checkRecord, completedRecord } from './record-rules.ts';
import type { InspectionRecord } from './record.ts';

/** A record as somebody of the team enters it. */
interface Entered {
  readonly record: InspectionRecord;
  /** Ids of what is stored of this inspection. */
  readonly evidence: readonly string[];
  readonly by: string;
  readonly at: Instant;
}

/** The record as it will stand, entered for the first time or again. @throws Refusal `record-invalid` */
export function recorded(inspection: Inspection, command: Entered): Inspection {
  const { items, team, assignedAt } = inspection;
  const record = recordToStand(inspection, command);
  checkRecord(record, {
    items: items.map(({ code }) => code),
    team: team.map(({ inspector }) => inspector),
    evidence: command.evidence,
    assignedOn: dateInShanghai(assignedAt),
    endedOn: lastDay(inspection, command.at),
    today: dateInShanghai(command.at),
  });
  return { ...inspection, status: 'recorded', recordedAt: command.at, recordedBy: command.by, record };
}

/** What an entered record becomes at this inspection, whether or not it is accepted: two of them are compared in this form. */
export function recordToStand(
  inspection: Pick<Inspection, 'endedAt'>,
  { record, at }: Pick<Entered, 'record' | 'at'>,
): InspectionRecord {
  return completedRecord(record, lastDay(inspection, at));
}

/** The last day that can be the day of the check: nobody was there after the visit had ended. */
function lastDay({ endedAt }: Pick<Inspection, 'endedAt'>, now: Instant): CalendarDate {
  return dateInShanghai(endedAt ?? now);
}
