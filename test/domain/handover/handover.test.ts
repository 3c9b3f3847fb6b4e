import { describe, expect, it } from 'vitest';
import type { Acting } from '#domain/follow-up/follow-up.ts';
import {
  Clue,
  decideHandover,
  Handover,
  mayReadHandover,
  raiseHandover,
  standingsToHandover,
  type HandoverCommand,
} from '#domain/handover/handover.ts';
import {
  handoverLifecycle,
  type HandoverCommandKind,
  type HandoverStatus,
} from '#domain/handover/lifecycle.ts';
import { InspectionStatus } from '#domain/inspection/inspection.ts';
import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import { livesBy } from '../../support/lifecycle-table.ts';
import { pointersOf, refusalOf } from '../../support/refusals.ts';
import { assignedInspection, at, day } from '../../support/samples.ts';

const FOUND = at('2026-03-03T02:00:00.000Z');
const LATER = at('2026-03-04T02:00:00.000Z');
const OWN = '商务综合执法大队';
const THERE = '节能监察中心';
const clue = Clue.parse({
  clue: '现场发现未取得许可的储罐',
  field: '危险化学品安全管理条例',
  receiver: { kind: 'unit', unit: THERE },
});
const raising = { id: 'H-1', by: 'GX-001', at: FOUND, receiptBy: day('2026-03-06') };
const begun = { ...assignedInspection, status: 'begun' } as const;
const raised = raiseHandover(begun, clue, raising);
const outside = raiseHandover(
  begun,
  { ...clue, receiver: { kind: 'authority', name: '应急管理局', contact: '0379-12350' } },
  raising,
);
const given = { by: 'HEAD', at: LATER };
const commands: Readonly<Record<HandoverCommandKind, HandoverCommand>> = {
  send: { kind: 'send', ...given, letter: '移字〔2026〕1号' },
  receive: { kind: 'receive', ...given, number: '收字 8 号', on: day('2026-03-04') },
  return: { kind: 'return', ...given, reason: '不属本单位职责' },
  close: { kind: 'close', ...given, note: '已立案' },
};
const sent = decideHandover(raised, commands.send);
const inStatus: Readonly<Record<HandoverStatus, Handover>> = {
  raised,
  sent,
  received: decideHandover(sent, commands.receive),
  returned: decideHandover(sent, commands.return),
  closed: decideHandover(decideHandover(sent, commands.receive), commands.close),
};
const taken: readonly (readonly [HandoverCommandKind, HandoverStatus, HandoverStatus])[] = [
  ['send', 'raised', 'sent'],
  ['receive', 'sent', 'received'],
  ['return', 'sent', 'returned'],
  ['close', 'received', 'closed'],
  ['close', 'returned', 'closed'],
];
const may: Readonly<Record<HandoverCommandKind, readonly Standing[]>> = {
  send: ['team', 'unit'],
  receive: ['receiver'],
  return: ['receiver'],
  close: ['team', 'unit'],
};
describe('article 11: a handover', () => {
  livesBy({
    lifecycle: handoverLifecycle,
    schema: Handover,
    decide: decideHandover,
    commands,
    inStatus,
    taken,
    may,
  });

  it('is raised at once, from the begin of the visit until its file is closed', () => {
    const outcome = (status: InspectionStatus) => {
      const visit = { ...assignedInspection, status };
      const open = ['begun', 'ended', 'recorded', 'published'].includes(status);
      return open
        ? raiseHandover(visit, clue, raising).status
        : refusalOf(() => raiseHandover(visit, clue, raising)).reason;
    };
    expect(InspectionStatus.options.map((status) => [status, outcome(status)])).toEqual([
      ['assigned', 'wrong-state'],
      ['accepted', 'wrong-state'],
      ['begun', 'raised'],
      ['ended', 'raised'],
      ['recorded', 'raised'],
      ['published', 'raised'],
      ['closed', 'wrong-state'],
      ['archived', 'wrong-state'],
    ]);
    expect([raised.from, raised.version]).toEqual([OWN, 1]);
  });

  it('is raised by the team alone, and not to the own unit', () => {
    const stranger = () => raiseHandover(begun, clue, { ...raising, by: 'GX-009' });
    expect(refusalOf(stranger).reason).toBe('not-on-team');
    const own = { ...clue, receiver: { kind: 'unit', unit: OWN } } as const;
    expect(pointersOf(refusalOf(() => raiseHandover(begun, own, raising)))).toEqual(['/receiver/unit']);
  });

  it('is received by the head of the unit, or entered by whoever handed it to an authority outside', () => {
    const acting = (handover: Handover, staffNo: string, role: Acting['role'], unit: string) => [
      ...standingsToHandover(handover, { staffNo, role, unit }),
    ];
    expect(acting(raised, 'HEAD-2', 'unit', THERE)).toEqual(['receiver']);
    expect(acting(raised, 'GX-001', 'inspector', OWN)).toEqual(['team']);
    expect(acting(outside, 'GX-001', 'inspector', OWN)).toEqual(['team', 'receiver']);
    expect(acting(outside, 'HEAD', 'unit', OWN)).toEqual(['unit', 'receiver']);
    expect(acting(outside, 'HEAD-2', 'unit', THERE)).toEqual([]);
  });

  it('is read by whoever receives it once it was sent, and by no stranger', () => {
    const receiving: Acting = { staffNo: 'HEAD-2', role: 'unit', unit: THERE };
    expect([mayReadHandover(raised, receiving), mayReadHandover(sent, receiving)]).toEqual([false, true]);
    expect(mayReadHandover(sent, { staffNo: 'X', role: 'unit', unit: '别的单位' })).toBe(false);
    expect(mayReadHandover(raised, { staffNo: 'LEAD', role: 'lead-section', unit: '' })).toBe(true);
  });

  it('has a receipt of no day to come', () => {
    const early = { kind: 'receive', ...given, number: '1', on: day('2026-03-05') } as const;
    expect(pointersOf(refusalOf(() => decideHandover(sent, early)))).toEqual(['/on']);
  });
});
