/** How often each key occurs in the samples. */
export function tally(samples: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of Array.from(samples).flat()) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Σ (observed − expected)² / (expected (1 − p)): about (cells − 1) for a fair draw of a fixed number of cells. */
export function scaledChiSquare(counts: ReadonlyMap<string, number>, expected: number, p: number): number {
  return Array.from(counts.values()).reduce(
    (sum, count) => sum + (count - expected) ** 2 / (expected * (1 - p)),
    0,
  );
}

/** The largest distance of a count from what is expected, in standard deviations of one that comes with probability p. */
export function furthest(counts: ReadonlyMap<string, number>, expected: number, p: number): number {
  const distances = Array.from(counts.values(), (count) => Math.abs(count - expected));
  return Math.max(...distances) / Math.sqrt(expected * (1 - p));
}

/** All pairs of a sample, in no order within the pair. */
export function pairsOf(ids: readonly string[]): string[] {
  return ids.flatMap((left, index) =>
    ids.slice(index + 1).map((right) => [left, right].toSorted().join('+')),
  );
}
