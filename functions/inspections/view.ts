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
      return inspection.team.some((member) => member.unit === staff.unit);
    case 'business-section':
    case 'inspector':
      return inspection.team.some((member) => member.inspector === staff.staffNo);
  }
}

/** What staff see: everything. A type of its own, so that a field added to the record is a decision here too. */
export function viewOf(inspection: Inspection) {
  const { id, version, status, draws, correlation, subject, items, team } = inspection;
  const { assignedAt, acceptedAt, begunAt, endedAt, recordedAt, publishedAt, publishBy, record } = inspection;
  return {
    id,
    version,
    status,
    correlation,
    draws,
    subject,
    items,
    team,
    assignedAt,
    acceptedAt,
    begunAt,
    endedAt,
    recordedAt,
    publishedAt,
    publishBy,
    record,
  };
}
