import { describe, expect, test } from 'vitest';
import {
  isPermitted,
  refuseUnpermitted,
  refuseWrongState,
  type Lifecycle,
} from '#domain/lifecycle/lifecycle.ts';

const door: Lifecycle<'open' | 'shut', 'shut' | 'knock'> = {
  name: 'door',
  zh: '门',
  statuses: { open: '开', shut: '关' },
  begins: { zh: '装门', in: ['open'], by: ['administrator'] },
  steps: {
    shut: { zh: '关门', by: ['unit', 'lead-section'], from: ['open'], to: ['shut'] },
    knock: { zh: '敲门', by: ['team'], from: ['open', 'shut'], to: ['open'] },
  },
};

describe('a lifecycle', () => {
  test('takes a command in its states, and refuses it in others with the state and those that would be accepted', () => {
    expect(() => refuseWrongState(door, 'shut', { id: 'D-1', status: 'open' })).not.toThrow();
    expect(() => refuseWrongState(door, 'shut', { id: 'D-1', status: 'shut' })).toThrow(
      'D-1 的状态为关 shut，“关门”只能在 开 open 状态进行 is shut; shut is possible from open only.',
    );
  });

  test('lets in whoever stands to the record in one of the ways that it names', () => {
    expect(isPermitted(door, 'shut', new Set(['team', 'unit']))).toBe(true);
    expect(isPermitted(door, 'shut', new Set(['team', 'supervisor']))).toBe(false);
    expect(isPermitted(door, 'shut', new Set())).toBe(false);
  });

  test('says who may when somebody may not', () => {
    const refused = () => refuseUnpermitted(door, 'shut', { id: 'D-1' }, new Set(['supervisor']));
    expect(refused).toThrow('“关门”须由承担单位负责人、牵头科室办理 shut of D-1 takes: unit, lead-section.');
    expect(refused).toThrow(expect.objectContaining({ reason: 'role-forbidden' }));
  });

  test('tells a stranger to the team apart from a role that may not', () => {
    expect(() => refuseUnpermitted(door, 'knock', { id: 'D-1' }, new Set(['unit']))).toThrow(
      expect.objectContaining({ reason: 'not-on-team' }),
    );
  });
});
