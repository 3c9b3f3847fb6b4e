import type { Inspection } from '#domain/inspection/inspection.ts';
import type { Staff } from '#store/people.ts';

/** Who may read an inspection: its team, the heads of the units that carry it out, and those who watch all of them. */
export function mayRead(staff: Staff, inspection: Inspection): boolean {
  switch (staff.role) {
    case 'lead-section':
    case 'supervisor':
    case 'administrator':
      return true;
    case 'unit':
      return heads(staff, inspection) || inspection.team.some(({ inspector }) => inspector === staff.staffNo);
    case 'business-section':
    case 'inspector':
      return inspection.team.some((member) => member.inspector === staff.staffNo);
  }
}

/** Whether this is the head of a unit that carries the inspection out: one with items on the form or people on the team. */
export function heads(staff: Staff, inspection: Inspection): boolean {
  return (
    staff.role === 'unit' && [...inspection.items, ...inspection.team].some(({ unit }) => unit === staff.unit)
  );
}

/** Who decides which of a unit's people go: its head, or the lead section (article 7(4)). */
export function maySend(staff: Staff, unit: string): boolean {
  return staff.role === 'lead-section' || (staff.role === 'unit' && staff.unit === unit);
}

/** What staff see: everything. A type of its own, so that a field added to the record is a decision here too. */
export function viewOf(inspection: Inspection) {
  const { id, version, status, draws, correlation, subject, items, team } = inspection;
  const { left, openSeats, experts } = inspection;
  const { assignedAt, acceptedAt, begunAt, endedAt, recordedAt, publishedAt, publishBy, record } = inspection;
  const { closedAt, archived } = inspection;
  return {
    id,
    version,
    status,
    correlation,
    draws,
    subject,
    items,
    team,
    left,
    openSeats,
    experts,
    assignedAt,
    acceptedAt,
    begunAt,
    endedAt,
    recordedAt,
    publishedAt,
    publishBy,
    closedAt,
    archived,
    record,
  };
}
