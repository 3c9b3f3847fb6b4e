import cron from 'aws-cron-parser';
import { epochMilliseconds, type Instant, instantOf } from '#domain/time/time.ts';
import { LocalRunnerError, messageOf } from '../failure.ts';

/** The first moment after an instant at which a schedule is due; undefined when there is none any more. */
export type Schedule = (after: Instant) => Instant | undefined;

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const FIELD = /^[0-9A-Z*?,\-/LW#]+$/;

/** Parses `rate(5 minutes)` or `cron(0 1 ? * MON-FRI *)`, in UTC and with AWS's numbers of days. */
export function parseSchedule(expression: string, id: string): Schedule {
  const refuse = (why: string): never => {
    throw new LocalRunnerError(`Resource ${id} (AWS::Events::Rule): ScheduleExpression ${expression} ${why}`);
  };
  const [, rateNumber, rateUnit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression) ?? [];
  if (rateNumber !== undefined && rateUnit !== undefined) {
    const count = Number(rateNumber);
    if (count === 0) refuse('has no interval.');
    if ((count === 1) === rateUnit.endsWith('s')) refuse('mixes singular and plural, which AWS refuses.');
    return rate(count * (UNIT_MS[rateUnit.replace(/s$/, '')] ?? refuse('has an unknown unit.')));
  }
  const [, fields] = /^cron\((.+)\)$/.exec(expression) ?? [];
  return fields === undefined ? refuse('is neither rate() nor cron().') : cronSchedule(fields, refuse);
}

/** Counted from 1970, so that a restart doesn't shift it. AWS counts from the moment at which the rule was made. */
function rate(interval: number): Schedule {
  return (after) => instantOf((Math.floor(epochMilliseconds(after) / interval) + 1) * interval);
}

function cronSchedule(text: string, refuse: (why: string) => never): Schedule {
  const fields = text.split(' ');
  if (fields.length !== 6 || !fields.every((field) => FIELD.test(field))) refuse('needs six fields.');
  // aws-cron-parser lets `* *` pass; AWS refuses a rule that names both days, or neither.
  if ((fields[2] === '?') === (fields[4] === '?'))
    refuse('must have exactly one ? among its two day fields.');
  const parsed = attempt(() => cron.parse(text), refuse);
  const numbers = [
    parsed.minutes,
    parsed.hours,
    parsed.daysOfMonth,
    parsed.months,
    parsed.daysOfWeek,
    parsed.years,
  ].flat();
  if (numbers.some((value) => Number.isNaN(value))) refuse('is no cron expression.');
  return (after) => {
    let from = new Date(epochMilliseconds(after));
    // The parser answers 1 May for the 31st of April. Such a day is passed over, as AWS does.
    for (let tries = 0; tries < 100; tries += 1) {
      const next = attempt(() => cron.next(parsed, from), refuse);
      if (next === null) return undefined;
      const days = parsed.daysOfMonth;
      const plain = days.length > 0 && days.every((day) => typeof day === 'number');
      if (
        !plain ||
        (days.some((day) => day === next.getUTCDate()) &&
          parsed.months.some((month) => month === next.getUTCMonth() + 1))
      ) {
        return instantOf(next.getTime());
      }
      from = next;
    }
    return refuse('has no next time within a hundred tries.');
  };
}

function attempt<T>(work: () => T, refuse: (why: string) => never): T {
  try {
    return work();
  } catch (error) {
    return refuse(`is not understood: ${messageOf(error)}`);
  }
}
