import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { isPermitted } from '#domain/lifecycle/lifecycle.ts';
import type { PersonRole } from '#domain/person/person.ts';

/** Who watches warnings and scans. */
export const MONITORING: readonly PersonRole[] = [
  'lead-section',
  'business-section',
  'supervisor',
  'administrator',
];

/** Who works from the list, or watches it. */
export const LISTING: readonly PersonRole[] = [
  'lead-section',
  'unit',
  'inspector',
  'supervisor',
  'administrator',
];
/** Who chooses a unit's people (article 7(4)). */
export const CHOOSING: readonly PersonRole[] = LISTING.filter((role) =>
  isPermitted(inspectionLifecycle, 'assign', new Set(role === 'inspector' ? [] : [role])),
);

/** Who takes the libraries in and out. */
export const HANDLING: readonly PersonRole[] = ['administrator', 'lead-section'];
