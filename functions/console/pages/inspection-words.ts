import { type Option, optionsOf } from '#console/kit/form.ts';
import type { Words } from '#console/kit/page.ts';
import { documentLabels, outcomeLabels, DocumentKind, OutcomeKind } from '#domain/follow-up/follow-up.ts';
import { followUpLifecycle, type FollowUpStatus } from '#domain/follow-up/lifecycle.ts';
import { handoverLifecycle, type HandoverStatus } from '#domain/handover/lifecycle.ts';
import type { InspectionStatus } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { inspectionGroupLabels, InspectionGroup } from '#domain/inspection/listing.ts';
import {
  FollowUp,
  followUpLabels,
  NonCooperationKind,
  nonCooperationLabels,
  resultLabels,
  signatoryLabels,
  Signatory,
} from '#domain/inspection/record.ts';
import { RecusalKind, recusalKindLabels } from '#domain/inspector/recusal.ts';
import { CheckMethod, checkMethodLabels } from '#domain/item/item.ts';

/** The English beside the words of the regulation's forms, which stand in the domain. */
const english = {
  status: {
    assigned: 'to accept',
    accepted: 'to begin',
    begun: 'under way',
    ended: 'to record',
    recorded: 'to publish',
    published: 'published',
    closed: 'closed',
    archived: 'archived',
  } satisfies Readonly<Record<InspectionStatus, string>>,
  group: {
    unrecorded: 'Not recorded',
    'to-publish': 'To publish',
    published: 'Published',
    archived: 'Archived',
    'follow-up': 'Follow-ups open',
  } satisfies Readonly<Record<InspectionGroup, string>>,
  result: [
    'no problem found',
    'problem found and put right on order',
    'problem found, to be followed up',
    'did not publish what it has to',
    'published what is untrue',
    'can not be reached at its registered address',
    'out of business or in liquidation',
    'seriously uncooperative',
    'deregistered',
    'licence revoked',
    'moved away',
    'none of the activities concerned',
  ],
  method: {
    'on-site': 'on site',
    written: 'in writing',
    network: 'over the network',
    testing: 'by testing',
    'other-department': 'findings or opinions of others',
    commissioned: 'by a commissioned agency',
  } satisfies Readonly<Record<CheckMethod, string>>,
  followUp: {
    none: 'nothing',
    rectification: 'order to put right',
    'case-transfer': 'handed to case officers',
    'department-notice': 'notice to other departments',
    'daily-supervision': 'daily supervision',
    'abnormal-list': 'list of abnormal operation',
    other: 'other',
  } satisfies Readonly<Record<FollowUp, string>>,
  nonCooperation: {
    'entry-refused': 'refused entry',
    'material-refused': 'refused information or material',
    'untruthful-material': 'gave untrue or incomplete material',
    obstruction: 'obstructed the check otherwise',
  } satisfies Readonly<Record<NonCooperationKind, string>>,
  recusal: {
    kinship: 'kinship',
    'former-employment': 'former employment',
    interest: 'interest',
    other: 'other',
  } satisfies Readonly<Record<RecusalKind, string>>,
  document: {
    'rectification-order': 'order to put right',
    'penalty-decision': 'penalty decision',
    'transfer-letter': 'letter of transfer',
    'notice-letter': 'letter of notice',
    'listing-decision': 'decision to list',
    other: 'other',
  } satisfies Readonly<Record<DocumentKind, string>>,
  outcome: {
    rectified: 'put right',
    penalised: 'penalised',
    transferred: 'transferred',
    notified: 'notified',
    supervised: 'under daily supervision',
    listed: 'listed',
    'not-pursued': 'not pursued',
    other: 'other',
  } satisfies Readonly<Record<OutcomeKind, string>>,
  signatory: {
    'legal-representative': 'legal representative',
    'authorised-person': 'authorised person',
  } satisfies Readonly<Record<Signatory, string>>,
  followUpStatus: { open: 'open', offered: 'offered', closed: 'closed' } satisfies Readonly<
    Record<FollowUpStatus, string>
  >,
  handoverStatus: {
    raised: 'raised',
    sent: 'sent',
    received: 'received',
    returned: 'returned',
    closed: 'closed',
  } satisfies Readonly<Record<HandoverStatus, string>>,
};

export function statusWords(status: InspectionStatus): Words {
  return [inspectionLifecycle.statuses[status], english.status[status]];
}

export function groupWords(group: InspectionGroup): Words {
  return [inspectionGroupLabels[group], english.group[group]];
}

export function followUpWords(kind: FollowUp): Words {
  return [followUpLabels[kind], english.followUp[kind]];
}

export function methodWords(method: CheckMethod): Words {
  return [checkMethodLabels[method], english.method[method]];
}

export function followUpStatusWords(status: FollowUpStatus): Words {
  return [followUpLifecycle.statuses[status], english.followUpStatus[status]];
}

export function handoverStatusWords(status: HandoverStatus): Words {
  return [handoverLifecycle.statuses[status], english.handoverStatus[status]];
}

/** Result codes 检查结果, each with its number before it as on the printed form. */
export const resultOptions: readonly Option[] = Object.entries(resultLabels).map(([code, zh]) => ({
  value: code,
  words: [`${code} ${zh}`, english.result[Number(code) - 1] ?? ''],
}));

export const groupOptions = optionsOf(InspectionGroup.options, inspectionGroupLabels, english.group);
export const methodOptions = optionsOf(CheckMethod.options, checkMethodLabels, english.method);
export const followUpOptions = optionsOf(FollowUp.options, followUpLabels, english.followUp);
export const nonCooperationOptions = optionsOf(
  NonCooperationKind.options,
  nonCooperationLabels,
  english.nonCooperation,
);
export const recusalOptions = optionsOf(RecusalKind.options, recusalKindLabels, english.recusal);
export const documentOptions = optionsOf(DocumentKind.options, documentLabels, english.document);
export const outcomeOptions = optionsOf(OutcomeKind.options, outcomeLabels, english.outcome);
export const signatoryOptions = optionsOf(Signatory.options, signatoryLabels, english.signatory);
