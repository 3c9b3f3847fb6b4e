import { Refusal } from '#domain/refusal/refusal.ts';

import { beaconMeaning, type Beacon, type Bilingual } from './beacon.ts';

/** The steps of a verification of proof and pool in their order; `beacon-signature` is there for drand only. */
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

/** The steps of one enterprise's check of its own line, in their order; see inclusion.ts. */
export const INCLUSION_STEP_NAMES = [
  'proof-format',
  'quota',
  'commitment-hash',
  'beacon',
  'beacon-signature',
  'seed',
  'selected-list',
  'inclusion-format',
  'inclusion-draw',
  'inclusion-path',
  'inclusion-ticket',
  'inclusion-selected',
  'selected',
] as const;
export type StepName = (typeof STEP_NAMES)[number] | (typeof INCLUSION_STEP_NAMES)[number];

/** What a step is called where people read it. */
export const STEP_TITLES: Readonly<Record<StepName, Bilingual>> = {
  'proof-format': { zh: '证明文件的格式', en: 'Form of the proof' },
  'pool-format': { zh: '名单文件的格式', en: 'Form of the pool' },
  'pool-order': { zh: '名单的顺序，没有重复', en: 'Order of the pool, nobody twice' },
  'pool-size': { zh: '名单各类别的数量', en: 'Number of objects of each class' },
  'pool-root': { zh: '名单与承诺一致', en: 'The pool is the committed one' },
  quota: { zh: '各类别的抽取数', en: 'How many are drawn from each class' },
  'commitment-hash': { zh: '承诺没有改动', en: 'The commitment is unchanged' },
  beacon: { zh: '随机数', en: 'The randomness' },
  'beacon-signature': { zh: '随机数的签名', en: 'Signature of the randomness' },
  seed: { zh: '种子', en: 'The seed' },
  selected: { zh: '选中的正是签号最小的对象', en: 'The selected have the smallest tickets' },
  matching: { zh: '检查人员的匹配', en: 'Matching of the inspectors' },
  'selected-list': { zh: '选中名单的签号与数量', en: 'Tickets and number of the selected' },
  'inclusion-format': { zh: '入池证明的格式', en: 'Form of the inclusion file' },
  'inclusion-draw': { zh: '入池证明属于本次抽取', en: 'The inclusion is of this draw' },
  'inclusion-path': { zh: '该对象在承诺的名单中', en: 'The object is in the committed pool' },
  'inclusion-ticket': { zh: '该对象的签号', en: 'Ticket of the object' },
  'inclusion-selected': { zh: '该对象是否应被选中', en: 'Whether the object is to be selected' },
};

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
