import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { refuseWrongState, type Standing } from '#domain/lifecycle/lifecycle.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { FollowUp, followUpLabels, type InspectionRecord } from '#domain/inspection/record.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { watchesAll } from '#domain/person/person.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { followUpLifecycle, FollowUpStatus } from './lifecycle.ts';

/** What follows, where something does. */
export const FollowUpKind = FollowUp.exclude(['none']);
export type FollowUpKind = z.infer<typeof FollowUpKind>;

/** The papers that a follow-up leaves (article 13). */
export const documentLabels = {
  'rectification-order': '责令改正通知书',
  'penalty-decision': '行政处罚决定书',
  'transfer-letter': '案件移送书',
  'notice-letter': '抄告函',
  'listing-decision': '列入经营异常名录决定书',
  other: '其他文书',
} as const;
export const DocumentKind = z.enum([
  'rectification-order',
  'penalty-decision',
  'transfer-letter',
  'notice-letter',
  'listing-decision',
  'other',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** What a follow-up came to. */
export const outcomeLabels = {
  rectified: '已改正',
  penalised: '已处罚',
  transferred: '已移送',
  notified: '已抄告',
  supervised: '已纳入日常监管',
  listed: '已列入经营异常名录',
  'not-pursued': '不予处置',
  other: '其他',
} as const;
export const OutcomeKind = z.enum([
  'rectified',
  'penalised',
  'transferred',
  'notified',
  'supervised',
  'listed',
  'not-pursued',
  'other',
]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** The paper without which an outcome is only a word. */
const documentOfOutcome: Readonly<Partial<Record<OutcomeKind, DocumentKind>>> = {
  penalised: 'penalty-decision',
  transferred: 'transfer-letter',
  notified: 'notice-letter',
  listed: 'listing-decision',
};

const given = { by: z.string(), at: Instant };

/** One follow-up case of an inspection (后续处置, article 15). For staff only: what of it is published, another law says. */
export const FollowUpCase = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: FollowUpStatus,
  kind: FollowUpKind,
  inspection: z.string(),
  /** Of the inspection. */
  correlation: z.string(),
  subject: z.object({ id: z.string(), name: z.string() }),
  /** Who answers for it (谁管辖、谁负责). */
  unit: z.string(),
  foundBy: z.string(),
  /** The team of the inspection. */
  team: z.array(z.object({ inspector: z.string(), unit: z.string() })),
  raisedAt: Instant,
  due: CalendarDate,
  /** Who set the day, and why; absent while it is the default. */
  dueSet: z.object({ ...given, reason: z.string() }).optional(),
  documents: z.array(z.object({ ...given, kind: DocumentKind, number: z.string(), on: CalendarDate })),
  evidence: z.array(z.object({ ...given, reference: z.string() })),
  notes: z.array(z.object({ ...given, text: z.string() })),
  /** The unit that was asked to take it over. */
  offer: z.object({ ...given, to: z.string(), reason: z.string() }).optional(),
  /** Which units had it before, in that order. */
  moves: z.array(z.object({ ...given, from: z.string(), to: z.string(), reason: z.string() })),
  outcome: z.object({ ...given, kind: OutcomeKind, text: z.string() }).optional(),
});
export type FollowUpCase = z.infer<typeof FollowUpCase>;

interface Given {
  /** Who acts, by staff number. */
  readonly by: string;
  readonly at: Instant;
}

/** What can be done to a follow-up. */
export type FollowUpCommand = Given &
  (
    | { readonly kind: 'set-due'; readonly due: CalendarDate; readonly reason: string }
    | { readonly kind: 'note'; readonly text: string }
    | {
        readonly kind: 'document';
        readonly document: DocumentKind;
        readonly number: string;
        readonly on: CalendarDate;
      }
    | { readonly kind: 'evidence'; readonly reference: string }
    | { readonly kind: 'offer'; readonly to: string; readonly reason: string }
    | { readonly kind: 'accept' }
    | { readonly kind: 'decline'; readonly reason: string }
    | { readonly kind: 'close'; readonly outcome: OutcomeKind; readonly text: string }
  );

/**
 * Working days after the publication by which a follow-up is to be closed until somebody sets a day. A business that can't
 * be reached is to be listed within ten working days (《企业经营异常名录管理暂行办法》).
 */
export const defaultFollowUpDays: Readonly<Record<FollowUpKind, number>> = {
  rectification: 20,
  'case-transfer': 20,
  'department-notice': 20,
  'daily-supervision': 20,
  'abnormal-list': 10,
  other: 20,
};

/** What follows of a record, each kind once: a business that can't be reached is to be listed, whether or not the form says so. */
export function followUpKinds({
  followUps,
  results,
}: Pick<InspectionRecord, 'followUps' | 'results'>): readonly FollowUpKind[] {
  const asked = new Set<string>(followUps);
  if (results.includes(6)) asked.add('abnormal-list');
  return FollowUpKind.options.filter((kind) => asked.has(kind));
}

/** The unit that found it: that of the first item with something found, or of the form's first item. */
export function findingUnit({ items, record }: Pick<Inspection, 'items' | 'record'>): string {
  const found = new Set(
    record?.findings.filter(({ checked, finding }) => checked && finding !== '无').map(({ item }) => item),
  );
  const [first] = items;
  const unit = (items.find(({ code }) => found.has(code)) ?? first)?.unit;
  if (unit === undefined) throw new TypeError('an inspection has at least one item');
  return unit;
}

/** The follow-up of a kind of an inspection. */
export function followUpId(inspection: string, kind: FollowUpKind): string {
  return deriveId('F', inspection, kind);
}

/** A new follow-up of a published inspection. */
export function raiseFollowUp(
  inspection: Pick<Inspection, 'id' | 'correlation' | 'subject' | 'items' | 'team' | 'record'>,
  kind: FollowUpKind,
  { due, at }: { readonly due: CalendarDate; readonly at: Instant },
): FollowUpCase {
  const { id, correlation, subject, team } = inspection;
  const unit = findingUnit(inspection);
  return {
    id: followUpId(id, kind),
    version: 1,
    status: 'open',
    kind,
    inspection: id,
    correlation,
    subject: { id: subject.id, name: subject.name },
    unit,
    foundBy: unit,
    team: team.map(({ inspector, unit: of }) => ({ inspector, unit: of })),
    raisedAt: at,
    due,
    documents: [],
    evidence: [],
    notes: [],
    moves: [],
  };
}

/** Somebody of the staff, as far as it says what they are to a record. */
export interface Acting {
  readonly staffNo: string;
  readonly role: PersonRole;
  readonly unit: string;
}

/** What somebody is to a follow-up. Only the team's people of the unit that answers for it act as the team. */
export function standingsToFollowUp(
  { unit, offer, team }: Pick<FollowUpCase, 'unit' | 'offer' | 'team'>,
  { staffNo, role, unit: own }: Acting,
): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  if (team.some((member) => member.inspector === staffNo && member.unit === unit)) standings.add('team');
  if (role === 'unit' && own === unit) standings.add('unit');
  if (role === 'unit' && own === offer?.to) standings.add('receiver');
  if (watchesAll(role)) standings.add(role);
  return standings;
}

