import type { Evidence } from '#domain/evidence/evidence.ts';
import { checkMethodLabels, type CheckMethod } from '#domain/item/item.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import type { FormItem, VisitedSubject } from './form-parts.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionMember } from './member.ts';
import { resultsOf, type Publication } from './publication.ts';
import {
  followUpLabels,
  nonCooperationLabels,
  signatoryLabels,
  type Conclusion,
  type FollowUp,
  type InspectionRecord,
  type NonCooperationKind,
} from './record.ts';

/** What the visit is done for: a draw, by the document number of its plan and what it is called. */
interface FormTask {
  readonly draw: string;
  readonly planNumber: string;
  readonly title: string;
}

/** A word of the form, with its printed text. */
export interface Labelled<T> {
  readonly code: T;
  readonly text: string;
}

/** An item of the form, and what was found once it is recorded. */
export interface FormLine extends Omit<FormItem, 'methods'> {
  readonly methods: readonly Labelled<CheckMethod>[];
  readonly answer?: {
    readonly checked: boolean;
    readonly methods: readonly Labelled<CheckMethod>[];
    readonly finding: string;
    readonly handling: string;
  };
}

/** Evidence that is cited, by what anyone can compare: a file belongs to the form when its hash is this one. */
export interface CitedEvidence {
  readonly id: string;
  /** Absent for what an old record cites by words of its own (a number of a photo): those stand for themselves. */
  readonly file?: Pick<Evidence, 'name' | 'mediaType' | 'size' | 'sha256'>;
}

/** What the team found, in the words of the form. */
export interface FormResult {
  readonly inspectedOn: CalendarDate;
  readonly contact: InspectionRecord['contact'];
  readonly methods: readonly Labelled<CheckMethod>[];
  readonly results: Publication['results'];
  readonly conclusions: readonly Conclusion[];
  readonly nonCooperation: readonly Labelled<NonCooperationKind>[];
  readonly evidence: readonly CitedEvidence[];
  readonly followUps: readonly Labelled<FollowUp>[];
  readonly opinion: string | undefined;
  readonly signature: InspectionRecord['signature'];
  /** Of who signed, where they did. */
  readonly capacity: string | undefined;
  readonly leader: { readonly name: string; readonly opinion: string } | undefined;
  readonly recordedBy: string | undefined;
}

/**
 * The registration form 执法检查登记表 of one visit (article 7(3)): one form for all units, with what is to be checked there, and what was
 * found once it is recorded. It names people and is for staff, for the visited party and for the archive.
 */
export interface RegistrationForm {
  readonly inspection: string;
  readonly version: number;
  readonly status: Inspection['status'];
  readonly tasks: readonly FormTask[];
  readonly subject: VisitedSubject;
  readonly units: readonly string[];
  readonly team: readonly Pick<InspectionMember, 'inspector' | 'name' | 'unit' | 'certificate'>[];
  readonly experts: readonly Pick<Inspection['experts'][number], 'name' | 'organisation' | 'role'>[];
  readonly lines: readonly FormLine[];
  readonly result: FormResult | undefined;
}

/**
 * Fills the form of an inspection.
 * @param titles of its draws, by id
 * @param evidence of the inspection; what the record cites is listed with its hash
 */
export function registrationForm(
  inspection: Inspection,
  titles: ReadonlyMap<string, string>,
  evidence: readonly Evidence[],
): RegistrationForm {
  const { id, version, status, draws, subject, items, team, experts, record } = inspection;
  return {
    inspection: id,
    version,
    status,
    tasks: draws.map(({ id: draw, planNumber }) => ({ draw, planNumber, title: titles.get(draw) ?? '' })),
    subject,
    units: [...new Set(items.map(({ unit }) => unit))],
    team: team.map(({ inspector, name, unit, certificate }) => ({ inspector, name, unit, certificate })),
    experts: experts.map(({ name, organisation, role }) => ({ name, organisation, role })),
    lines: items.map((item) => lineOf(item, record)),
    result: record && resultOf(inspection, record, evidence),
  };
}

function lineOf({ methods = [], ...item }: FormItem, record: InspectionRecord | undefined): FormLine {
  const found = record?.findings.find((finding) => finding.item === item.code);
  const line = { ...item, methods: labelled(methods, checkMethodLabels) };
  if (record === undefined || found === undefined) {
    return line;
  }
  const { checked, finding, handling, methods: used = record.methods } = found;
  return { ...line, answer: { checked, finding, handling, methods: labelled(used, checkMethodLabels) } };
}

function resultOf(
  { team, endedAt, assignedAt, recordedBy }: Inspection,
  record: InspectionRecord,
  evidence: readonly Evidence[],
): FormResult {
  const { contact, methods, results, conclusions = [], signature, opinion, leader } = record;
  const cited = [
    ...(record.evidence ?? []),
    ...conclusions.flatMap((one) => (one.evidence === undefined ? [] : [one.evidence])),
  ];
  return {
    inspectedOn: record.inspectedOn ?? dateInShanghai(endedAt ?? assignedAt),
    contact,
    methods: labelled(methods, checkMethodLabels),
    results: resultsOf(results),
    conclusions,
    nonCooperation: labelled(record.nonCooperation ?? [], nonCooperationLabels),
    evidence: [...new Set(cited)].map((id) => citedAs(id, evidence)),
    followUps: labelled(record.followUps, followUpLabels),
    opinion,
    signature,
    capacity: signature.signed && signature.capacity ? signatoryLabels[signature.capacity] : undefined,
    leader: leader && {
      name: team.find(({ inspector }) => inspector === leader.inspector)?.name ?? leader.inspector,
      opinion: leader.opinion,
    },
    recordedBy,
  };
}

function citedAs(id: string, evidence: readonly Evidence[]): CitedEvidence {
  const found = evidence.find((one) => one.id === id);
  if (found === undefined) {
    return { id };
  }
  const { name, mediaType, size, sha256 } = found;
  return { id, file: { name, mediaType, size, sha256 } };
}

function labelled<T extends string>(codes: readonly T[], labels: Readonly<Record<T, string>>): Labelled<T>[] {
  return codes.map((code) => ({ code, text: labels[code] }));
}
