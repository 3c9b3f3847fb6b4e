import { beforeAll, describe, expect, test } from 'vitest';
import type { InterceptedCall, Verdict } from '#infra/local/runner.ts';
import { killedFrom } from '../support/faults.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  assemblyOfSmallSteps,
  codeOf,
  countsOf,
  importUploaded,
  progressOf,
  subjectsFile,
  upload,
} from '../support/library-files.ts';
import { differences, snapshot, type Snapshot } from '../support/snapshot.ts';
import { startWorld } from '../support/world.ts';

const WATCHED = /importsFunction/;
const rows = Array.from({ length: 17 }, (_, n) => `${codeOf(n)},企业${n},,,`);
const subjects = subjectsFile([...rows, '坏,丙,,,']);
const classes = Buffer.from(
  [
    '统一社会信用代码,信用风险类别,评定日期',
    ...Array.from({ length: 12 }, (_, n) => `${codeOf(n)},C,2026-05-31`),
    `${codeOf(99)},C,2026-05-31`,
  ].join('\n'),
);

interface Left {
  readonly snapshot: Snapshot;
  readonly counts: readonly number[][];
  readonly faults: readonly string[];
  readonly denied: readonly string[];
}

/** What two imports leave, each of several steps, when calls of their function meet a verdict. */
async function leftBy(assembly: string, verdict: (call: InterceptedCall) => Verdict): Promise<Left> {
  const calls: InterceptedCall[] = [];
  const world = await startWorld({
    assembly,
    restaurants: 1,
    runner: {
      entropy: 'the same in every run',
      intercept: (call) => {
        calls.push(call);
        return WATCHED.test(call.function) ? verdict(call) : 'pass';
      },
    },
  });
  try {
    const done = [
      await importUploaded(world, 'subjects', await upload(world, 'subjects', subjects)),
      await importUploaded(world, 'classings', await upload(world, 'classings', classes)),
    ];
    expect(await progressOf(world, 'subjects', done[0]?.id ?? '')).toMatchObject({ status: 'finished' });
    return {
      snapshot: await snapshot(world.runner),
      counts: done.map(countsOf),
      faults: await Promise.all(done.map(async ({ errors }) => (await fetch(errors ?? '')).text())),
      denied: deniedCalls(assembly, calls, world.runner.tables),
    };
  } finally {
    await world.stop();
  }
}

describe('an import of an uploaded file', () => {
  let assembly: string;
  let longest = 0;
  let reference: Left;

  beforeAll(async () => {
    assembly = await assemblyOfSmallSteps();
    reference = await leftBy(assembly, ({ call }) => {
      longest = Math.max(longest, call);
      return 'pass';
    });
  }, 120_000);

  test('counts each row once, and calls nothing that its role denies', () => {
    expect(reference.counts).toEqual([
      [17, 0, 0, 1],
      [0, 12, 0, 1],
    ]);
    expect(reference.denied).toEqual([]);
    expect(reference.snapshot.deadLetters).toBe(0);
    expect(longest).toBeGreaterThan(4);
  });

  test('leaves the same, with the same counts and faults, wherever its steps die', async () => {
    for (let point = 1; point <= longest; point += 2) {
      const left = await leftBy(assembly, killedFrom(point));
      expect(differences(reference.snapshot, left.snapshot)).toEqual([]);
      expect([left.counts, left.faults]).toEqual([reference.counts, reference.faults]);
    }
  }, 300_000);
});
