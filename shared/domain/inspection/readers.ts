import type { Person } from '#domain/person/person.ts';
import type { Inspection } from './inspection.ts';
import { standingsToward } from './standing.ts';

/** Whoever asks, as the people library says. */
export type Reader = Pick<Person, 'staffNo' | 'role' | 'unit'>;

type Carried = Pick<Inspection, 'items' | 'team'>;

/** Who may read an inspection: whoever is anything to it. */
export function mayRead(reader: Reader, inspection: Carried): boolean {
  return standingsToward(reader, inspection).size > 0;
}

/** Whether this is the head of a unit that carries the inspection out. */
export function heads(reader: Reader, inspection: Carried): boolean {
  return standingsToward(reader, inspection).has('unit');
}

/** Whether this person is on the team as it is now. */
export function onTeam({ staffNo }: Pick<Reader, 'staffNo'>, { team }: Pick<Carried, 'team'>): boolean {
  return team.some(({ inspector }) => inspector === staffNo);
}
