import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { CohortCounts, ScanCounts } from '#domain/risk/scan.ts';
import { killedFrom } from '../support/faults.ts';
import type { InterceptedCall, RunnerOptions } from '#infra/local/runner.ts';
import { until } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { codeOf } from '../support/library-files.ts';
import { adoptPolicy, rehearseAndAdopt } from '../support/scan-journey.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { assemblySweptDaily, startWorld, type World } from '../support/world.ts';

const WATCHED = /scanFunction|assessFunction|signalsFunction/;
const WINDOW = { from: '2026-08-28', through: '2026-08-29' };
const MORNINGS = ['2026-08-30', '2026-08-31', '2026-09-01', '2026-09-02'];
const SUBJECTS = 9;

/** In force a day after the subjects came: what is due and what the pass looks at are never one subject on one morning. */
const FROM = '2026-08-31';
const RULES = {
  near: {
    about: 'subject',
    name: '重点区域',
    effectiveFrom: FROM,
    when: 'subject.territory in ["410305", "410327"]',
    level: 'watch',
    reason: '重点区域',
  },
  serious: {
    about: 'subject',
    name: '投诉',
    effectiveFrom: FROM,
    when: 'subject.complaints(30) >= 1',
    level: 'severe',
    reason: '30 日内有投诉',
    directCheck: { items: ['YS-GXJ-003'], coolDownDays: 60 },
  },
};
const CROWDED = {
  about: 'cohort',
  name: '预警集中',
  effectiveFrom: FROM,
  when: 'cohort.warned >= 4 && cohort.territory == "410305"',
  industryDigits: 2,
  coolDownDays: 30,
};
const DRAWING = {
  name: '风险集中抽查',
  effectiveFrom: FROM,
  when: 'trigger.category == "risk" && trigger.source == "scan"',
  draw: {
    items: ['YS-GXJ-003'],
    criteria: { territory: 'from-trigger', industry: 'from-trigger' },
    quota: { mode: 'count', count: 1, weights: { A: 1, B: 1, C: 1, D: 1 } },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'automatic',
    teamSize: 2,
  },
};

async function prepare(world: World): Promise<void> {
  for (const [id, rule] of Object.entries(RULES)) await rehearseAndAdopt(world, id, rule, WINDOW);
  await adoptPolicy(world, 'crowded', CROWDED);
  await adoptPolicy(world, 'risk-drawing', DRAWING);
  const rows = Array.from(
    { length: SUBJECTS },
    (_, n) => `${codeOf(n)},企业${n},${n < 6 ? '410305' : '410327'},H6210`,
  );
  await world.importText('subjects', ['统一社会信用代码,企业名称,行政区划,行业', ...rows].join('\n'));
}

/** One morning for those who are new, two for the pass over the library, one for a complaint about one of them. */
async function mornings(world: World): Promise<void> {
  for (const date of MORNINGS) {
    await until(world, `${date}T01:00:00.000Z`);
    if (date !== '2026-09-01') continue;
    const report = { category: 'complaint', title: '投诉', subject: { id: codeOf(0) } };
    await world.report('complaint-1', report);
    await world.runner.settle();
  }
}

interface Left {
  readonly calls: readonly InterceptedCall[];
  readonly snapshot: Snapshot;
  readonly denied: readonly string[];
}

/** What the mornings leave, when the calls or deliveries of the scan's functions meet faults. */
async function leftBy(
  assembly: string,
  { intercept, onDeliver }: Pick<RunnerOptions, 'intercept' | 'onDeliver'>,
): Promise<Left> {
  const calls: InterceptedCall[] = [];
  let armed = false;
  const world = await startWorld({
    assembly,
    restaurants: 1,
    start: '2026-08-29T01:00:00.000Z',
    runner: {
      entropy: 'the same in every run',
      intercept: (call) => {
        calls.push(call);
        return armed && WATCHED.test(call.function) ? (intercept?.(call) ?? 'pass') : 'pass';
      },
      onDeliver: (delivery) => (armed ? (onDeliver?.(delivery) ?? 1) : 1),
    },
  });
  try {
    await prepare(world);
    armed = true;
    await mornings(world);
    return {
      calls,
      snapshot: comparable(await snapshot(world.runner)),
      denied: deniedCalls(assembly, calls, world.runner.tables),
    };
  } finally {
    await world.stop();
  }
}

/**
 * Without what tells how a scan was carried out: the capacity that a killed invocation used is lost with it, and whoever goes
 * on after it hands over to the next one at another place.
 */
