import { metered } from '#store/metering.ts';
import { withEngine } from '../engine.ts';
import { compared, duration, rate, timed, type Figure } from '../measure.ts';
import { record, replay } from '../replay.ts';
import { dayAfter, disturb, scan, settle } from '../scanning.ts';
import { singly } from '../singly.ts';

const DUE = 1_000;
const SMALL = 10_000;
const LARGE = 100_000;
const ROUNDS = 3;

/**
 * A scan with 1,000 subjects due: the capacity units that it uses over a library of 10,000 and one of 100,000, and its time
 * against the same reads and writes, recorded and sent again to a database in the same state, with no logic between them.
 */
export async function scanning(): Promise<Figure[]> {
  return withEngine('assess', async ({ another }) => {
    const [small, large] = [await unitsOver(SMALL), await unitsOver(LARGE)];
    const [real, bare] = await Promise.all([another('scanreal'), another('scanbare')]);
    await settle(real, SMALL);
    await settle(bare, SMALL);
    // The same database through a client of its own: what is set up is not recorded.
    const watched = await another('scanreal');
    const recording = record(watched);
    const state = metered(watched);
    const times: { readonly real: number[]; readonly bare: number[] } = { real: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const day = dayAfter(round);
      await disturb(real, SMALL, DUE, day);
      await disturb(bare, SMALL, DUE, day);
      const took = await timed(() => scan(state, day));
      const waves = recording.take();
      const bareTook = await timed(() => replay(bare, waves));
      // The first round of each warms the process up.
      if (round > 0) {
        times.real.push(took);
        times.bare.push(bareTook);
      }
    }
    const { baseline, measured, ratio } = compared(times.bare, times.real);
    return [
      {
        name: `capacity of a scan of ${DUE} due, library of ${LARGE.toLocaleString('en-US')}`,
        measured: `${large.toFixed(0)} units`,
        baseline: `${small.toFixed(0)} units over ${SMALL.toLocaleString('en-US')}`,
        ratio: large / small,
        target: { bound: 'at most', ratio: 1.05 },
      },
      {
        name: `throughput of a scan of ${DUE} due`,
        measured: `${duration(measured)} (${rate(DUE, measured)})`,
        baseline: `${duration(baseline)} for the same reads and writes`,
        ratio: 1 / ratio,
        target: { bound: 'at least', ratio: 0.6 },
      },
    ];

    async function unitsOver(size: number): Promise<number> {
      const name = `scan${size}`;
      const store = await another(name);
      await settle(store, size);
      await disturb(store, size, DUE, dayAfter(0));
      const counting = metered(store);
      singly(store, await another(name));
      const { run, used } = await scan(counting, dayAfter(0));
      if (run.counts.evaluated !== DUE) throw new Error(`${run.counts.evaluated} of ${DUE} were looked at`);
      return used.read + used.write;
    }
  });
}