/** Who may read a follow-up: the team, the units that have, had or are offered it, and those who watch all of them. */
export function mayReadFollowUp(followUp: FollowUpCase, acting: Acting): boolean {
  const { foundBy, team, moves } = followUp;
  return (
    standingsToFollowUp(followUp, acting).size > 0 ||
    team.some(({ inspector }) => inspector === acting.staffNo) ||
    (acting.role === 'unit' && [foundBy, ...moves.map(({ from }) => from)].includes(acting.unit))
  );
}

/**
 * The follow-up after the command.
 * @throws Refusal `wrong-state` (naming the state and those that would be accepted), `body-invalid` for a day that is past or a
 *   unit that has it already, `document-missing` for an outcome whose paper is not entered
 */
export function decideFollowUp(followUp: FollowUpCase, command: FollowUpCommand): FollowUpCase {
  refuseWrongState(followUpLifecycle, command.kind, followUp);
  return { ...evolve(followUp, command), version: followUp.version + 1 };
}

function evolve(followUp: FollowUpCase, command: FollowUpCommand): FollowUpCase {
  const { by, at } = command;
  switch (command.kind) {
    case 'set-due':
      refusePast(command.due, at);
      return { ...followUp, due: command.due, dueSet: { by, at, reason: command.reason } };
    case 'note':
      return { ...followUp, notes: [...followUp.notes, { by, at, text: command.text }] };
    case 'document': {
      const { document: kind, number, on } = command;
      refuseFuture(on, at);
      return { ...followUp, documents: [...followUp.documents, { by, at, kind, number, on }] };
    }
    case 'evidence':
      return { ...followUp, evidence: [...followUp.evidence, { by, at, reference: command.reference }] };
    case 'offer':
      refuseSameUnit(followUp, command.to);
      return { ...followUp, status: 'offered', offer: { by, at, to: command.to, reason: command.reason } };
    case 'accept':
      return taken(followUp, { by, at });
    case 'decline': {
      const { offer: _, ...rest } = followUp;
      return { ...rest, status: 'open', notes: [...followUp.notes, { by, at, text: command.reason }] };
    }
    case 'close':
      refuseWithoutDocument(followUp, command.outcome);
      return {
        ...followUp,
        status: 'closed',
        outcome: { by, at, kind: command.outcome, text: command.text },
      };
  }
}

