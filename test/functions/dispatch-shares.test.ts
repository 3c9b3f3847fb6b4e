import { describe, expect, it } from 'vitest';
import { MingchouEvent } from '#contracts/events.ts';
import { sharesOf } from '../../functions/dispatch/shares.ts';
import { ownShare } from '#wording/dispatch-wording.ts';
import { ITEMS, UNITS } from '../support/draws.ts';

const [first, second, third] = ITEMS;
const at = (...items: (typeof first)[]) => ({
  items: items.flatMap((item) => (item === undefined ? [] : [item])),
});

describe('the shares of the units in a list', () => {
  it('count an object once for each unit, however many of its items are checked there', () => {
    expect(sharesOf([at(first, second), at(first, third)], [])).toEqual([
      { unit: UNITS[0], objects: 2 },
      { unit: UNITS[1], objects: 1 },
    ]);
  });

  it('go on from the batch before', () => {
    expect(sharesOf([at(third)], [{ unit: UNITS[0], objects: 500 }])).toEqual([
      { unit: UNITS[0], objects: 500 },
      { unit: UNITS[1], objects: 1 },
    ]);
  });
});

describe('the head of a unit', () => {
  it('article 7(3): is told once of a list what the unit has to do, and where it stands', () => {
    const event = MingchouEvent.parse({
      id: 'E-1',
      type: 'draw.dispatched',
      time: '2026-09-01T01:00:00.000Z',
      about: { kind: 'draw', id: 'D-1', version: 3 },
      correlation: 'D-1',
      causation: 'E-0',
      actor: { kind: 'function', id: 'dispatch' },
      data: { inspections: 12, title: '加油站投诉抽查', units: [{ unit: UNITS[1], objects: 7 }] },
    });
    if (event.type !== 'draw.dispatched') throw new TypeError(event.type);
    expect(ownShare(event, { unit: UNITS[1], objects: 7 })).toEqual({
      urgency: 'immediate',
      zh: {
        subject: '抽查任务派发：加油站投诉抽查',
        text: '加油站投诉抽查（D-1）已派发，节能监察中心 承担 7 个检查对象；名单、登记表和期限见 /draws/D-1/summary。',
      },
      en: {
        subject: 'A list is out: 加油站投诉抽查',
        text: 'The list is out: your unit has 7 to inspect; see /draws/D-1/summary.',
      },
    });
  });
});
