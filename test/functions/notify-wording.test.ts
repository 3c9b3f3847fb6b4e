import { expect, test } from 'vitest';
import { MingchouEvent } from '#contracts/events.ts';
import { inBoth } from '#domain/message/message.ts';
import { fellBack } from '#wording/wording.ts';

/** What the lead section is told of a draw whose plan asked for a drand round. */
function told(data: object) {
  const event = MingchouEvent.parse({
    id: 'E-1',
    type: 'draw.committed',
    time: '2026-09-01T01:00:00.000Z',
    about: { kind: 'draw', id: 'D-1', version: 3 },
    correlation: 'D-1',
    causation: 'E-0',
    actor: { kind: 'function', id: 'draw' },
    data: {
      commitmentHash: 'a'.repeat(64),
      poolRoot: 'b'.repeat(64),
      poolSize: 10,
      quota: 1,
      beaconWanted: 'drand',
      ...data,
    },
  });
  if (event.type !== 'draw.committed') throw new TypeError(event.type);
  return inBoth(fellBack(event));
}

test('article 5: a draw that took its fallback says what was wanted, what was taken, and what can be done', () => {
  expect(told({ beacon: 'sealed' })).toEqual({
    subject: '抽查改用备用信标',
    text: '抽查 D-1 公布承诺时无法取得原定的 drand 信标，已按计划改用系统封存的秘密；承诺与证明均已写明。如不接受，可在匹配检查人员之前作废并重抽。\nThe drand beacon that the plan asks for could not be had: the draw was committed to its fallback, sealed, as its commitment says. Void it and draw again if that is not good enough.',
  });
});

test('article 5: a fallback that people have to read says so too', () => {
  const { text } = told({ beacon: 'announced', readyAt: '2026-09-01T13:15:00.000Z' });
  expect(text).toContain('已按计划改用公开来源；');
  expect(text).toContain('请两人分别在 2026-09-01T13:15:00.000Z 之后录入公开来源公布的原文，录入须一致。');
  expect(text).toContain(
    'Two people have to enter what the announced source publishes at 2026-09-01T13:15:00.000Z.',
  );
});
