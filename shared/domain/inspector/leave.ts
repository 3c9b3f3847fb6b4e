import { Refusal } from '#domain/refusal/refusal.ts';
import type { Leave } from './inspector.ts';

/**
 * The periods of leave in their order.
 * @throws Refusal `leave-overlaps` naming each that begins before another has ended: which of the two counts could only be guessed
 */
export function orderedLeave(leave: readonly Leave[]): Leave[] {
  const overlapping = leave.flatMap((one, place) => {
    const other = leave.find(
      (two, before) => before < place && two.from <= one.through && two.through >= one.from,
    );
    return other === undefined
      ? []
      : [
          {
            pointer: `/leave/${place}`,
            detail: `与 ${other.from} 至 ${other.through} 重叠 overlaps ${other.from} to ${other.through}`,
          },
        ];
  });
  if (overlapping.length > 0) {
    throw new Refusal(
      'leave-overlaps',
      '休假期间重叠，见 errors The periods of leave overlap; see errors.',
      overlapping,
    );
  }
  return leave.toSorted((a, b) => (a.from < b.from ? -1 : 1));
}
