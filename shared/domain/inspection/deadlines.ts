import type { CountedKind } from '#domain/deadline/deadline.ts';
import type { Inspection } from './inspection.ts';
import { newcomers } from './team.ts';

/** What becomes of one of an inspection's deadlines. `start` begins it, or begins it again when there was one. */
export interface DeadlineStep {
  readonly kind: CountedKind;
  readonly step: 'start' | 'meet' | 'withdraw';
}

type Statuses = `${Inspection['status']} to ${Inspection['status']}`;

/** `publish` is the statutory deadline of article 14. */
const steps: Readonly<Partial<Record<Statuses, readonly DeadlineStep[]>>> = {
  'assigned to accepted': [
    { kind: 'accept', step: 'meet' },
    { kind: 'finish', step: 'start' },
  ],
  // Somebody new has to accept: until then nobody can be asked to finish.
  'accepted to assigned': [
    { kind: 'accept', step: 'start' },
    { kind: 'finish', step: 'withdraw' },
  ],
  'begun to ended': [
    { kind: 'finish', step: 'meet' },
    { kind: 'publish', step: 'start' },
  ],
  'recorded to published': [
    { kind: 'publish', step: 'meet' },
    { kind: 'archive', step: 'start' },
  ],
  'closed to archived': [{ kind: 'archive', step: 'meet' }],
};

/** The units of the form, and those of the team: one whose people all left has no one on the team, and a seat to fill. */
export function answeringUnits({ items, team }: Pick<Inspection, 'items' | 'team'>): string[] {
  return [...new Set([...items, ...team].map(({ unit }) => unit))];
}

/** What a change of the inspection does to its deadlines. Whoever comes new while others are awaited has the whole time to accept. */
export function deadlineSteps(before: Inspection, after: Inspection): readonly DeadlineStep[] {
  if (before.status === 'assigned' && after.status === 'assigned') {
    return newcomers(before, after).length > 0 ? [{ kind: 'accept', step: 'start' }] : [];
  }
  return steps[`${before.status} to ${after.status}`] ?? [];
}
