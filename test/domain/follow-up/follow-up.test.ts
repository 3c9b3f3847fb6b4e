import { describe, expect, it } from 'vitest';
import {
  decideFollowUp,
  findingUnit,
  FollowUpCase,
  followUpKinds,
  mayReadFollowUp,
  raiseFollowUp,
  standingsToFollowUp,
  type Acting,
  type FollowUpCommand,
} from '#domain/follow-up/follow-up.ts';
import {
  followUpLifecycle,
  type FollowUpCommandKind,
  type FollowUpStatus,
} from '#domain/follow-up/lifecycle.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import { livesBy } from '../../support/lifecycle-table.ts';
import { pointersOf, refusalOf } from '../../support/refusals.ts';
import { assignedInspection, at, cleanRecord, day } from '../../support/samples.ts';

const PUBLISHED = at('2026-03-20T02:00:00.000Z');
const LATER = at('2026-03-24T02:00:00.000Z');
const OWN = '节能监察中心';
const OTHER = '商务综合执法大队';
const [cleanFinding, finding = cleanRecord.findings[1]] = cleanRecord.findings;

const inspection: Inspection = {
  ...assignedInspection,
  status: 'published',
  publishedAt: PUBLISHED,
  record: {
    ...cleanRecord,
    results: [3],
    findings: [cleanFinding, finding].flatMap((one, place) =>
      one === undefined ? [] : [place === 0 ? one : { ...one, finding: '计量超差', handling: '责令改正' }],
    ),
    followUps: ['rectification'],
  },
};
const raised = raiseFollowUp(inspection, 'rectification', { due: day('2026-04-20'), at: PUBLISHED });
const given = { by: 'HEAD', at: LATER };
const commands: Readonly<Record<FollowUpCommandKind, FollowUpCommand>> = {
  'set-due': { kind: 'set-due', ...given, due: day('2026-04-03'), reason: '整改量小' },
  note: { kind: 'note', ...given, text: '已约谈负责人' },
  document: {
    kind: 'document',
    ...given,
    document: 'rectification-order',
    number: '责改〔2026〕1号',
    on: day('2026-03-24'),
  },
  evidence: { kind: 'evidence', ...given, reference: '检定证书 2026-77' },
  offer: { kind: 'offer', ...given, to: OTHER, reason: '属其管辖' },
  accept: { kind: 'accept', ...given },
  decline: { kind: 'decline', ...given, reason: '不属本单位管辖' },
  close: { kind: 'close', ...given, outcome: 'rectified', text: '复查合格' },
};
const inStatus: Readonly<Record<FollowUpStatus, FollowUpCase>> = {
  open: raised,
  offered: decideFollowUp(raised, commands.offer),
  closed: decideFollowUp(raised, commands.close),
};

