import type { PersonRole } from '#domain/person/person.ts';

/** Who watches warnings and scans. */
export const MONITORING: readonly PersonRole[] = [
  'lead-section',
  'business-section',
  'supervisor',
  'administrator',
];
