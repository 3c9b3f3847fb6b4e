import { beforeAll, describe, expect, test } from 'vitest';
import type { RunnerOptions } from '#infra/local/runner.ts';
import { killedFrom } from '../support/faults.ts';
import { COMPLAINT, until } from '../support/journey.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { inspectorsChanged } from '../support/staffing-journey.ts';
import { ADMINISTRATOR, assemblySweptDaily, UNSCANNED, startWorld, type World } from '../support/world.ts';

/** Two reports on one cohort, the second naming a business; then a morning on which a certificate, a training and a draw are due. */
async function journey(world: World): Promise<void> {
  await world.report('merge-1', COMPLAINT);
  await world.runner.settle();
  await world.report('merge-2', { ...COMPLAINT, subject: { id: '91410381PDY0000799' } });
  await world.runner.settle();
  await until(world, '2026-09-02T02:00:00.000Z');
}

const WATCHED = /(triage|notify|certificates|statutory)Function/;

/** What the journey leaves under the faults; those of the preparation are nobody's. */
async function leftBy(
  assembly: string,
  faults: Pick<RunnerOptions, 'intercept' | 'onDeliver'>,
): Promise<Snapshot> {
  const { intercept, onDeliver } = faults;
  let armed = false;
  const world = await startWorld({
    assembly,
    restaurants: 1,
    runner: {
      entropy: 'the same in every run',
      intercept: (call) =>
        armed && WATCHED.test(call.function) && intercept !== undefined ? intercept(call) : 'pass',
      onDeliver: (delivery) => (armed && onDeliver !== undefined ? onDeliver(delivery) : 1),
    },
  });
  try {
    await world.as(ADMINISTRATOR).put('/policies/complaint-dining', {
      name: '餐饮投诉触发抽查',
      effectiveFrom: '2026-01-01',
      when: 'trigger.category == "complaint"',
      merge: { windowHours: 24 },
      draw: {
        items: ['YS-GXJ-003'],
        criteria: { territory: 'from-trigger', industry: 'from-trigger' },
        beacon: { preferred: { kind: 'sealed' } },
        approval: 'lead-section',
        teamSize: 2,
      },
    });
    const lapsing = ['2026-09-20', '', '', '2026-10-20'];
    await world.importText(
      'inspectors',
      await inspectorsChanged(world, ['HP1001'], (row) => [
        ...row.slice(0, 11),
        ...lapsing,
        ...row.slice(15),
      ]),
    );
    const [header = '', ...items] = (await world.file('items')).split('\r\n');
    const dining = items.find((line) => line.startsWith('YS-GXJ-003')) ?? '';
    await world.importText('items', [`${header},法定检查周期`, `${dining},每年1次`, ''].join('\r\n'));
    armed = true;
    await journey(world);
    await world.runner.settle();
    return await snapshot(world.runner);
  } finally {
    await world.stop();
  }
}

describe('merging, warnings and statutory draws leave the same', () => {
  let assembly: string;
  let reference: Snapshot;
  let longest = 0;

  beforeAll(async () => {
    assembly = await assemblySweptDaily(UNSCANNED);
    reference = await leftBy(assembly, {
      intercept: ({ call }) => {
        longest = Math.max(longest, call);
        return 'pass';
      },
    });
  }, 120_000);

  test('and do what they are for', () => {
    const types = reference.ledger.map((entry) => entry.split(' ')[0]);
    const count = (type: string): number => types.filter((one) => one === type).length;
    expect([
      count('trigger.fired'),
      count('trigger.merged'),
      count('trigger.extended'),
      count('draw.proposed'),
      reference.deadLetters,
    ]).toEqual([1, 1, 1, 2, 0]);
    const warned = reference.ledger.filter((entry) => entry.startsWith('inspector.warned'));
    expect(warned.filter((entry) => entry.includes('HP1001'))).toHaveLength(2);
  });

  test('when every delivery is doubled', async () => {
    const left = await leftBy(assembly, { onDeliver: () => 2 });
    expect(differences(reference, left)).toEqual([]);
  }, 120_000);

  test('when each run dies after its n-th call, and again one call later', async () => {
    expect(longest).toBeGreaterThan(5);
    for (let point = 1; point <= longest; point += 2) {
      const left = await leftBy(assembly, {
        intercept: killedFrom(point),
      });
      expect(differences(reference, left)).toEqual([]);
    }
  }, 900_000);
});