/** Written out again on purpose: the life of a follow-up as article 15 has it, not the table of the code. */
const taken: readonly (readonly [FollowUpCommandKind, FollowUpStatus, FollowUpStatus])[] = [
  ['set-due', 'open', 'open'],
  ['note', 'open', 'open'],
  ['note', 'offered', 'offered'],
  ['document', 'open', 'open'],
  ['document', 'offered', 'offered'],
  ['document', 'closed', 'closed'],
  ['evidence', 'open', 'open'],
  ['evidence', 'offered', 'offered'],
  ['evidence', 'closed', 'closed'],
  ['offer', 'open', 'offered'],
  ['accept', 'offered', 'open'],
  ['decline', 'offered', 'open'],
  ['close', 'open', 'closed'],
];
const may: Readonly<Record<FollowUpCommandKind, readonly Standing[]>> = {
  'set-due': ['team', 'unit'],
  note: ['team', 'unit'],
  document: ['team', 'unit'],
  evidence: ['team', 'unit'],
  offer: ['unit', 'lead-section'],
  accept: ['receiver'],
  decline: ['receiver'],
  close: ['team', 'unit'],
};
describe('article 15: a follow-up', () => {
  livesBy({
    lifecycle: followUpLifecycle,
    schema: FollowUpCase,
    decide: decideFollowUp,
    commands,
    inStatus,
    taken,
    may,
  });

  it('is the unit’s that found it, with the team of that unit', () => {
    expect([raised.unit, raised.foundBy]).toEqual([OWN, OWN]);
    expect(findingUnit({ ...inspection, record: cleanRecord })).toBe(OTHER);
    const acting = (staffNo: string, role: Acting['role'], unit: string) => [
      ...standingsToFollowUp(raised, { staffNo, role, unit }),
    ];
    expect(acting('GX-002', 'inspector', OWN)).toEqual(['team']);
    expect(acting('GX-001', 'inspector', OTHER)).toEqual([]);
    expect(acting('HEAD', 'unit', OWN)).toEqual(['unit']);
    expect(acting('HEAD-2', 'unit', OTHER)).toEqual([]);
    expect(acting('LEAD', 'lead-section', '牵头科室')).toEqual(['lead-section']);
    const offered = standingsToFollowUp(inStatus.offered, { staffNo: 'HEAD-2', role: 'unit', unit: OTHER });
    expect([...offered]).toEqual(['receiver']);
  });

  it('is read by its team, its units and those who watch, and by nobody else', () => {
    const reads = (staffNo: string, role: Acting['role'], unit: string, one = raised) =>
      mayReadFollowUp(one, { staffNo, role, unit });
    expect(reads('GX-001', 'inspector', OTHER)).toBe(true);
    expect(reads('HEAD-2', 'unit', OTHER)).toBe(false);
    expect(reads('HEAD-2', 'unit', OTHER, inStatus.offered)).toBe(true);
    expect(reads('SUP', 'supervisor', '局领导')).toBe(true);
    expect(reads('GX-009', 'inspector', OWN)).toBe(false);
    const moved = decideFollowUp(inStatus.offered, { ...commands.accept, by: 'HEAD-2' });
    expect([moved.unit, reads('HEAD', 'unit', OWN, moved)]).toEqual([OTHER, true]);
  });

  it('stays with its unit when the other one declines, with the reason', () => {
    const after = decideFollowUp(inStatus.offered, commands.decline);
    expect([after.unit, after.offer, after.notes]).toEqual([
      OWN,
      undefined,
      [{ by: 'HEAD', at: LATER, text: '不属本单位管辖' }],
    ]);
  });

  it('is due on no day that is past, and no paper is of a day to come', () => {
    const past = { ...commands['set-due'], kind: 'set-due', due: day('2026-03-23'), reason: 'r' } as const;
    expect(pointersOf(refusalOf(() => decideFollowUp(raised, past)))).toEqual(['/due']);
    const paper = {
      kind: 'document',
      ...given,
      document: 'other',
      number: '1',
      on: day('2026-03-25'),
    } as const;
    expect(pointersOf(refusalOf(() => decideFollowUp(raised, paper)))).toEqual(['/on']);
  });

  it('is not offered to the unit that has it', () => {
    const own = { kind: 'offer', ...given, to: OWN, reason: 'r' } as const;
    expect(pointersOf(refusalOf(() => decideFollowUp(raised, own)))).toEqual(['/to']);
  });

  it.each([
    ['penalised', 'penalty-decision'],
    ['transferred', 'transfer-letter'],
    ['notified', 'notice-letter'],
    ['listed', 'listing-decision'],
  ] as const)('closes as %s once the number of its %s is entered', (outcome, document) => {
    const close = { kind: 'close', ...given, outcome, text: '见文书' } as const;
    expect(refusalOf(() => decideFollowUp(raised, close)).reason).toBe('document-missing');
    const paper = { kind: 'document', ...given, document, number: '1号', on: day('2026-03-24') } as const;
    expect(decideFollowUp(decideFollowUp(raised, paper), close).outcome?.kind).toBe(outcome);
  });

  it('follows of what the record says, each kind once; a business that can’t be reached is to be listed either way', () => {
    expect(followUpKinds({ followUps: ['none'], results: [1] })).toEqual([]);
    expect(followUpKinds({ followUps: ['rectification', 'rectification'], results: [3] })).toEqual([
      'rectification',
    ]);
    expect(followUpKinds({ followUps: ['none'], results: [6] })).toEqual(['abnormal-list']);
    expect(followUpKinds({ followUps: ['abnormal-list', 'other'], results: [6] })).toEqual([
      'abnormal-list',
      'other',
    ]);
  });
});
