import { describe, expect, it } from 'vitest';
import { LiftableKind, Signal, SignalKind, signalLabels } from '#domain/signal/signal.ts';
import { STATION } from '../../support/risk-samples.ts';

const complaint = { id: 'G-1', subject: STATION, kind: 'complaint', on: '2026-03-02', source: 'trigger' };
const restored = { ...complaint, kind: 'credit-repair', source: 'import', lifts: ['penalty'] };
const faults = (signal: object) => {
  const { error } = Signal.safeParse(signal);
  return error?.issues.map(({ path }) => path.join('/'));
};

describe('a signal about a subject', () => {
  it('says what happened on which day, and where it was learnt', () => {
    expect(Signal.parse(complaint)).toEqual(complaint);
    expect(Signal.parse({ ...complaint, reference: ' T-1 ', note: ' 少油 ' })).toEqual({
      ...complaint,
      reference: 'T-1',
      note: '少油',
    });
  });

  it.each([
    ['an unknown kind', { kind: 'rumour' }, ['kind']],
    ['a day that the calendar does not have', { on: '2026-02-29' }, ['on']],
    ['a moment instead of a day', { on: '2026-03-02T01:30:00.000Z' }, ['on']],
    ['an unknown source', { source: 'hearsay' }, ['source']],
    ['a subject without a code', { subject: '某加油站' }, ['subject']],
    ['no id', { id: '' }, ['id']],
    ['an empty note', { note: '  ' }, ['note']],
    ['a member that it does not have', { level: 'severe' }, ['']],
  ])('is refused with %s', (_, change, paths) => {
    expect(faults({ ...complaint, ...change })).toEqual(paths);
  });

  it('takes a leap day of a leap year', () => {
    expect(faults({ ...complaint, on: '2028-02-29' })).toBeUndefined();
  });

  it('has a Chinese label for each kind', () => {
    expect(SignalKind.options.map((kind) => signalLabels[kind])).toEqual([
      '投诉举报',
      '列入经营异常名录',
      '列入严重违法失信名单',
      '行政处罚',
      '检查发现问题',
      '检查未发现问题',
      '年报逾期',
      '信用修复',
    ]);
  });
});

describe('a credit repair', () => {
  it.each(LiftableKind.options)('may lift %s', (kind) => {
    expect(faults({ ...restored, lifts: [kind] })).toBeUndefined();
  });

  it('has to name what it lifts, at least one kind', () => {
    const { lifts: _, ...silent } = restored;
    expect(faults(silent)).toEqual(['lifts']);
    expect(faults({ ...restored, lifts: [] })).toEqual(['lifts']);
  });

  it.each(['complaint', 'failed-check', 'passed-check', 'credit-repair'])(
    'can not undo a %s, which has happened',
    (kind) => {
      expect(faults({ ...restored, lifts: [kind] })).toEqual(['lifts/0']);
    },
  );

  it.each(SignalKind.exclude(['credit-repair']).options)('alone lifts anything: a %s does not', (kind) => {
    expect(faults({ ...complaint, kind, lifts: ['penalty'] })).toEqual(['lifts']);
  });
});
