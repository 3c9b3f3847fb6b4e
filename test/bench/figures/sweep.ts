import { sweep } from '#functions/deadlines/sweep.ts';
import { meetDeadline, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { metered } from '#store/metering.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { withEngine } from '../engine.ts';
import type { Figure } from '../measure.ts';
import { singly } from '../singly.ts';

const DUE = 500;
const SMALL = 10_000;
const LARGE = 100_000;
const CHUNK = 10_000;
const UNITS = 20;

/** A Tuesday morning. */
const NOW = Instant.parse('2026-03-31T00:30:00.000Z');
const TODAY = CalendarDate.parse('2026-03-31');
/** The 20th working day after it is 30 March: past due by a day. */
const ENDED_LONG_AGO = Instant.parse('2026-03-02T02:00:00.000Z');
/** Ten working days to go. */
const ENDED_TWO_WEEKS_AGO = Instant.parse('2026-03-16T02:00:00.000Z');
const ENDED_YESTERDAY = Instant.parse('2026-03-30T02:00:00.000Z');

const counting = countedByDefault(stateCouncilCalendar());

/**
 * A sweep with 500 deadlines due: the capacity units that it uses among 10,000 stored deadlines and among 100,000. Of what is
 * due, half is past its day and is counted as late; of the rest, half is met and half is not due yet.
 */
export async function sweeping(): Promise<Figure[]> {
  return withEngine('deadlines', async ({ another }) => {
    const [small, large] = [await unitsAmong(SMALL), await unitsAmong(LARGE)];
    return [
      {
        name: `capacity of a sweep of ${DUE} due, among ${LARGE.toLocaleString('en-US')} deadlines`,
        measured: `${large.toFixed(0)} units`,
        baseline: `${small.toFixed(0)} units among ${SMALL.toLocaleString('en-US')}`,
        ratio: large / small,
        target: { bound: 'at most', ratio: 1.05 },
      },
    ];

    async function unitsAmong(stored: number): Promise<number> {
      const name = `sweep${stored}`;
      const store = await another(name);
      await fill(store, stored);
      const counted = metered(store);
      singly(store, await another(name));
      let spoken = 0;
      const telemetry = { count: () => (spoken += 1) };
      await sweep({ store, counting, telemetry }, NOW);
      if (spoken !== DUE) throw new Error(`${spoken} of ${DUE} deadlines were spoken of`);
      const { read, write } = counted.take();
      return read + write;
    }
  });
}

/** So many deadlines, of which every one in so many is due. */
async function fill(store: StateTable, stored: number): Promise<void> {
  const every = stored / DUE;
  for (let from = 0; from < stored; from += CHUNK) {
    const writes = Array.from({ length: CHUNK }, (_, n) => createdDeadline(deadlineOf(from + n, every)));
    await putPages(
      store,
      writes.map(({ key, item }) => ({ ...item, ...key })),
    );
  }
}

function deadlineOf(n: number, every: number): Deadline {
  const place = n / every;
  const due = Number.isInteger(place);
  const startedAt = due ? (place % 2 === 0 ? ENDED_LONG_AGO : ENDED_TWO_WEEKS_AGO) : ENDED_YESTERDAY;
  const started = startDeadline(counting, {
    id: `L-${String(n).padStart(24, '0')}`,
    kind: 'publish',
    of: { kind: 'inspection', id: `I-${n}` },
    correlation: `T-${n}`,
    units: [`单位${n % UNITS}`],
    startedAt,
  });
  if (due) return { ...started, nextRung: TODAY };
  return n % 2 === 0 ? meetDeadline(started, NOW) : started;
}
