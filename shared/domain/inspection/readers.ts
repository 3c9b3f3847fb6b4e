import { maskedContact } from '#domain/correction/masking.ts';
import type { Person } from '#domain/person/person.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionRecord } from './record.ts';
import { standingsToward } from './standing.ts';

/** Whoever asks, as the people library says. */
export type Reader = Pick<Person, 'staffNo' | 'role' | 'unit'>;

type Carried = Pick<Inspection, 'items' | 'team'>;

/** Whether this is the head of a unit that carries the inspection out. */
export function heads(reader: Reader, inspection: Carried): boolean {
  return standingsToward(reader, inspection).has('unit');
}

/** Whether this person is on the team as it is now. */
export function onTeam({ staffNo }: Pick<Reader, 'staffNo'>, { team }: Pick<Carried, 'team'>): boolean {
  return team.some(({ inspector }) => inspector === staffNo);
}

/** Whether this person acts on the visit: one of the team, or the head of a unit that carries it out. They see telephone numbers. */
export function actsOn(reader: Reader, inspection: Carried): boolean {
  return onTeam(reader, inspection) || heads(reader, inspection);
}

/** A record of the inspection, this one or an older version, as this person sees it: the phone of whoever received the team is for those who act. */
export function recordFor(reader: Reader, inspection: Carried, record: InspectionRecord): InspectionRecord {
  const { contact } = record;
  return contact?.phone === undefined || actsOn(reader, inspection)
    ? record
    : { ...record, contact: { ...contact, phone: maskedContact(contact.phone) } };
}
