import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import type { Person } from '#domain/person/person.ts';
import type { Inspection } from './inspection.ts';

type Asking = Pick<Person, 'staffNo' | 'role' | 'unit'>;

/** What a person is to an inspection: a member of its team whatever their role, the head of a unit with items or people on it, or one of those who watch all of them. */
export function standingsToward(
  { staffNo, role, unit }: Asking,
  { team, items }: Pick<Inspection, 'team' | 'items'>,
): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  if (team.some(({ inspector }) => inspector === staffNo)) standings.add('team');
  switch (role) {
    case 'unit':
      if ([...items, ...team].some((one) => one.unit === unit)) standings.add('unit');
      break;
    case 'lead-section':
    case 'supervisor':
    case 'administrator':
      standings.add(role);
      break;
    // Of a single visit they are nothing by their role: a section owns items, an inspector is on the team or is not.
    case 'business-section':
    case 'inspector':
      break;
  }
  return standings;
}
