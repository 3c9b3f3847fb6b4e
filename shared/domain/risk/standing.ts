import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { earliest, addDays, CalendarDate, dateInShanghai, type Instant } from '#domain/time/time.ts';
import type { Assessment } from './assessment.ts';
import { classChange, countedClassOf, type ClassChange } from './classes.ts';
import { cellChanges, Counted, placeOf, type CellChange } from './cohort.ts';
import { RiskLevel, type DirectCheck } from './rule.ts';
import {
  changed,
  changeOf,
  cleared,
  decideWarning,
  type RiskWarning,
  type WarningCommand,
} from './warning.ts';

/**
 * What is known of a subject's risk besides its signals: what it was found at last, where it is counted, and when it was last
 * proposed for a direct check. Written only when one of these changes.
 */
export const RiskStanding = z.object({
  /** The subject's id. */
  id: z.string(),
  version: z.int().positive(),
  level: RiskLevel.optional(),
  /** The warning in force. */
  warning: z.string().optional(),
  /** Where and at which level its cohort counts it, and under which class; absent for one that does not operate. A dismissed warning does not count. */
  counted: Counted.optional(),
  directCheckOn: CalendarDate.optional(),
  /** The first day on which the cool-down of that direct check is over. */
  restsUntil: CalendarDate.optional(),
});
export type RiskStanding = z.infer<typeof RiskStanding>;

/** What is known when a subject is looked at; without `subject` it has left the library. */
export interface Known {
  readonly id: string;
  readonly subject?: Subject | undefined;
  readonly standing?: RiskStanding | undefined;
  /** The warning in force that the standing names. */
  readonly warning?: RiskWarning | undefined;
}

/** What follows from looking at a subject. What is absent stays as it is. */
export interface Found {
  readonly standing?: RiskStanding;
  readonly warning?: { readonly how: 'raise' | 'change' | 'clear'; readonly warning: RiskWarning };
  readonly directCheck?: DirectCheck;
  readonly cells: readonly CellChange[];
  readonly classes: ClassChange;
  /** When to look again with nothing else changed. */
  readonly reviewOn?: CalendarDate;
}

const NOTHING: Assessment = { reasons: [], failed: [] };

/** Decides what an assessment changes. Looking again with the same assessment on the same day changes nothing. */
export function weigh(known: Known, assessed: Assessment, at: Instant): Found {
  const { subject } = known;
  const place = subject === undefined ? undefined : placeOf(subject);
  const assessment = place === undefined ? NOTHING : assessed;
  const { standing } = known;
  const version = (standing?.version ?? 0) + 1;
  const warning = warningAfter(known, assessment, { id: deriveId('W', known.id, version), at });
  const inForce =
    warning === undefined ? known.warning : warning.how === 'clear' ? undefined : warning.warning;
  const day = dateInShanghai(at);
  const check = directCheckOf(standing, inForce, assessment, day);
  const level = inForce?.status === 'dismissed' ? undefined : assessment.level;
  const counted =
    place === undefined || subject === undefined
      ? undefined
      : { ...place, ...(level === undefined ? {} : { level }), riskClass: countedClassOf(subject) };
  const { directCheckOn, restsUntil } =
    check.due === undefined
      ? (standing ?? {})
      : { directCheckOn: day, restsUntil: addDays(day, check.due.coolDownDays) };
  const next: RiskStanding = {
    id: known.id,
    version,
    ...(assessment.level === undefined ? {} : { level: assessment.level }),
    ...(inForce === undefined ? {} : { warning: inForce.id }),
    ...(counted === undefined ? {} : { counted }),
    ...(directCheckOn === undefined ? {} : { directCheckOn }),
    ...(restsUntil === undefined ? {} : { restsUntil }),
  };
  const reviewOn = earliest(assessment.reviewOn, check.again);
  return {
    ...(isSame(standing, next) ? {} : { standing: next }),
    ...(warning === undefined ? {} : { warning }),
    ...(check.due === undefined ? {} : { directCheck: check.due }),
    cells: cellChanges(standing?.counted, counted),
    classes: classChange(standing?.counted?.riskClass, counted?.riskClass),
    ...(reviewOn === undefined ? {} : { reviewOn }),
  };
}

function warningAfter(
  { subject, warning }: Known,
  assessment: Assessment,
  { id, at }: { readonly id: string; readonly at: Instant },
): Found['warning'] {
  const how = changeOf(warning, assessment);
  const { level, reasons } = assessment;
  if (how === 'clear' && warning !== undefined) return { how, warning: cleared(warning, at) };
  if (level === undefined || subject === undefined) return undefined;
  if (how === 'change' && warning !== undefined) return { how, warning: changed(warning, level, assessment) };
  if (how !== 'raise') return undefined;
  return {
    how,
    warning: {
      id,
      version: 1,
      status: 'open',
      subject: { id: subject.id, name: subject.name },
      territory: subject.territory,
      ...(subject.industry === undefined ? {} : { industry: subject.industry }),
      level,
      reasons: [...reasons],
      raisedOn: dateInShanghai(at),
      raisedAt: at,
    },
  };
}

/**
 * Whether a direct check is to be proposed today, and when to ask again. The last one keeps others off for its own cool-down,
 * whatever rule asks now, and the rule that asks does so for its own. A person's dismissal ends it.
 */
function directCheckOf(
  standing: RiskStanding | undefined,
  inForce: RiskWarning | undefined,
  { directCheck }: Assessment,
  day: CalendarDate,
): { readonly due?: DirectCheck; readonly again?: CalendarDate } {
  if (directCheck === undefined || inForce === undefined || inForce.status === 'dismissed') return {};
  const { directCheckOn: last, restsUntil = day } = standing ?? {};
  const asked = last === undefined ? day : addDays(last, directCheck.coolDownDays);
  const next = asked < restsUntil ? restsUntil : asked;
  return next <= day ? { due: directCheck, again: addDays(day, directCheck.coolDownDays) } : { again: next };
}

/** Whether nothing but the version differs; a standing that says nothing at all need not be there. */
function isSame(before: RiskStanding | undefined, after: RiskStanding): boolean {
  const said = ({ level, warning, counted, directCheckOn, restsUntil }: Partial<RiskStanding>) =>
    [
      level,
      warning,
      counted?.territory,
      counted?.industry,
      counted?.level,
      counted?.riskClass,
      directCheckOn,
      restsUntil,
    ].join(' ');
  return said(before ?? {}) === said(after);
}

/** A person's decision about a warning, and what it changes for the subject: a dismissed one no longer counts in its cohort. */
export function decideByHand(
  standing: RiskStanding,
  warning: RiskWarning,
  command: WarningCommand,
): Required<Pick<Found, 'standing'>> & Pick<Found, 'cells'> & { readonly warning: RiskWarning } {
  const after = decideWarning(warning, command);
  const { counted } = standing;
  const next =
    counted === undefined || command.kind === 'acknowledge' || standing.warning !== warning.id
      ? counted
      : { ...counted, level: undefined };
  return {
    warning: after,
    standing: {
      ...standing,
      version: standing.version + 1,
      ...(next === undefined ? {} : { counted: next }),
    },
    cells: cellChanges(counted, next),
  };
}