function comparable({ state, ledger, deadLetters }: Snapshot): Snapshot {
  return {
    state: new Map(
      [...state]
        .filter(([, item]) => !item.includes('"type":"scan.continued"'))
        .map(([key, item]) => [key, item.replace(/"capacity":\{[^}]*\},?/, '')]),
    ),
    ledger: ledger.filter((entry) => !entry.startsWith('scan.continued')),
    deadLetters,
  };
}

/** The day and, if it is about one, the part of a scan that a call reads or writes. */
const placeIn = ({ body }: InterceptedCall): string | undefined =>
  /scan-\d{4}-\d\d-\d\d(#\d)?/.exec(JSON.stringify(body))?.[0];

/** The parts that looked at anybody, as `scan-day#part`. */
function busyParts(calls: readonly InterceptedCall[]): ReadonlySet<string> {
  const busy = new Set<string>();
  const places = new Map<string, string>();
  for (const call of calls.filter((one) => WATCHED.test(one.function))) {
    const place = placeIn(call) ?? places.get(call.delivery.id);
    if (place === undefined) continue;
    places.set(call.delivery.id, place);
    if (JSON.stringify(call.body).includes('"HISTORY#')) busy.add(place);
  }
  return busy;
}

/** Each kill loads the function anew: the second morning of the pass, and those of eight like parts that come third and later, are spared. */
function spared(place: string, busy: ReadonlySet<string>): boolean {
  const [day, part] = place.split('#');
  if (day === 'scan-2026-09-01') return true;
  if (part === undefined || part === '0' || part === '8') return false;
  return day === 'scan-2026-08-30' ? part > '1' : !busy.has(place);
}

function killing(point: number, busy: ReadonlySet<string>): NonNullable<RunnerOptions['intercept']> {
  const kill = killedFrom(point);
  const places = new Map<string, string>();
  return (call) => {
    const place = placeIn(call) ?? places.get(call.delivery.id);
    if (place === undefined) return kill(call);
    places.set(call.delivery.id, place);
    return spared(place, busy) ? 'pass' : kill(call);
  };
}

const Run = z.object({ status: z.string(), counts: ScanCounts, cohorts: CohortCounts });

describe('the scans of some mornings', () => {
  let assembly: string;
  let longest = 0;
  let reference: Left;

  beforeAll(async () => {
    assembly = await assemblySweptDaily({
      '"SCAN_STEP": "5000"': '"SCAN_STEP": "2"',
      '"PASS_PER_DAY": "50000"': '"PASS_PER_DAY": "5"',
    });
    reference = await leftBy(assembly, {
      intercept: ({ call }) => {
        longest = Math.max(longest, call);
        return 'pass';
      },
    });
  }, 120_000);

  test('warn, fire and propose what they should, and call nothing that a role denies', () => {
    const { state } = reference.snapshot;
    const runs = MORNINGS.map((date) => Run.parse(JSON.parse(state.get(`SCAN#scan-${date} STATE`) ?? '{}')));
    expect(
      runs.map(({ status, counts, cohorts }) => [
        status,
        counts.evaluated,
        counts.raised,
        counts.changed,
        counts.checks,
        cohorts.fired,
      ]),
    ).toEqual([
      ['finished', 10, 0, 0, 0, 0],
      ['finished', 5, 5, 0, 0, 1],
      ['finished', 5, 4, 0, 0, 0],
      ['finished', 1, 0, 1, 1, 0],
    ]);
    expect(reference.denied).toEqual([]);
    expect(reference.snapshot.deadLetters).toBe(0);
    expect(longest).toBeGreaterThan(10);
  });

  test('leave the same, counts and all, wherever their steps die', async () => {
    const busy = busyParts(reference.calls);
    expect([...busy].filter((part) => part.endsWith('#8')).toSorted()).toEqual([
      'scan-2026-08-31#8',
      'scan-2026-09-01#8',
    ]);
    // Each run dies after its n-th call, and again after one more: of four points that follow each other two are met.
    const points = Array.from({ length: Math.ceil(longest / 4) }, (_, at) => 1 + 4 * at);
    for (let at = 0; at < points.length; at += 2) {
      const together = points
        .slice(at, at + 2)
        .map((point) => leftBy(assembly, { intercept: killing(point, busy) }));
      for (const left of await Promise.all(together)) {
        expect(differences(reference.snapshot, left.snapshot)).toEqual([]);
      }
    }
  }, 900_000);

  test('leave the same when everything is delivered twice, the schedule too', async () => {
    const left = await leftBy(assembly, { onDeliver: () => 2 });
    expect(differences(reference.snapshot, left.snapshot)).toEqual([]);
    expect(left.denied).toEqual([]);
  }, 120_000);
});
