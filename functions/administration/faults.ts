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

/** All that is wrong with a draft: what keeps it from taking effect comes first. */
export type PolicyFaults = readonly [PolicyFault, ...PolicyFault[]];

/**
 * Refuses a draft for what is wrong with it.
 * @param at where in the request's body the draft stands, as a JSON Pointer
 * @throws Refusal `policy-invalid` naming each place that could not take effect, `policy-id-taken`, `rehearsal-required`, `policy-too-broad`
 */
export function refuseFaults(faults: PolicyFaults, at = ''): never {
  const [{ reason, detail }] = faults;
  switch (reason) {
    case 'condition-invalid':
    case 'condition-failed':
    case 'item-unknown':
      return refuse(
        'policy-invalid',
        '规则不能生效，见 errors The policy can not take effect; see errors.',
        // The id stands in the address.
        faults.flatMap((fault) =>
          fault.pointer === '/id' ? [] : [{ pointer: `${at}${fault.pointer}`, detail: fault.detail }],
        ),
      );
    case 'policy-id-taken':
      return refuse('policy-id-taken', detail);
    case 'rehearsal-required':
      return refuse('rehearsal-required', detail);
    case 'policy-too-broad':
      return refuse('policy-too-broad', detail);
  }
}
