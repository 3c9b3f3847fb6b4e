import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InterceptedCall, Verdict } from '#infra/local/runner.ts';
import { killedFrom } from '../support/faults.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { ADMINISTRATOR, assemblyWith, LEAD_SECTION, startWorld, type World } from '../support/world.ts';

const WATCHED = /rehearsalFunction/;
const WINDOW = { from: '2026-01-01', through: '2026-09-01' };

const newcomers = {
  about: 'subject',
  name: '无投诉餐饮',
  effectiveFrom: '2026-09-01',
  when: 'subject.complaints(30) == 0 && subject.industry.startsWith("H62")',
  level: 'watch',
  reason: '试运行用例',
};
const dining = {
  name: '餐饮投诉',
  effectiveFrom: '2026-09-01',
  when: 'trigger.category == "complaint"',
  merge: { windowHours: 48 },
  draw: {
    items: ['YS-GXJ-003'],
    criteria: { territory: 'from-trigger' },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'automatic',
    teamSize: 2,
  },
};
const crowded = {
  about: 'cohort',
  name: '预警集中',
  effectiveFrom: '2026-09-01',
  when: 'cohort.warned > 0',
  industryDigits: 2,
  coolDownDays: 30,
};

const View = z.object({
  id: z.string(),
  status: z.string(),
  progress: z.object({ done: z.int(), total: z.int() }),
  counts: z.record(z.string(), z.unknown()),
  found: z.int(),
  findings: z.array(z.record(z.string(), z.unknown())),
});

async function rehearsed(world: World, id: string, policy: object): Promise<z.infer<typeof View>> {
  const lead = world.as(LEAD_SECTION);
  const started = await lead.post(`/policies/${id}/rehearsals`, { policy, ...WINDOW });
  expect(started.status).toBe(202);
  await world.runner.settle();
  const run = View.parse(started.body).id;
  return View.parse((await lead.get(`/policies/${id}/rehearsals/${run}`)).body);
}

interface Left {
  readonly snapshot: Snapshot;
  readonly views: readonly z.infer<typeof View>[];
  readonly adopted: readonly number[];
  readonly denied: readonly string[];
}

/** What rehearsals of each kind leave, and the adoption of what was rehearsed, when calls of their function meet a verdict. */
async function leftBy(assembly: string, verdict: (call: InterceptedCall) => Verdict): Promise<Left> {
  const calls: InterceptedCall[] = [];
  const world = await startWorld({
    assembly,
    restaurants: 2,
    runner: {
      entropy: 'the same in every run',
      intercept: (call) => {
        calls.push(call);
        return WATCHED.test(call.function) ? verdict(call) : 'pass';
      },
    },
  });
  try {
    for (const id of ['complaint-1', 'complaint-2']) {
      await world.report(id, { category: 'complaint', title: '投诉', cohort: { territory: '410381' } });
    }
    await world.runner.settle();
    const views = [
      await rehearsed(world, 'newcomers', newcomers),
      await rehearsed(world, 'dining', dining),
      await rehearsed(world, 'crowded', crowded),
    ];
    const administrator = world.as(ADMINISTRATOR);
    const adopted = [
      await administrator.put('/policies/newcomers', newcomers),
      await administrator.put('/policies/newcomers?confirm=true', newcomers),
      await administrator.put('/policies/crowded', crowded),
    ];
    await world.runner.settle();
    return {
      snapshot: await snapshot(world.runner),
      views,
      adopted: adopted.map(({ status }) => status),
      denied: deniedCalls(assembly, calls, world.runner.tables),
    };
  } finally {
    await world.stop();
  }
}

describe('the rehearsal of a policy', () => {
  let assembly: string;
  let longest = 0;
  let reference: Left;

  beforeAll(async () => {
    assembly = await assemblyWith({ '"REHEARSAL_STEP": "10000"': '"REHEARSAL_STEP": "1"' });
    reference = await leftBy(assembly, ({ call }) => {
      longest = Math.max(longest, call);
      return 'pass';
    });
  }, 120_000);

  test('goes over everything there is, and calls nothing that a role denies', () => {
    expect(reference.views).toMatchObject([
      {
        status: 'finished',
        progress: { done: 2, total: 2 },
        counts: { operating: 2, warned: 2, holding: 2 },
        found: 2,
      },
      {
        status: 'finished',
        progress: { done: 2, total: 2 },
        counts: { fired: 1, merged: 1 },
        found: 2,
      },
      { status: 'finished', counts: { looked: 0, fired: 0, failed: 0 }, found: 0 },
    ]);
    expect(reference.adopted).toEqual([409, 201, 201]);
    expect(reference.denied).toEqual([]);
    expect(reference.snapshot.deadLetters).toBe(0);
    expect(longest).toBeGreaterThan(4);
  });

  test('leaves the same wherever its steps die', async () => {
    const points = Array.from({ length: Math.ceil(longest / 2) }, (_, at) => 1 + 2 * at);
    // Two worlds at a time, each with a database of its own.
    for (let at = 0; at < points.length; at += 2) {
      const together = points.slice(at, at + 2).map((point) => leftBy(assembly, killedFrom(point)));
      for (const left of await Promise.all(together)) {
        expect(differences(reference.snapshot, left.snapshot)).toEqual([]);
        expect([left.views, left.adopted]).toEqual([reference.views, reference.adopted]);
      }
    }
  }, 900_000);
});
