import { matchInspectors, type UnitStaffing } from '#domain/draw/matching.ts';
import { pairTicketOf } from '#domain/draw/ticket.ts';
import { duration, interleaved, type Figure } from '../measure.ts';
import { poolOf, SEED } from '../pools.ts';

const INSPECTORS = 300;
const SIZES = [500, 1000, 2000] as const;

/** Time may grow with objects × inspectors, so twice the objects may take twice the time; the rest is what runs differ by. */
const DOUBLE = { bound: 'at most', ratio: 2.3 } as const;

/**
 * Teams of two for growing draws, against hashing the pair tickets and nothing else; then each draw against the one with half
 * its objects, in turns of one run, since that growth is what a bigger district would feel.
 */
export async function matching(): Promise<Figure[]> {
  const costs: Figure[] = [];
  const growth: Figure[] = [];
  let half: UnitStaffing | undefined;
  for (const size of SIZES) {
    const unit = unitOf(size);
    costs.push(await costOf(unit));
    if (half !== undefined) {
      growth.push(await growthFrom(half, unit));
    }
    half = unit;
  }
  return [...costs, ...growth];
}

async function costOf(unit: UnitStaffing): Promise<Figure> {
  const { measured, baseline, ratio } = await interleaved(
    () => allPairTickets(unit),
    () => matched(unit),
    5,
  );
  return {
    name: `match ${unit.objects.length} objects × ${INSPECTORS} inspectors`,
    measured: duration(measured),
    baseline: `${duration(baseline)} pair tickets`,
    ratio,
  };
}

async function growthFrom(half: UnitStaffing, unit: UnitStaffing): Promise<Figure> {
  const { measured, baseline, ratio } = await interleaved(
    () => matched(half),
    () => matched(unit),
    7,
  );
  return {
    name: `matching growth, ${half.objects.length} to ${unit.objects.length} objects`,
    measured: duration(measured),
    baseline: duration(baseline),
    ratio,
    target: DOUBLE,
  };
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
