import { epochMilliseconds, type Instant, instantOf, later } from '#domain/time/time.ts';
import { LocalRunnerError } from './failure.ts';
import { systemClock } from './system-clock.ts';

export interface ClockSettings {
  start?: Instant | undefined;
  frozen: boolean;
}

/**
 * The runner's idea of now. Frozen, it moves only when told to; else it runs with the machine's clock at an offset.
 * It never goes back: a restart that went back would publish events older than those already stored.
 */
export class VirtualClock {
  readonly frozen: boolean;
  #instant: Instant;
  #offset: number;

  constructor(settings: ClockSettings, lastKnown: Instant | undefined) {
    const wanted = settings.start ?? (settings.frozen && lastKnown ? lastKnown : systemClock.now());
    this.frozen = settings.frozen;
    this.#instant = lastKnown !== undefined && lastKnown > wanted ? lastKnown : wanted;
    this.#offset = epochMilliseconds(this.#instant) - systemClock.milliseconds();
  }

  now(): Instant {
    return this.frozen ? this.#instant : later(systemClock.now(), this.#offset);
  }

  milliseconds(): number {
    return epochMilliseconds(this.now());
  }

  /** True when the machine is ahead: anything that the machine's clock would expire may be alive on this one. */
  isBehindMachine(): boolean {
    return this.milliseconds() < systemClock.milliseconds() - 60_000;
  }

  /** Moves forward to an instant; an instant that has passed while the clock was running is no error. */
  moveTo(instant: Instant): void {
    const now = this.now();
    if (instant < now) {
      if (this.frozen)
        throw new LocalRunnerError(`The clock stands at ${now} and cannot go back to ${instant}.`);
      return;
    }
    this.#instant = instantOf(epochMilliseconds(instant));
    this.#offset = epochMilliseconds(instant) - systemClock.milliseconds();
  }
}
