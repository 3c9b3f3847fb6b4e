import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The journeys take longest and begin first; begun last, one would run on alone while the other core has nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own method, not an array's
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

function isLong(file: TestSpecification): boolean {
  return file.moduleId.includes('/e2e/');
}

/** Tests of pure code: they share a worker and what it has imported, since nothing that one leaves behind can reach the next. */
const pure = ['beacon', 'contracts', 'domain', 'files', 'rules', 'web'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
/** Each has a command of its own: minutes of crashes, journeys in which weeks and months go by, the demo's two months, a real browser. */
const apart = {
  months:
    'test/e2e/{archive,by-hand,calendar,corrections,dead-letters,directory,draw-life,joint-visits,non-cooperation,recusal,routing,scan}.test.ts',
  faults: 'test/e2e/*faults.test.ts',
  demo: 'test/demo/**/*.test.ts',
  browser: 'test/browser/**/*.test.ts',
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/engine.ts'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'running',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...pure, ...Object.values(apart)],
        },
      },
      ...Object.entries(apart).map(([name, include]) => ({
        extends: true as const,
        test: { name, include: [include] },
      })),
    ],
  },
});
