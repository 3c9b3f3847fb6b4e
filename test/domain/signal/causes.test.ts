import { describe, expect, it } from 'vitest';
import { Inspection } from '#domain/inspection/inspection.ts';
import { signalOfInspection, signalOfTrigger } from '#domain/signal/causes.ts';
import { saysTheSame, signalOf } from '#domain/signal/signal.ts';
import { Trigger, type TriggerReport } from '#domain/trigger/trigger.ts';
import { assignedInspection, cleanRecord, day } from '../../support/samples.ts';

const ID = '91350100M000100Y43';
const trigger = (report: Partial<TriggerReport>): Trigger =>
  Trigger.parse({
    id: 'T-1',
    version: 1,
    status: 'received',
    source: 'hotline-12345',
    senderId: 'm',
    // Monday 2 March 2026, 09:30 in Shanghai.
    receivedAt: '2026-03-02T01:30:00.000Z',
    report: { category: 'complaint', title: '计量不准', subject: { id: ID }, ...report },
  });
const dayOf = (occurredAt?: string) => signalOfTrigger(trigger({ occurredAt }))?.on;

describe('a trigger', () => {
  it('article 4: that complains about a business by its code is a signal about it', () => {
    expect(signalOfTrigger(trigger({}))).toEqual({
      id: 'S-9434389470d1b81c407a5b1f',
      subject: ID,
      kind: 'complaint',
      on: '2026-03-02',
      source: 'trigger',
      reference: 'T-1',
    });
  });

  it('is dated on the day in Shanghai on which it happened, never later than it came', () => {
    expect(dayOf('2026-02-27T23:30:00+08:00')).toBe('2026-02-27');
    expect(dayOf('2026-02-27T17:00:00Z')).toBe('2026-02-28');
    expect(dayOf('2026-03-05T00:00:00+08:00')).toBe('2026-03-02');
    expect(dayOf()).toBe('2026-03-02');
  });

  it('of another category, about a name, about nobody or about a code that no register gives out is none', () => {
    expect(signalOfTrigger(trigger({ category: 'referral' }))).toBeUndefined();
    expect(signalOfTrigger(trigger({ subject: { name: '甲' } }))).toBeUndefined();
    expect(signalOfTrigger(trigger({ subject: undefined }))).toBeUndefined();
    expect(signalOfTrigger(trigger({ subject: { id: '91350100M000100Y44' } }))).toBeUndefined();
  });
});

describe('a published inspection', () => {
  const kindOf = (...results: number[]) =>
    signalOfInspection(
      Inspection.parse({
        ...assignedInspection,
        subject: { ...assignedInspection.subject, id: ID },
        status: 'published',
        endedAt: '2026-03-05T16:30:00.000Z',
        record: { ...cleanRecord, results },
      }),
    )?.kind;

  it('article 4: is a failed or a passed check on the day on which it ended', () => {
    expect(
      signalOfInspection({
        ...assignedInspection,
        subject: { ...assignedInspection.subject, id: ID },
        endedAt: trigger({}).receivedAt,
        record: cleanRecord,
      }),
    ).toEqual({
      id: 'S-a0c771f84beb63563ad8892c',
      subject: ID,
      kind: 'passed-check',
      on: '2026-03-02',
      source: 'inspection',
      reference: 'I-000000000000000000000001',
    });
  });

  it.each([
    [[1], 'passed-check'],
    [[2], 'failed-check'],
    [[3], 'failed-check'],
    [[4], 'failed-check'],
    [[5], 'failed-check'],
    [[6], 'failed-check'],
    [[8], 'failed-check'],
    [[7], undefined],
    [[9], undefined],
    [[10], undefined],
    [[11], undefined],
    [[12], undefined],
    [[7, 4], 'failed-check'],
    [[9, 12], undefined],
  ])('with the results %j is %s', (results, kind) => {
    expect(kindOf(...results)).toBe(kind);
  });

  it('is nothing before it has a record', () => {
    expect(signalOfInspection(assignedInspection)).toBeUndefined();
  });
});

describe('two signals', () => {
  const said = {
    kind: 'credit-repair',
    on: day('2026-03-02'),
    lifts: ['penalty', 'overdue-report'],
  } as const;
  const one = signalOf(ID, 'import', { ...said, lifts: [...said.lifts] });

  it('of one decision are one, whoever tells of it', () => {
    const other = signalOf(ID, 'person', { ...said, lifts: ['overdue-report', 'penalty'] });
    expect([one.id === other.id, saysTheSame(one, other)]).toEqual([true, true]);
  });

  it('of one decision in other words are one that says something else', () => {
    const other = signalOf(ID, 'person', { ...said, lifts: ['penalty'], note: '部分修复' });
    expect([one.id === other.id, saysTheSame(one, other)]).toEqual([true, false]);
  });

  it('under references of their own are two', () => {
    expect(signalOf(ID, 'import', { ...said, lifts: ['penalty'], reference: '2' }).id).not.toBe(one.id);
  });
});
