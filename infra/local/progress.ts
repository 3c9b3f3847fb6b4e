import { epochMilliseconds, type Instant, later } from '#domain/time/time.ts';
import type { VirtualClock } from './clock.ts';
import type { Activity } from './delivery/activity.ts';
import { LocalRunnerError, messageOf } from './failure.ts';
import type { Scheduler } from './schedule/scheduler.ts';
import type { StreamReader } from './streams/reader.ts';
import type { RulePlan } from './template/plan.ts';

/** A stack that is still busy after so long feeds itself. */
const SETTLE_LIMIT_MS = 120_000;
const SAVE_DELAY_MS = 100;
const LONGEST_TIMER_MS = 60_000;

export interface ProgressSettings {
  clock: VirtualClock;
  activity: Activity;
  readers: readonly StreamReader[];
  scheduler: Scheduler;
  fire: (rule: RulePlan, at: Instant) => void;
  /** Keeps the checkpoints and the time up to which schedules have fired. Called at settled moments only. */
  save: (settledAt: Instant) => void;
  onLog: (text: string) => void;
}

/** Moves the clock, fires schedules, waits for quiet, and decides when progress may be written down. */
export class Progress {
  readonly #settings: ProgressSettings;
  #turn: Promise<unknown> = Promise.resolve();
  #advancing = false;
  #stopped = false;
  #scheduleTimer: NodeJS.Timeout | undefined;
  #saveTimer: NodeJS.Timeout | undefined;

  constructor(settings: ProgressSettings) {
    this.#settings = settings;
  }

  start(): void {
    const { activity, scheduler, clock, fire, readers } = this.#settings;
    activity.whenIdle(() => {
      // A function has just ended, and may have written.
      for (const reader of readers) reader.poke();
      this.#saveSoon();
    });
    for (const { rule, at } of scheduler.takeMissed(clock.now())) fire(rule, at);
    this.#armTimer();
  }

  stop(): void {
    this.saveNow();
    this.#stopped = true;
    clearTimeout(this.#scheduleTimer);
    clearTimeout(this.#saveTimer);
  }

  /** Resolves when no invocation runs or waits and no stream record is undelivered. */
  async settle(): Promise<void> {
    const { activity, readers } = this.#settings;
    const limit = performance.now() + SETTLE_LIMIT_MS;
    for (;;) {
      await withLimit(activity.idle(), limit, () => activity.labels);
      const before = activity.begun;
      // Whatever was written until now is offered to its functions when this resolves.
      await Promise.all(readers.map(async (reader) => reader.probe()));
      if (activity.begun === before && activity.isIdle) break;
      if (performance.now() > limit)
        throw new LocalRunnerError('The stack does not come to rest: it feeds itself.');
    }
    this.saveNow();
  }

  /** Fires every schedule due on the way, the clock standing at its time, and settles after each. */
  async advance(to: Instant): Promise<void> {
    const work = this.#turn.then(async () => this.#advance(to));
    // The next one waits for this one, and does not fail with it.
    this.#turn = work.then(
      () => undefined,
      () => undefined,
    );
    return work;
  }

  async #advance(to: Instant): Promise<void> {
    const { clock, scheduler, fire } = this.#settings;
    if (to < clock.now())
      throw new LocalRunnerError(`The clock stands at ${clock.now()} and cannot go back to ${to}.`);
    this.#advancing = true;
    try {
      await this.settle();
      for (let due = scheduler.take(to); due !== undefined; due = scheduler.take(to)) {
        clock.moveTo(due.at);
        fire(due.rule, due.at);
        await this.settle();
      }
      clock.moveTo(to);
      await this.settle();
    } finally {
      this.#advancing = false;
      this.#armTimer();
    }
  }

  /** Writes progress down if this is a settled moment: an event that waits in memory would be lost with the process. */
  saveNow(): void {
    const { activity, clock, scheduler, save } = this.#settings;
    if (this.#stopped || !activity.isIdle) return;
    const now = clock.now();
    // A schedule that is due but hasn't fired yet must not count as fired.
    save(scheduler.next !== undefined && scheduler.next <= now ? later(scheduler.next, -1) : now);
  }

  #saveSoon(): void {
    this.#saveTimer ??= setTimeout(() => {
      this.#saveTimer = undefined;
      this.saveNow();
    }, SAVE_DELAY_MS);
  }

  #armTimer(): void {
    const { clock, scheduler } = this.#settings;
    clearTimeout(this.#scheduleTimer);
    if (clock.frozen || this.#stopped || scheduler.next === undefined) return;
    const wait = epochMilliseconds(scheduler.next) - clock.milliseconds();
    this.#scheduleTimer = setTimeout(
      () => {
        this.#fireDue();
      },
      Math.min(Math.max(wait, 0), LONGEST_TIMER_MS),
    );
  }

  #fireDue(): void {
    const { clock, scheduler, fire, onLog } = this.#settings;
    if (this.#stopped || this.#advancing) return;
    try {
      for (let due = scheduler.take(clock.now()); due !== undefined; due = scheduler.take(clock.now())) {
        fire(due.rule, due.at);
      }
    } catch (error) {
      onLog(`a schedule could not fire: ${messageOf(error)}`);
    }
    this.#armTimer();
  }
}

async function withLimit(idle: Promise<void>, limit: number, labels: () => string[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        reject(
          new LocalRunnerError(
            `The stack does not come to rest; still under way: ${labels().slice(0, 5).join(', ')}`,
          ),
        );
      },
      Math.max(0, limit - performance.now()),
    );
  });
  try {
    await Promise.race([idle, late]);
  } finally {
    clearTimeout(timer);
  }
}
