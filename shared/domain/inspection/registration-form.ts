import * as z from 'zod';
import { Evidence } from '#domain/evidence/evidence.ts';
import { CheckMethod, checkMethodLabels } from '#domain/item/item.ts';
import { CalendarDate, dateInShanghai } from '#domain/time/time.ts';
import { FormItem, VisitedSubject } from './form-parts.ts';
import { Expert, InspectionStatus, type Inspection } from './inspection.ts';
import { InspectionMember } from './member.ts';
import { resultsOf } from './publication.ts';
import {
  Conclusion,
  FollowUp,
  followUpLabels,
  type InspectionRecord,
  NonCooperationKind,
  nonCooperationLabels,
  ResultCode,
  ShownRecord,
  signatoryLabels,
} from './record.ts';

/** A word of the form, with its printed text. */
export interface Labelled<T> {
  readonly code: T;
  readonly text: string;
}

function worded<T extends z.ZodType>(code: T) {
  return z.strictObject({ code, text: z.string() });
}

/** What the visit is done for: a draw, by the document number of its plan and what it is called. */
const FormTask = z.strictObject({ draw: z.string(), planNumber: z.string(), title: z.string() });

/** An item of the form, and what was found once it is recorded. */
export const FormLine = z.strictObject({
  ...FormItem.omit({ methods: true }).shape,
  methods: z.array(worded(CheckMethod)),
  answer: z
    .strictObject({
      checked: z.boolean(),
      methods: z.array(worded(CheckMethod)),
      finding: z.string(),
      handling: z.string(),
    })
    .optional(),
});
export type FormLine = z.infer<typeof FormLine>;

/** Evidence that is cited, by what anyone can compare: a file belongs to the form when its hash is this one. */
export const CitedEvidence = z.strictObject({
  id: z.string(),
  /** Absent for what an old record cites by words of its own (a number of a photo): those stand for themselves. */
  file: Evidence.pick({ name: true, mediaType: true, size: true, sha256: true }).optional(),
});
export type CitedEvidence = z.infer<typeof CitedEvidence>;

/** What the team found, in the words of the form. */
export const FormResult = z.strictObject({
  inspectedOn: CalendarDate,
  contact: ShownRecord.shape.contact,
  methods: z.array(worded(CheckMethod)),
  results: z.array(z.strictObject({ code: ResultCode, text: z.string() })),
  conclusions: z.array(Conclusion),
  nonCooperation: z.array(worded(NonCooperationKind)),
  evidence: z.array(CitedEvidence),
  followUps: z.array(worded(FollowUp)),
  opinion: z.string().optional(),
  signature: ShownRecord.shape.signature,
  /** Of who signed, where they did. */
  capacity: z.string().optional(),
  leader: z.strictObject({ name: z.string(), opinion: z.string() }).optional(),
  recordedBy: z.string().optional(),
});
export type FormResult = z.infer<typeof FormResult>;

/**
 * The registration form 执法检查登记表 of one visit (article 7(3)): one form for all units, with what is to be checked there, and what was
 * found once it is recorded. It names people and is for staff, for the visited party and for the archive.
 */
export const RegistrationForm = z.strictObject({
  inspection: z.string(),
  version: z.int().positive(),
  status: InspectionStatus,
  tasks: z.array(FormTask),
  subject: VisitedSubject,
  units: z.array(z.string()),
  team: z.array(InspectionMember.pick({ inspector: true, name: true, unit: true, certificate: true })),
  experts: z.array(Expert.pick({ name: true, organisation: true, role: true })),
  lines: z.array(FormLine),
  result: FormResult.optional(),
});
export type RegistrationForm = z.infer<typeof RegistrationForm>;

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
