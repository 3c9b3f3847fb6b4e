import { describe, expect, it } from 'vitest';
import {
  cohortOf,
  hasRoom,
  isWithinWindow,
  mayBeMerged,
  merge,
  mergeByHand,
  namedBy,
  nextFiring,
} from '#domain/trigger/merging.ts';
import { Trigger, TriggerReport } from '#domain/trigger/trigger.ts';
import { refusalOf } from '../../support/refusals.ts';
import { at, MONDAY } from '../../support/samples.ts';

const trigger = (id: string, fields: object = {}, subject?: string): Trigger =>
  Trigger.parse({
    id,
    version: 2,
    status: 'fired',
    source: 'hotline-12345',
    senderId: `m-${id}`,
    receivedAt: MONDAY,
    report: {
      category: 'complaint',
      title: `投诉${id}`,
      ...(subject === undefined ? {} : { subject: { id: subject } }),
    },
    ...fields,
  });
const report = (fields: object): TriggerReport =>
  TriggerReport.parse({ category: 'complaint', title: '投诉', ...fields });

describe('the cohort of a policy', () => {
  it('is the same in whatever order its prefixes stand, and another for another policy, territory or industry', () => {
    const one = cohortOf('fuel', { territory: ['410381', '410311'], industry: ['F52'] });
    expect(cohortOf('fuel', { territory: ['410311', '410381'], industry: ['F52'] })).toBe(one);
    const others = [
      cohortOf('dining', { territory: ['410381', '410311'], industry: ['F52'] }),
      cohortOf('fuel', { territory: ['410381'], industry: ['F52'] }),
      cohortOf('fuel', { territory: ['410381', '410311'] }),
      cohortOf('fuel', { industry: ['410381', '410311', 'F52'] }),
      cohortOf('fuel', {}),
    ];
    expect(new Set([one, ...others]).size).toBe(6);
  });

  it('remembers its last firing under the next version', () => {
    expect(nextFiring(undefined, 'C-1', 'T-1', MONDAY)).toEqual({
      id: 'C-1',
      version: 1,
      trigger: 'T-1',
      at: MONDAY,
    });
    const known = nextFiring(undefined, 'C-1', 'T-1', MONDAY);
    expect(nextFiring(known, 'C-1', 'T-2', MONDAY)).toMatchObject({ version: 2, trigger: 'T-2' });
  });
});

describe('whether a rule merges', () => {
  it('a referral and what is severe fire at once, always', () => {
    expect(mayBeMerged(report({}))).toBe(true);
    expect(mayBeMerged(report({ category: 'monitoring', severity: 'normal' }))).toBe(true);
    expect(mayBeMerged(report({ category: 'monitoring', severity: 'severe' }))).toBe(false);
    expect(mayBeMerged(report({ category: 'referral' }))).toBe(false);
  });

  it('the window is over with its last hour', () => {
    expect(isWithinWindow({ at: MONDAY }, 24, at('2026-03-03T01:29:59.999Z'))).toBe(true);
    expect(isWithinWindow({ at: MONDAY }, 24, at('2026-03-03T01:30:00.000Z'))).toBe(false);
  });

  it('a trigger takes 200 reports, those of a merged one counted', () => {
    const reports = Array.from({ length: 198 }, (_, n) => ({
      id: `T-${n}`,
      source: 's',
      receivedAt: MONDAY,
      title: 't',
    }));
    const two = { merged: reports.slice(0, 1) };
    expect(hasRoom(trigger('A', { merged: reports }), trigger('B', two))).toBe(true);
    expect(hasRoom(trigger('A', { merged: [...reports, ...reports.slice(0, 1)] }), trigger('B', two))).toBe(
      false,
    );
  });
});

describe('merging', () => {
  it('closes the one and keeps what it reports, and what was merged into it, on the other', () => {
    const first = merge(trigger('B', { status: 'triaging' }, 'S2'), trigger('A', {}, 'S1'), MONDAY);
    expect(first.merged).toMatchObject({
      version: 3,
      status: 'merged',
      mergedInto: 'A',
      decidedAt: MONDAY,
    });
    expect(first.into).toMatchObject({
      version: 3,
      status: 'fired',
      merged: [{ id: 'B', source: 'hotline-12345', receivedAt: MONDAY, title: '投诉B', subject: 'S2' }],
    });
    const second = merge(first.into, trigger('C'), MONDAY);
    expect(second.into.merged?.map(({ id }) => id)).toEqual(['A', 'B']);
    expect(second.merged.merged).toBe(undefined);
    expect(namedBy(second.into)).toEqual(['S1', 'S2']);
  });

  it('tells of a business that is named when the draw is proposed already, unless the draw checks it', () => {
    const drawn = trigger('A', { draw: 'D-1' }, 'S1');
    const late = merge(trigger('B', {}, 'S2'), drawn, MONDAY).into;
    expect(late.merged).toMatchObject([{ id: 'B', subject: 'S2', late: true }]);
    expect(merge(trigger('C', {}, 'S2'), late, MONDAY).into.merged?.[1]).toMatchObject({ late: true });
    expect(merge(trigger('D', {}, 'S1'), drawn, MONDAY).into.merged?.[0]).not.toHaveProperty('late');
    expect(merge(trigger('E'), drawn, MONDAY).into.merged?.[0]).not.toHaveProperty('late');
  });

  it('names each business once', () => {
    const into = merge(trigger('B', {}, 'S1'), trigger('A', {}, 'S1'), MONDAY).into;
    expect(namedBy(into)).toEqual(['S1']);
    expect(namedBy(trigger('A'))).toEqual([]);
  });
});

describe('merging by hand', () => {
  const held = trigger('B', { status: 'triaging', suggestions: [] });
  const how = { at: MONDAY, reason: '同一事件' };

  it.each(['received', 'triaging', 'fired'])('takes a held trigger into one that is %s', (status) => {
    const { merged, into } = mergeByHand(held, trigger('A', { status }), how);
    expect([merged.status, merged.reason, merged.suggestions, into.status]).toEqual([
      'merged',
      '同一事件',
      undefined,
      status,
    ]);
  });

  it('is refused for a trigger that nobody has to decide about, and into one that is closed', () => {
    const into = (fields: object) => refusalOf(() => mergeByHand(held, trigger('A', fields), how));
    expect(refusalOf(() => mergeByHand(trigger('B'), trigger('A'), how)).reason).toBe('wrong-state');
    expect(into({ status: 'dismissed' }).reason).toBe('wrong-state');
    const elsewhere = into({ status: 'merged', mergedInto: 'T-9' });
    expect([elsewhere.reason, elsewhere.message.includes('T-9')]).toEqual(['wrong-state', true]);
  });

  it('is refused into one that has no room', () => {
    const one = { id: 'X', source: 's', receivedAt: MONDAY, title: 't' };
    const full = trigger('A', { merged: Array.from({ length: 200 }, () => one) });
    expect(refusalOf(() => mergeByHand(held, full, how)).reason).toBe('merge-full');
  });
});
