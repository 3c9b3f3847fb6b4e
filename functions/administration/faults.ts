import { refuse } from '#web/problem.ts';

/** Why a draft of a policy can't be adopted: a problem of the request that brings it, or of its row in a file. */
export interface PolicyFault {
  readonly reason:
    | 'condition-invalid'
    | 'condition-failed'
    | 'item-unknown'
    | 'policy-id-taken'
    | 'rehearsal-required'
    | 'policy-too-broad';
  /** Where in the draft, as a JSON Pointer. */
  readonly pointer: string;
  readonly detail: string;
}

/** All that is wrong with a draft. */
export type PolicyFaults = readonly [PolicyFault, ...PolicyFault[]];

/**
 * Refuses a draft for what is wrong with it.
 * @param at where in the request's body the draft stands, as a JSON Pointer
 * @throws Refusal `policy-invalid` naming each place that could not take effect, `policy-id-taken`, `rehearsal-required`, `policy-too-broad`
 */
export function refuseFaults(faults: PolicyFaults, at = ''): never {
  const unworkable = faults.filter(({ reason }) => problemOf(reason) === 'policy-invalid');
  if (unworkable.length > 0) {
    refuse(
      'policy-invalid',
      '规则不能生效，见 errors The policy can not take effect; see errors.',
      unworkable.map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail })),
    );
  }
  const [{ reason, detail }] = faults;
  return refuse(problemOf(reason), detail);
}

function problemOf(reason: PolicyFault['reason']) {
  switch (reason) {
    case 'condition-invalid':
    case 'condition-failed':
    case 'item-unknown':
      return 'policy-invalid';
    case 'policy-id-taken':
    case 'rehearsal-required':
    case 'policy-too-broad':
      return reason;
  }
}
