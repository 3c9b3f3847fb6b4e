import { Refusal } from '#domain/refusal/refusal.ts';

import { beaconMeaning, type Beacon, type Bilingual } from './beacon.ts';

/** The steps of a verification in their order; `beacon-signature` is there for drand only. */
export const STEP_NAMES = [
  'proof-format',
  'pool-format',
  'pool-order',
  'pool-size',
  'pool-root',
  'quota',
  'commitment-hash',
  'beacon',
  'beacon-signature',
  'seed',
  'selected',
  'matching',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** One step: what was found, in a sentence for a reader. */
export interface Step {
  readonly name: StepName;
  readonly status: 'ok' | 'failed' | 'not-checked';
  readonly detail: Bilingual;
}

export interface VerificationReport {
  /** No step failed. What was not checked is listed beside it, and a reader must be shown both. */
  readonly verified: boolean;
  readonly firstFailure: StepName | null;
  readonly notChecked: readonly StepName[];
  readonly steps: readonly Step[];
  /** Null when the proof could not be read. */
  readonly beacon: { readonly kind: Beacon['kind']; readonly meaning: Bilingual } | null;
}

export function ok(name: StepName, en: string, zh: string): Step {
  return { name, status: 'ok', detail: { zh, en } };
}

export function failed(name: StepName, en: string, zh: string): Step {
  return { name, status: 'failed', detail: { zh, en } };
}

export function notChecked(name: StepName, en: string, zh: string): Step {
  return { name, status: 'not-checked', detail: { zh, en } };
}

/** The report of the steps; a step that was not checked is never counted as correct. */
export function reportOf(steps: readonly Step[], beacon: Beacon | null): VerificationReport {
  const failure = steps.find((step) => step.status === 'failed');
  return {
    verified: failure === undefined,
    firstFailure: failure?.name ?? null,
    notChecked: steps.flatMap((step) => (step.status === 'not-checked' ? [step.name] : [])),
    steps,
    beacon: beacon === null ? null : { kind: beacon.kind, meaning: beaconMeaning(beacon) },
  };
}

/** The sentence of the refusal that `check` throws; undefined when it throws none. Other errors pass. */
export function refusalOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) {
      return error.message;
    }
    throw error;
  }
}
