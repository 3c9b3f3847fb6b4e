import type { PoolEntry } from '#domain/draw/pool.ts';

/** A sealed secret, and a seed, like any other. */
export const SECRET = 'beac'.repeat(16);
export const SEED = '5eed'.repeat(16);
const STRATA = ['A', 'B', 'C', 'D'] as const;

/** The object of a number: 18 characters as a unified social credit code has, ascending with the number. */
export function entryOf(number: number): PoolEntry {
  const stratum = STRATA[number % STRATA.length] ?? 'A';
  return { id: `91410381${String(number).padStart(10, '0')}`, stratum };
}

export function poolOf(size: number): PoolEntry[] {
  return Array.from({ length: size }, (_, number) => entryOf(number));
}

/** That many objects in all, as many of each stratum. */
export function evenQuota(selected: number): Record<string, number> {
  return Object.fromEntries(STRATA.map((stratum) => [stratum, selected / STRATA.length]));
}
