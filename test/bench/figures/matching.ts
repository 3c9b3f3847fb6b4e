import { matchInspectors, type UnitStaffing } from '#domain/draw/matching.ts';
import { pairTicketOf } from '#domain/draw/ticket.ts';
import { duration, interleaved, type Figure } from '../measure.ts';
import { poolOf, SEED } from '../pools.ts';

const INSPECTORS = 300;
const SIZES = [500, 1000, 2000] as const;

/** Teams of two for growing draws, against hashing the pair tickets and nothing else; linear growth doubles each time. */
export async function matching(): Promise<Figure[]> {
  const figures: Figure[] = [];
  let before: number | undefined;
  for (const size of SIZES) {
    const unit = unitOf(size);
    const { measured, baseline, ratio } = await interleaved(
      () => allPairTickets(unit),
      () => matched(unit),
      3,
    );
    const growth = before === undefined ? '' : `, ${(measured / before).toFixed(2)} times the half`;
    figures.push({
      name: `match ${size} objects × ${INSPECTORS} inspectors`,
      measured: `${duration(measured)}${growth}`,
      baseline: `${duration(baseline)} pair tickets`,
      ratio,
    });
    before = measured;
  }
  return figures;
}

/** A unit as units are: half are qualified, a twentieth of the pairs is recused, the last visit's team is known. */
function unitOf(size: number): UnitStaffing {
  const objects = poolOf(size).map(({ id }) => id);
  const inspectors = Array.from({ length: INSPECTORS }, (_, at) => ({
    id: `P-${at}`,
    qualified: at % 2 === 0,
  }));
  const pairs = (every: number) =>
    objects.flatMap((objectId, row) =>
      inspectors
        .filter((_, at) => (row * 7 + at) % every === 0)
        .map(({ id }) => ({ objectId, inspectorId: id })),
    );
  return { unitId: 'U-1', teamSize: 2, objects, inspectors, barred: pairs(20), previous: pairs(150) };
}

function allPairTickets({ objects, inspectors }: UnitStaffing): string {
  let last = '';
  for (const object of objects) {
    for (const { id } of inspectors) {
      last = pairTicketOf(SEED, object, id);
    }
  }
  return last;
}

function matched(unit: UnitStaffing): number {
  const outcome = matchInspectors(SEED, [unit]);
  if (outcome.kind !== 'matched') {
    throw new Error(`the unit of the benchmark can't be staffed: ${outcome.objects[0]?.detail}`);
  }
  return outcome.teams.length;
}
