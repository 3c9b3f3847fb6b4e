import type { RehearsalFailure } from '#domain/risk/rehearsal.ts';
import type { StateWrite } from '#store/commit.ts';
import type { Finding, Rehearsal, Rehearsed, RehearsedOf } from '#store/rehearsals.ts';
import type { StateTable } from '#store/store.ts';

/** What the steps of a rehearsal work with. */
export interface Surroundings {
  readonly store: StateTable;
  /** How much one step looks at. */
  readonly limit: number;
}

/** A rehearsal of one kind of policy. */
export type RehearsalOf<Kind extends Rehearsed['about']> = Pick<Rehearsal, 'id' | 'step' | 'window'> & {
  readonly of: RehearsedOf<Kind>;
};

/** What a step came to. */
export interface Step {
  /** The policy with its counts, and the position at which the next step goes on. */
  readonly of: Rehearsed;
  readonly looked: number;
  readonly findings: readonly Finding[];
  readonly failure?: RehearsalFailure | undefined;
  /** Whether there may be more to look at. */
  readonly more: boolean;
  /** What is written with the step besides. */
  readonly writes?: readonly StateWrite[];
}
