import { sha256 } from '#sha256';

/** A source of numbers that are the same for the same seed on every machine. For sample data only: no draw may use it. */
export interface SeededRandom {
  /** A whole number from 0 to limit − 1. */
  readonly below: (limit: number) => number;
  readonly pick: <Choice>(choices: readonly Choice[]) => Choice;
  /** One of the choices, as often as its weight says among all weights. */
  readonly weighted: <Choice>(choices: readonly (readonly [Choice, number])[]) => Choice;
}

/** Numbers from SHA-256 of the seed and a counter, 13 hex digits (52 bits) at a time: the bias below 2^-30 does not matter here. */
export function seededRandom(seed: string): SeededRandom {
  let counter = 0;
  const below = (limit: number): number => {
    counter += 1;
    return Number.parseInt(sha256(`${seed}/${counter}`).slice(0, 13), 16) % limit;
  };
  return {
    below,
    pick: (choices) => at(choices, below(choices.length)),
    weighted: (choices) => {
      let left = below(choices.reduce((total, [, weight]) => total + weight, 0));
      const chosen = choices.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      return chosen === undefined ? at(choices, 0)[0] : chosen[0];
    },
  };
}

/** @throws RangeError for a place that the list doesn't have: an empty list of choices is a mistake of the sample's author */
export function at<Entry>(entries: readonly Entry[], index: number): Entry {
  const entry = entries[index];
  if (entry === undefined) throw new RangeError(`no entry ${index} among ${entries.length}`);
  return entry;
}
