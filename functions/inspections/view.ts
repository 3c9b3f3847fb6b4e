import type { InspectionView } from '#contracts/api/inspections.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { recordFor } from '#domain/inspection/readers.ts';
import type { Staff } from '#store/people.ts';

/** Who decides which of a unit's people go: its head, or the lead section (article 7(4)). */
export function maySend(staff: Staff, unit: string): boolean {
  return staff.role === 'lead-section' || (staff.role === 'unit' && staff.unit === unit);
}

/** What staff see: everything. */
export function viewOf(inspection: Inspection): InspectionView {
  const { id, version, status, draws, correlation, subject, items, team } = inspection;
  const { left, openSeats, experts } = inspection;
  const { assignedAt, acceptedAt, begunAt, endedAt, publishedAt, publishBy } = inspection;
  const { recordedAt, recordedBy, record } = inspection;
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
    recordedBy,
    publishedAt,
    publishBy,
    closedAt,
    archived,
    record,
  };
}

/** What this person sees of it: the phone of whoever received the team is for those who act on the visit. */
export function shownTo(staff: Staff, inspection: Inspection): InspectionView {
  const { record, ...rest } = viewOf(inspection);
  return { ...rest, record: record === undefined ? undefined : recordFor(staff, inspection, record) };
}
