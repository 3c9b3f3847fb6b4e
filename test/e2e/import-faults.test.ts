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
const rows = Array.from({ length: 17 }, (_, n) => `${codeOf(n)},企业${n},,B,2026-03-31`);
const subjects = subjectsFile([...rows, '坏,丙,,,']);
/** The last two rows are older than the class that the file before gave. */
const classes = Buffer.from(
  [
    '统一社会信用代码,信用风险类别,评定日期',
    ...Array.from({ length: 12 }, (_, n) => `${codeOf(n)},C,2026-05-31`),
    `${codeOf(99)},C,2026-05-31`,
    `${codeOf(11)},A,2026-01-31`,
    `${codeOf(16)},D,2026-01-31`,
  ].join('\n'),
);
const signals = Buffer.from(
  [
    '统一社会信用代码,信号类型,发生日期,文书号,修复范围',
    ...Array.from({ length: 12 }, (_, n) => `${codeOf(n)},行政处罚,2026-05-31,${n}号,`),
    `${codeOf(99)},行政处罚,2026-05-31,99号,`,
    `${codeOf(0)},信用修复,2026-06-30,,行政处罚`,
  ].join('\n'),
);

interface Left {
  readonly snapshot: Snapshot;
  readonly counts: readonly number[][];
  readonly faults: readonly string[];
  readonly denied: readonly string[];
}

/** What three imports leave, each of several steps, when calls of their function meet a verdict. */
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
      await importUploaded(world, 'signals', await upload(world, 'signals', signals)),
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
      [0, 12, 2, 1],
      [13, 0, 0, 1],
    ]);
    expect(reference.denied).toEqual([]);
    expect(reference.snapshot.deadLetters).toBe(0);
    expect(longest).toBeGreaterThan(4);
  });

  test('leaves each subject that it changes due, and its history whole', () => {
    const { state } = reference.snapshot;
    const due = (n: number) => state.get(`REVIEW#${codeOf(n)} STATE`) ?? '';
    const all = Array.from({ length: 17 }, (_, n) => n);
    expect(all.filter((n) => !due(n).includes(`2026-09-01#${codeOf(n)}`))).toEqual([]);
    const history = [...state.keys()].filter((key) => key.startsWith(`HISTORY#${codeOf(11)} `));
    expect(history.map((key) => key.replace(/S-[0-9a-f]+$/, 'S'))).toEqual(
      ['2026-01-31#CLASS', '2026-03-31#CLASS', '2026-05-31#CLASS', '2026-05-31#SIGNAL#S'].map(
        (entry) => `HISTORY#${codeOf(11)} DATE#${entry}`,
      ),
    );
  });

  test('leaves the same, with the same counts and faults, wherever its steps die', async () => {
    for (let point = 1; point <= longest; point += 2) {
      const left = await leftBy(assembly, killedFrom(point));
      expect(differences(reference.snapshot, left.snapshot)).toEqual([]);
      expect([left.counts, left.faults]).toEqual([reference.counts, reference.faults]);
    }
  }, 900_000);
});
