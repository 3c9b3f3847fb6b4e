import type { Usage } from './measured.ts';

export const NOTHING: Usage = {
  read: 0,
  write: 0,
  indexWrite: 0,
  ledgerWrite: 0,
  stored: 0,
  events: 0,
  invocations: 0,
  memory: 0,
  requests: 0,
  logs: 0,
};

/** One usage and `count` times another. */
export function plus(one: Usage, other: Usage, count = 1): Usage {
  return {
    read: one.read + other.read * count,
    write: one.write + other.write * count,
    indexWrite: one.indexWrite + other.indexWrite * count,
    ledgerWrite: one.ledgerWrite + other.ledgerWrite * count,
    stored: one.stored + other.stored * count,
    events: one.events + other.events * count,
    invocations: one.invocations + other.invocations * count,
    memory: one.memory + other.memory * count,
    requests: one.requests + other.requests * count,
    logs: one.logs + other.logs * count,
  };
}

/** So many times a usage. */
export function times(usage: Usage, count: number): Usage {
  return plus(NOTHING, usage, count);
}

/** A run of some number of things. */
export interface Run {
  readonly count: number;
  readonly used: Usage;
}

/** What one thing uses, from two runs of different numbers of them, and what each run used besides. */
export function separated(small: Run, large: Run): { readonly each: Usage; readonly fixed: Usage } {
  const each = times(plus(large.used, small.used, -1), 1 / (large.count - small.count));
  return { each, fixed: plus(small.used, each, -small.count) };
}
