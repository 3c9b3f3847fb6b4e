import type { Commitment } from '#domain/draw/commitment.ts';
import type { SizePerStratum } from '#domain/draw/pool.ts';
import type { QuotaRule } from '#domain/draw/quota.ts';
import { cohortsOf, type Cell } from '#domain/risk/cohort.ts';
import type { Instant } from '#domain/time/time.ts';
import type { CohortShare, SendingCount, StratumShare, UnitLoad } from './figures.ts';

/** What of a draw its shares are told from. */
export interface CommittedDraw {
  readonly id: string;
  readonly title: string;
  readonly rule: QuotaRule;
  readonly committed: { readonly at: Instant; readonly commitment: Pick<Commitment, 'pool' | 'quota'> };
}

/** Each stratum of a draw's pool, in order of their names: what is drawn of it is its quota, which the proof shows. */
export function stratumShares({ id, title, rule, committed }: CommittedDraw): StratumShare[] {
  const { pool, quota } = committed.commitment;
  return Object.entries(pool.size)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([stratum, size]) => ({
      draw: id,
      title,
      committedAt: committed.at,
      stratum,
      size,
      expectedHundredths: expectedHundredths(rule, pool.size, stratum),
      drawn: quota[stratum] ?? 0,
    }));
}

/** The exact share of a stratum in hundredths of an object, rounded half up; never above its size. */
function expectedHundredths(rule: QuotaRule, size: SizePerStratum, stratum: string): number {
  const objects = BigInt(size[stratum] ?? 0);
  if (rule.mode === 'ratio') {
    return Number((objects * BigInt(rule.basisPoints[stratum] ?? 0) + 50n) / 100n);
  }
  const weighed = (name: string) => BigInt(size[name] ?? 0) * BigInt(rule.weights[name] ?? 0);
  const total = Object.keys(size).reduce((sum, name) => sum + weighed(name), 0n);
  if (total === 0n) return 0;
  const share = (BigInt(rule.count) * weighed(stratum) * 200n + total) / (2n * total);
  const most = objects * 100n;
  return Number(share < most ? share : most);
}

/** The load of each unit, in order of their names, out of how often its people were sent. */
export function unitLoads(sendings: readonly SendingCount[]): UnitLoad[] {
  const units = new Map<string, Map<string, number>>();
  for (const { unit, inspector, count } of sendings) {
    const people = units.get(unit) ?? new Map<string, number>();
    people.set(inspector, (people.get(inspector) ?? 0) + count);
    units.set(unit, people);
  }
  return [...units]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([unit, people]) => {
      const times = [...people.values()].toSorted((a, b) => a - b);
      return {
        unit,
        inspectors: times.length,
        min: times.at(0) ?? 0,
        median: medianOf(times),
        max: times.at(-1) ?? 0,
      };
    });
}

/** @param sorted ascending */
function medianOf(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.floor(((sorted[middle - 1] ?? 0) + upper) / 2);
}

/** The cohorts of a county by the divisions (大类) of industries, in order of their codes. */
export function cohortShares(cells: readonly Cell[]): CohortShare[] {
  return cohortsOf(cells, { territoryDigits: 6, industryDigits: 2 }).map((cohort) => ({
    ...cohort,
    warnedBasisPoints: Math.round(
      ((cohort.watch + cohort.warning + cohort.severe) * 10_000) / cohort.subjects,
    ),
  }));
}
