import { maskedContact } from '#domain/correction/masking.ts';
import type { PersonRole } from '#domain/person/person.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionRecord } from './record.ts';

/** Whoever asks, as the people library says. */
export interface Reader {
  readonly staffNo: string;
  readonly role: PersonRole;
  readonly unit: string;
}

type Carried = Pick<Inspection, 'items' | 'team'>;

/** Who may read an inspection: its team, the heads of the units that carry it out, and those who watch all of them. */
export function mayRead(reader: Reader, inspection: Carried): boolean {
  switch (reader.role) {
    case 'lead-section':
    case 'supervisor':
    case 'administrator':
      return true;
    case 'unit':
      return heads(reader, inspection) || onTeam(reader, inspection);
    case 'business-section':
    case 'inspector':
      return onTeam(reader, inspection);
  }
}

/** Whether this is the head of a unit that carries the inspection out: one with items on the form or people on the team. */
export function heads({ role, unit }: Reader, { items, team }: Carried): boolean {
  return role === 'unit' && [...items, ...team].some((one) => one.unit === unit);
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
