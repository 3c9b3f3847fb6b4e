import type { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import type { StateWrite } from '#store/commit.ts';
import type { MeteredState } from '#store/metering.ts';

/** What an invocation works with, and how much it does before the next one goes on. */
export interface Surroundings {
  readonly state: MeteredState;
  /** Subjects that one invocation looks at. */
  readonly step: number;
  /** Subjects of the whole library that are looked at in a morning when a rule has changed. */
  readonly passPerDay: number;
  readonly telemetry: Telemetry;
}

/** Subjects that are looked at and committed at a time; for each of them a transaction takes up to seven of its 100 items, besides one for their classes. */
export const BATCH = 12;

/** Subjects to look at, and what stands beside the checkpoint once they were. */
export interface Batch {
  readonly ids: readonly string[];
  readonly checkpoint: Pick<ScanPart, 'after'>;
  readonly writes: () => Promise<readonly StateWrite[]> | readonly StateWrite[];
}

/** Where one part of a run stands. */
export interface Position {
  readonly run: ScanRun;
  readonly part: ScanPart;
}