/** The unit that was offered the follow-up answers for it from now on. */
function taken({ offer, ...followUp }: FollowUpCase, { by, at }: Given): FollowUpCase {
  if (offer === undefined) throw new TypeError(`${followUp.id} was offered to nobody`);
  const { to, reason } = offer;
  const move = { by, at, from: followUp.unit, to, reason };
  return { ...followUp, status: 'open', unit: to, moves: [...followUp.moves, move] };
}

function refusePast(due: CalendarDate, at: Instant): void {
  const today = dateInShanghai(at);
  if (due < today) {
    throw new Refusal('body-invalid', `期限不得早于今天 A follow-up can't be due before today, ${today}.`, [
      { pointer: '/due', detail: `${today} 或以后 or later` },
    ]);
  }
}

function refuseFuture(on: CalendarDate, at: Instant): void {
  const today = dateInShanghai(at);
  if (on > today) {
    throw new Refusal('body-invalid', `文书日期不得晚于今天 A paper is not of a day after today, ${today}.`, [
      { pointer: '/on', detail: `${today} 或以前 or earlier` },
    ]);
  }
}

function refuseSameUnit({ id, unit }: FollowUpCase, to: string): void {
  if (unit === to) {
    throw new Refusal('body-invalid', `${id} 已由 ${unit} 负责 is ${unit}'s already.`, [
      { pointer: '/to', detail: '另一单位 another unit' },
    ]);
  }
}

function refuseWithoutDocument({ id, documents }: FollowUpCase, outcome: OutcomeKind): void {
  const needed = documentOfOutcome[outcome];
  if (needed !== undefined && !documents.some(({ kind }) => kind === needed)) {
    throw new Refusal(
      'document-missing',
      `${id} 以“${outcomeLabels[outcome]}”办结须先登记${documentLabels[needed]} closes as ${outcome} once its ${needed} is entered.`,
      [{ pointer: '/outcome', detail: `${documentLabels[needed]} ${needed}` }],
    );
  }
}

/** A follow-up in the words of the form. */
export function followUpTitle({ kind, subject }: Pick<FollowUpCase, 'kind' | 'subject'>): string {
  return `${subject.name} 的${followUpLabels[kind]}`;
}
