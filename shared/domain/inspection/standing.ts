import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import { watchesAll, type Person } from '#domain/person/person.ts';
import type { Inspection } from './inspection.ts';

type Asking = Pick<Person, 'staffNo' | 'role' | 'unit'>;

/** What a person is to an inspection: a member of its team whatever their role, the head of a unit with items or people on it, or one of those who watch all of them. */
export function standingsToward(
  { staffNo, role, unit }: Asking,
  { team, items }: Pick<Inspection, 'team' | 'items'>,
): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  if (team.some(({ inspector }) => inspector === staffNo)) standings.add('team');
  if (role === 'unit' && [...items, ...team].some((one) => one.unit === unit)) standings.add(role);
  // A section that owns items, and an inspector who is not on the team, are nothing to a single visit by their role.
  if (watchesAll(role)) standings.add(role);
  return standings;
}
