import { standingsByRole, type Lifecycle, type Standing } from '#domain/lifecycle/lifecycle.ts';
import type { Person } from '#domain/person/person.ts';
import type { Correction, CorrectionCommandKind, CorrectionStatus } from './correction.ts';

const ANSWERING: readonly Standing[] = ['unit', 'lead-section'];

/** A request to correct what was published, until it is answered (article 16). */
export const correctionLifecycle: Lifecycle<CorrectionStatus, CorrectionCommandKind> = {
  name: 'correction',
  zh: '更正申请',
  statuses: { received: '已受理', granted: '已更正', refused: '不予更正' },
  begins: {
    zh: '申请更正',
    in: ['received'],
    by: ['public', 'team', 'unit', 'lead-section', 'supervisor', 'administrator'],
  },
  steps: {
    correct: { zh: '更正', article: '16', by: ANSWERING, from: ['received'], to: ['granted'] },
    withdraw: { zh: '依法撤下', article: '16', by: ANSWERING, from: ['received'], to: ['granted'] },
    refuse: { zh: '不予更正', article: '16', by: ANSWERING, from: ['received'], to: ['refused'] },
  },
};

/** What a person is to a request: the head of a unit that carried the inspection out, or what their role is. */
export function standingsToward(
  { role, unit }: Pick<Person, 'role' | 'unit'>,
  { units }: Pick<Correction, 'units'>,
): ReadonlySet<Standing> {
  return role === 'unit' && units.includes(unit) ? new Set([role]) : standingsByRole(role);
}
