import type { Measured, Operation } from '#infra/cost/measured.ts';
import { plus, separated, times } from '#infra/cost/usage.ts';
import { command, inspectionsOf, propose, publish } from '../../support/draw-life.ts';
import { step, type InspectionView } from '../../support/journey.ts';
import { SUPERVISOR } from '../../support/world.ts';
import { nextSweep, nextWorkingDay } from './days.ts';
import { expectMore, FEW, MANY, type Place } from './libraries.ts';
import { perOne, type Town } from './town.ts';

const DRAWN = { few: 2, many: 6 } as const;
const PUBLISHED = [2, 4] as const;
const ACCEPTED = [3, 7] as const;
const LOOKED_AT = [5, 10] as const;
/** Twenty working days with a week of holidays between. */
const SWEEPS = 40;

type Costs = Record<
  Extract<
    Operation,
    | 'draw'
    | 'pool-object'
    | 'drawn-object'
    | 'inspection'
    | 'archive'
    | 'reminder'
    | 'staff-read'
    | 'public-read'
  >,
  Measured
>;

/** Draws, the inspections that come of them, the reminders of those, and who looks at them. */
export async function drawsAndVisits(town: Town): Promise<Costs> {
  const visits: InspectionView[] = [];
  const drawn = async (place: Place, count: number) => {
    let id = '';
    const used = await town.used(async () => {
      ({ id } = await propose(town.world, {
        criteria: { territory: [place.territory] },
        quota: { mode: 'count', count, weights: { A: 1, B: 1, C: 1, D: 1 } },
      }));
      await command(town.world, id, 'approve');
    });
    const found = await inspectionsOf(town.world, id);
    expectMore(found.length, count, 'inspections');
    visits.push(...found);
    return used;
  };
  const fewOfFew = await drawn(FEW, DRAWN.few);
  const fewOfMany = await drawn(MANY, DRAWN.few);
  const manyOfMany = await drawn(MANY, DRAWN.many);
  await drawn(FEW, DRAWN.many);
  const pool = separated({ count: FEW.size, used: fewOfFew }, { count: MANY.size, used: fewOfMany });
  const objects = separated({ count: DRAWN.few, used: fewOfMany }, { count: DRAWN.many, used: manyOfMany });
  const draw = plus(pool.fixed, times(objects.each, DRAWN.few), -1);

  const take = (count: number): InspectionView[] => visits.splice(0, count);
  const published: InspectionView[] = [];
  const inspection = await perOne(town, [...PUBLISHED], async (count) => {
    for (const visit of take(count)) {
      await publish(town.world, visit);
      published.push(visit);
    }
  });
  const [one = ''] = published.map(({ id }) => id);
  const archive = await perOne(town, [...PUBLISHED], async (count) => {
    for (const visit of published.splice(0, count)) await archived(town, visit);
  });
  return {
    draw: { runs: [1], each: draw },
    // Both pools are gathered in one step: what else differs is how the stream was cut into batches.
    'pool-object': {
      runs: [FEW.size, MANY.size],
      each: { ...pool.each, invocations: 0, memory: 0, logs: 0 },
    },
    'drawn-object': { runs: [DRAWN.few, DRAWN.many], each: objects.each },
    inspection,
    archive,
    'staff-read': await perOne(town, [...LOOKED_AT], async (count) => {
      for (let n = 0; n < count; n += 1) await town.world.as(SUPERVISOR).get(`/inspections/${one}`);
    }),
    'public-read': await perOne(town, [...LOOKED_AT], async (count) => {
      for (let n = 0; n < count; n += 1) await town.world.anyone(`/public/inspections/${one}`);
    }),
    reminder: await reminders(town, take),
  };
}

/** Accepts some visits on a working day and others on the next, and waits for the mornings on which these are reminded of. */
async function reminders(town: Town, take: (count: number) => InspectionView[]): Promise<Measured> {
  const accept = async (count: number): Promise<void> => {
    for (const visit of take(count)) await step(town.world, visit, 'accept');
  };
  const [few, many] = ACCEPTED;
  await nextWorkingDay(town);
  await accept(few);
  await nextWorkingDay(town);
  await accept(many);
  const found = new Map<number, Awaited<ReturnType<typeof nextSweep>>>();
  for (let day = 0; day < SWEEPS; day += 1) {
    const sweep = await nextSweep(town);
    found.set(sweep.count, sweep);
    const [small, large] = [found.get(few), found.get(many)];
    if (small !== undefined && large !== undefined) {
      return { runs: [few, many], ...separated(small, large) };
    }
  }
  throw new Error(
    `no morning reminded of ${few} and none of ${many}; reminded of: ${[...found.keys()].join(', ')}`,
  );
}

/** @throws Error with what is missing in the file */
async function archived({ world }: Town, { id, team }: InspectionView): Promise<void> {
  const { status, body } = await world.as(team[0]?.inspector ?? '').post(`/inspections/${id}/archive`);
  if (status !== 201) throw new Error(`${id} was not archived: ${JSON.stringify(body)}`);
}
