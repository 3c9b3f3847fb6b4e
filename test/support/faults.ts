import type { InterceptedCall, RunnerOptions, Verdict } from '#infra/local/runner.ts';
import { differences, snapshot, type Snapshot } from './snapshot.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

/** Something that people and systems do to a running stack, from beginning to end. */
export type Journey = (world: World) => Promise<void>;

export interface FaultSettings extends Pick<WorldOptions, 'assembly' | 'restaurants'> {
  /** The functions whose processes are killed, by their logical ids; all of them when absent. */
  readonly watched?: RegExp;
}

/** A run without disturbance: what it left, and every AWS call that its handlers made. */
export interface UndisturbedRun {
  readonly left: Snapshot;
  readonly calls: readonly InterceptedCall[];
}

/** Runs the journey once and counts every AWS call of every handler. */
export async function undisturbed(journey: Journey, settings: FaultSettings): Promise<UndisturbedRun> {
  const calls: InterceptedCall[] = [];
  const left = await run(journey, settings, {
    intercept: (call) => {
      if (settings.watched?.test(call.function) !== false) {
        calls.push(call);
      }
      return 'pass';
    },
  });
  return { left, calls };
}

/**
 * A moment at which a process dies: 0 is before its first AWS call, n is after the engine has done its n-th call and before
 * the handler heard of it. Dying before the call n + 1 leaves the world just as dying after the call n does, since a
 * handler does nothing but compute in between; so these are all the moments there are.
 */
export type CrashPoint = number;

/** Every moment at which one of the deliveries can be cut off. */
export function crashPoints(calls: readonly InterceptedCall[]): CrashPoint[] {
  const longest = Math.max(...calls.map(({ call }) => call));
  return Array.from({ length: longest + 1 }, (_, point) => point);
}

/** What a run with faults left, and at which of its crash points a process was killed. */
export interface FaultyRun {
  readonly left: Snapshot;
  readonly met: readonly CrashPoint[];
}

/**
 * Runs the journey with the process of every delivery killed: the first attempt at the first of the points, the second
 * attempt at the second. The third goes through, as the last that Lambda makes of an event.
 */
export async function killedAt(
  points: readonly CrashPoint[],
  journey: Journey,
  settings: FaultSettings,
): Promise<FaultyRun> {
  const killer = killerAt(points, settings.watched);
  const left = await run(journey, settings, { intercept: killer.verdict }, { onAttempt: killer.onAttempt });
  return { left, met: killer.met() };
}

/** Batches of one stream reader that are killed in one run; the others are more of the same, and each kill loads the function anew. */
const BATCHES_KILLED = 8;

function killerAt(points: readonly CrashPoint[], watched: RegExp | undefined) {
  const met = new Set<CrashPoint>();
  // A request that is sent again is a new delivery to the runner; its attempts are the client's.
  let requestAttempt = 1;
  const batches = new Map<string, Set<string>>();

  /** A failed batch comes back in halves, as new deliveries: those are spared, or two kills would become twenty. */
  const spared = ({ function: reader, delivery }: InterceptedCall): boolean => {
    const killed = batches.get(reader) ?? new Set();
    batches.set(reader, killed);
    const again = [...killed].some((range) => within(delivery.id, range));
    if (again || killed.size === BATCHES_KILLED) {
      return !killed.has(delivery.id);
    }
    killed.add(delivery.id);
    return false;
  };
  return {
    met: () => [...met].toSorted((a, b) => a - b),
    onAttempt: (attempt: number): void => {
      requestAttempt = attempt;
    },
    verdict: (call: InterceptedCall): Verdict => {
      const { kind, attempt } = call.delivery;
      const point = points[(kind === 'http' ? requestAttempt : attempt) - 1];
      if (
        watched?.test(call.function) === false ||
        point === undefined ||
        call.call !== Math.max(point, 1) ||
        (kind === 'stream' && spared(call))
      ) {
        return 'pass';
      }
      met.add(point);
      return point === 0 ? 'kill-before' : 'kill-after';
    },
  };
}

/** Lets a run die after its n-th call, and its second attempt one call later; the third goes through. */
export function killedFrom(point: CrashPoint): (call: InterceptedCall) => Verdict {
  return ({ call, delivery: { attempt } }) =>
    attempt <= 2 && call === point + attempt - 1 ? 'kill-after' : 'pass';
}

/** Whether a batch lies inside another. Ids of batches are `mapping/first-last`, in sequence numbers of equal length. */
function within(batch: string, range: string): boolean {
  const [first = '', last = ''] = bounds(batch);
  const [from = '', to = ''] = bounds(range);
  return first >= from && last <= to;
}

function bounds(batch: string): string[] {
  return batch.slice(batch.lastIndexOf('/') + 1).split('-');
}

/** What killing at every crash point came to: what differs from the undisturbed run, and the points that were met. */
export interface KilledEverywhere {
  readonly differences: readonly string[];
  readonly met: readonly CrashPoint[];
}

/**
 * Kills every delivery at every crash point: two points a run, the first attempt at one and the second at the other, and two
 * runs at a time, since each has a database of its own. A second attempt finds what the first one made and may end sooner;
 * a point that it did not reach is met by a first attempt afterwards.
 */
export async function killedEverywhere(
  reference: UndisturbedRun,
  journey: Journey,
  settings: FaultSettings,
): Promise<KilledEverywhere> {
  const points = crashPoints(reference.calls);
  const met = new Set<CrashPoint>();
  const found: string[] = [];
  const crashed = async (runs: readonly (readonly CrashPoint[])[]): Promise<void> => {
    for (let at = 0; at < runs.length; at += 2) {
      const together = await Promise.all(
        runs.slice(at, at + 2).map((pair) => killedAt(pair, journey, settings)),
      );
      for (const one of together) {
        found.push(...differences(reference.left, one.left));
        one.met.forEach((point) => met.add(point));
      }
    }
  };
  const pairs = Array.from({ length: Math.ceil(points.length / 2) }, (_, at) =>
    points.slice(2 * at, 2 * at + 2),
  );
  await crashed(pairs);
  await crashed(points.filter((point) => !met.has(point)).map((point) => [point]));
  return { differences: found, met: [...met].toSorted((a, b) => a - b) };
}

/** Runs the journey with every event, stream batch, schedule and request delivered twice. */
export async function doubled(journey: Journey, settings: FaultSettings): Promise<Snapshot> {
  return run(journey, settings, { onDeliver: () => 2 }, { doubleRequests: true });
}

async function run(
  journey: Journey,
  settings: FaultSettings,
  faults: Pick<RunnerOptions, 'intercept' | 'onDeliver'>,
  client: Pick<WorldOptions, 'doubleRequests' | 'onAttempt'> = {},
): Promise<Snapshot> {
  let armed = false;
  const { intercept, onDeliver } = faults;
  const world = await startWorld({
    ...settings,
    ...client,
    runner: {
      entropy: 'the same in every run',
      // Loading the district is not part of the journey.
      intercept: (call) => (armed && intercept !== undefined ? intercept(call) : 'pass'),
      onDeliver: (delivery) => (armed && onDeliver !== undefined ? onDeliver(delivery) : 1),
    },
  });
  try {
    armed = true;
    await journey(world);
    await world.runner.settle();
    armed = false;
    return await snapshot(world.runner);
  } finally {
    await world.stop();
  }
}
