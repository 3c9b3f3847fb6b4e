import * as z from 'zod';
import { CalendarDate, Instant } from '#domain/time/time.ts';

const count = z.int().nonnegative();

/** What looking at subjects came to. */
export const ScanCounts = z.object({
  /** Subjects looked at, whether or not anything changed. */
  evaluated: count,
  raised: count,
  changed: count,
  cleared: count,
  /** Direct checks proposed. */
  checks: count,
  /** Rules that could not be computed for a subject, each counted. */
  failed: count,
});
export type ScanCounts = z.infer<typeof ScanCounts>;

export const NOTHING_SCANNED: ScanCounts = {
  evaluated: 0,
  raised: 0,
  changed: 0,
  cleared: 0,
  checks: 0,
  failed: 0,
};

export function addScanCounts(a: ScanCounts, b: ScanCounts): ScanCounts {
  return {
    evaluated: a.evaluated + b.evaluated,
    raised: a.raised + b.raised,
    changed: a.changed + b.changed,
    cleared: a.cleared + b.cleared,
    checks: a.checks + b.checks,
    failed: a.failed + b.failed,
  };
}

/** What work took: capacity units of the table and its indexes, as the engine says them, and milliseconds of one function or of several together. */
export const Capacity = z.object({
  read: z.number().nonnegative(),
  write: z.number().nonnegative(),
  milliseconds: count,
});
export type Capacity = z.infer<typeof Capacity>;

export const NO_CAPACITY: Capacity = { read: 0, write: 0, milliseconds: 0 };

export function addCapacity(a: Capacity, b: Capacity): Capacity {
  return {
    read: a.read + b.read,
    write: a.write + b.write,
    milliseconds: a.milliseconds + b.milliseconds,
  };
}

/** How far one part of a scan has come: what it wrote and this checkpoint are one transaction, so that its counts are exact. */
export const ScanPart = z.object({
  id: z.string(),
  version: z.int().positive(),
  run: z.string(),
  part: count,
  status: z.enum(['running', 'finished']),
  /** The last subject that was looked at, as the index of what is due sorts it. */
  after: z.string().optional(),
  counts: ScanCounts,
  capacity: Capacity,
  /** 6-digit territories in which a count changed. */
  territories: z.array(z.string()),
});
export type ScanPart = z.infer<typeof ScanPart>;

/** What the rules about cohorts came to. */
export const CohortCounts = z.object({
  looked: count,
  fired: count,
  /** Cohorts that would have fired and did so less than their cool-down ago. */
  coolingDown: count,
  failed: count,
});
export type CohortCounts = z.infer<typeof CohortCounts>;

/**
 * A scan of one day (article 4: 动态监测). `running`: its parts look at the subjects that are due; `weighing`: the cohorts of
 * the territories in which a count changed are looked at.
 */
export const ScanRun = z.object({
  id: z.string(),
  version: z.int().positive(),
  day: CalendarDate,
  status: z.enum(['running', 'weighing', 'finished']),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  /** The parts in which anything was due when it began: shards of what is due, and the pass over the library. */
  parts: z.array(count),
  /** Parts that are not finished. */
  open: z.array(count),
  counts: ScanCounts,
  capacity: Capacity,
  territories: z.array(z.string()),
  /** The territories that remain to be weighed. */
  toWeigh: z.array(z.string()),
  /** What asked for all of them, when the weighing began: a rule that is adopted later asks for another run. */
  passes: z.array(z.object({ id: z.string(), digest: z.string() })).optional(),
  cohorts: CohortCounts,
});
export type ScanRun = z.infer<typeof ScanRun>;

/** What the cohorts of a run are weighed for. */
export interface ToWeigh {
  readonly toWeigh: string[];
  readonly passes: NonNullable<ScanRun['passes']>;
}

/** A day has one scan, however often it is started. */
export function scanId(day: CalendarDate): string {
  return `scan-${day}`;
}
