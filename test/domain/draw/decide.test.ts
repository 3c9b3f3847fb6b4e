import { describe, expect, it } from 'vitest';
import { decideDraw, type DrawCommand } from '#domain/draw/decide.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { Draw, DrawStatus } from '#domain/draw/draw.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { at, MONDAY, sampleDraw } from '../../support/samples.ts';
import { refusalOf } from '../../support/refusals.ts';

const SOURCE = '双色球第 2026024 期';
const EVENING = at('2026-03-03T13:15:00.000Z');
const HASH = 'a'.repeat(64);

const draw = (change: object = {}): Draw => sampleDraw({ version: 4, ...change });

const awaiting = (beacon: object, entries: object[] = []): Draw =>
  draw({
    status: 'committed',
    committed: {
      at: MONDAY,
      hash: HASH,
      pool: { key: HASH, pages: 1, withheld: [] },
      commitment: {
        version: 'mingchou-draw-1',
        drawId: 'D-1',
        pool: { root: HASH, size: { A: 10 } },
        quota: { A: 1 },
        beacon,
        spec: {},
      },
    },
    awaited: { readyAt: EVENING, entries },
  });
const lottery = (entries: object[] = []) =>
  awaiting({ kind: 'announced', source: SOURCE, expectedAt: EVENING }, entries);

/** A draw of each state for which each command makes sense, apart from the state itself. */
const commands: readonly DrawCommand[] = [
  { kind: 'approve', at: MONDAY },
  { kind: 'freeze' },
  { kind: 'match' },
  { kind: 'enter-beacon', at: EVENING, by: 'HP9001', value: '01 02' },
  { kind: 'void', at: MONDAY, reason: '事由' },
  { kind: 'replace', by: 'D-2' },
];

describe('the commands of a draw', () => {
  const outcomeOf = (given: Draw, command: DrawCommand): string => {
    try {
      return `version ${decideDraw(given, command).version}`;
    } catch (error) {
      return error instanceof Refusal ? `${error.reason}: ${error.message}` : String(error);
    }
  };

  it.each(commands)('$kind: from the states of the table and from no other', (command) => {
    const { zh, from: allowed } = drawLifecycle.steps[command.kind];
    const labels = drawLifecycle.statuses;
    const said = DrawStatus.options.map((status) =>
      outcomeOf({ ...lottery(), status, unstaffed: '无人', unbeaconed: '无信标' }, command),
    );
    const refused = (status: DrawStatus) =>
      `wrong-state: D-1 的状态为${labels[status]} ${status}，“${zh}”只能在 ${allowed.map((one) => `${labels[one]} ${one}`).join('、')} 状态进行 is ${status}; ${command.kind} is possible from ${allowed.join(' or ')} only.`;
    expect(said).toEqual(
      DrawStatus.options.map((status) => (allowed.includes(status) ? 'version 5' : refused(status))),
    );
  });

  it('no state but those before the matching can be voided, and only a voided draw is drawn again', () => {
    expect(DrawStatus.options.filter((status) => !drawLifecycle.steps.void.from.includes(status))).toEqual([
      'matched',
      'dispatched',
      'closed',
      'voided',
    ]);
    expect(drawLifecycle.steps.replace.from).toEqual(['voided']);
  });

  it('article 7(1): an approved draw says when; what was approved is not changed', () => {
    expect(decideDraw(draw(), { kind: 'approve', at: MONDAY })).toEqual(
      draw({ status: 'approved', approvedAt: MONDAY, version: 5 }),
    );
  });

  it('a draw that has a beacon or a team is not made to look for one again', () => {
    expect(refusalOf(() => decideDraw(draw({ status: 'approved' }), { kind: 'freeze' })).reason).toBe(
      'wrong-state',
    );
    expect(refusalOf(() => decideDraw(draw({ status: 'drawn' }), { kind: 'match' })).reason).toBe(
      'wrong-state',
    );
  });

  it('a voided draw is drawn again once, and names the draw that is made instead', () => {
    const voided = draw({ status: 'voided' });
    const replaced = decideDraw(voided, { kind: 'replace', by: 'D-2' });
    expect(replaced.replacedBy).toBe('D-2');
    const again = refusalOf(() => decideDraw(replaced, { kind: 'replace', by: 'D-3' }));
    expect(again.reason).toBe('replaced-already');
    expect(again.message).toContain('D-2');
  });
});

describe('the value of an announced beacon', () => {
  const enter = (given: Draw, by: string, value: string, time = EVENING) =>
    decideDraw(given, { kind: 'enter-beacon', at: time, by, value });

  it('is taken down from one person, and stands when a second says the same', () => {
    const once = enter(lottery(), 'HP9001', ' 01 02 03 ');
    expect(once.arrived).toBeUndefined();
    expect(once.awaited?.entries).toEqual([{ by: 'HP9001', value: '01 02 03', at: EVENING }]);
    const twice = enter(once, 'HP9005', '01 02 03');
    expect(twice.arrived).toEqual({ at: EVENING, value: '01 02 03' });
    expect(twice.status).toBe('committed');
  });

  it('does not stand by one person who says it twice', () => {
    const twice = enter(enter(lottery(), 'HP9001', '01'), 'HP9001', '01');
    expect(twice.arrived).toBeUndefined();
    expect(twice.awaited?.entries).toHaveLength(1);
  });

  it('does not stand while two differ; the one who made a slip says it again, or a third agrees with one of them', () => {
    const differing = enter(enter(lottery(), 'HP9001', '01 02'), 'HP9005', '01 03');
    expect(differing.arrived).toBeUndefined();
    expect(enter(differing, 'HP9001', '01 03').arrived?.value).toBe('01 03');
    expect(enter(differing, 'HP9002', '01 02').arrived?.value).toBe('01 02');
    expect(enter(differing, 'HP9002', '09 09').arrived).toBeUndefined();
  });

  it('is compared in Unicode NFC: é typed in two ways is the same', () => {
    expect(enter(enter(lottery(), 'HP9001', 'e\u0301'), 'HP9005', '\u00e9').arrived?.value).toBe('\u00e9');
  });

  it('is refused before the source publishes, when it is empty, and for a beacon that people do not enter', () => {
    const early = refusalOf(() => enter(lottery(), 'HP9001', '01', at('2026-03-03T13:14:59.999Z')));
    expect(early.reason).toBe('beacon-early');
    expect(early.message).toContain(SOURCE);
    expect(refusalOf(() => enter(lottery(), 'HP9001', '  ')).reason).toBe('beacon-value');
    const drand = awaiting({ kind: 'drand', chain: HASH, round: 7 });
    expect(refusalOf(() => enter(drand, 'HP9001', '01')).reason).toBe('beacon-not-entered');
  });
});
