import type { InterceptedCall, RunnerOptions, Verdict } from '#infra/local/runner.ts';
import { snapshot, type Snapshot } from './snapshot.ts';
import { freshDatabase, startWorld, type World, type WorldOptions } from './world.ts';

/** Something that people and systems do to a running stack, from beginning to end. */
export type Journey = (world: World) => Promise<void>;

export interface FaultSettings extends Pick<WorldOptions, 'assembly' | 'restaurants'> {
  /** The engine on which each run gets a database of its own. */
  readonly endpoint: string;
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
      calls.push(call);
      return 'pass';
    },
  });
  return { left, calls };
}

/** The most calls that one delivery made: from 1 to this number there is a call to be killed at. */
export function longestDelivery(calls: readonly InterceptedCall[]): number {
  return Math.max(...calls.map(({ call }) => call));
}

/** What a run with faults left, and how often a process was killed. */
export interface FaultyRun {
  readonly left: Snapshot;
  readonly kills: number;
}

/**
 * Runs the journey with the process of every delivery killed at its n-th AWS call: on the first attempt before the call
 * was made, on the second after the engine had done it but before the handler heard of it. The third goes through.
 * With n from 1 to the longest delivery, each crash point of each handler is met in both ways.
 */
export async function killedAt(n: number, journey: Journey, settings: FaultSettings): Promise<FaultyRun> {
  const killer = killerAt(n);
  const left = await run(journey, settings, { intercept: killer.verdict }, { onAttempt: killer.onAttempt });
  return { left, kills: killer.kills() };
}

/** What happens to the n-th call of a delivery's first and second attempt. */
const VERDICTS: readonly Verdict[] = ['kill-before', 'kill-after'];

/** Batches of one stream reader that are killed in one run; the others are more of the same, and each kill loads the function anew. */
const BATCHES_KILLED = 8;

function killerAt(n: number) {
  let kills = 0;
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
    kills: () => kills,
    onAttempt: (attempt: number): void => {
      requestAttempt = attempt;
    },
    verdict: (call: InterceptedCall): Verdict => {
      const { kind, attempt } = call.delivery;
      if (call.call !== n || (kind === 'stream' && spared(call))) {
        return 'pass';
      }
      const verdict = VERDICTS[(kind === 'http' ? requestAttempt : attempt) - 1] ?? 'pass';
      kills += verdict === 'pass' ? 0 : 1;
      return verdict;
    },
  };
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

/** Runs the journey with every event, stream batch, schedule and request delivered twice. */
export async function doubled(journey: Journey, settings: FaultSettings): Promise<Snapshot> {
  return run(journey, settings, { onDeliver: () => 2 }, { doubleRequests: true });
}

async function run(
  journey: Journey,
  { endpoint, ...settings }: FaultSettings,
  faults: Pick<RunnerOptions, 'intercept' | 'onDeliver'>,
  client: Pick<WorldOptions, 'doubleRequests' | 'onAttempt'> = {},
): Promise<Snapshot> {
  let armed = false;
  const { intercept, onDeliver } = faults;
  const world = await startWorld({
    ...settings,
    ...client,
    runner: {
      dynamodb: { endpoint, accessKeyId: freshDatabase() },
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
