import { isWorkingDay } from '#domain/calendar/calendar.ts';
import type { Measured, Usage } from '#infra/cost/measured.ts';
import { SubjectRule } from '#domain/risk/rule.ts';
import {
  addDays,
  dateInShanghai,
  instantOf,
  later,
  startOfDay,
  epochMilliseconds,
} from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { adoptedRule } from '#store/risk-rules.ts';
import { RULES } from '../scanning.ts';
import type { Town } from './town.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Holds for whoever was complained of once, so that a complaint becomes a warning. */
const COMPLAINED = SubjectRule.parse({
  id: 'complained',
  version: 1,
  about: 'subject',
  name: '有投诉',
  effectiveFrom: '2026-01-01',
  when: 'subject.complaints(30) >= 1',
  level: 'watch',
  reason: '30 日内有投诉',
});

/** Twenty-one rules about subjects, without the pass over the library that each would ask for. */
export async function adoptRules({ world, state }: Town): Promise<void> {
  const at = world.runner.now();
  for (const rule of [...RULES, COMPLAINED]) {
    const [adopted] = adoptedRule(rule);
    if (adopted !== undefined) await commit(state, { at, writes: [adopted], events: [] });
  }
}

/** Goes on to a time of the next day in Asia/Shanghai, and tells what the minutes around it use. */
async function tomorrowAt({ world, used }: Town, hours: number): Promise<Usage> {
  const { runner } = world;
  const at = later(startOfDay(addDays(dateInShanghai(runner.now()), 1)), hours * HOUR);
  await runner.advance(instantOf(epochMilliseconds(at) - MINUTE));
  return used(async () => runner.advance(later(at, MINUTE)));
}

/** What the scan of tomorrow morning uses; it is nine o'clock afterwards. */
export async function nextScan(town: Town): Promise<Usage> {
  const used = await tomorrowAt(town, 7);
  const { runner } = town.world;
  await runner.advance(later(startOfDay(dateInShanghai(runner.now())), 9 * HOUR));
  return used;
}

/** What tomorrow's first look for deadlines uses, and how many it reminded of. */
export async function nextSweep(town: Town): Promise<{ readonly count: number; readonly used: Usage }> {
  const before = town.eventsOf('deadline.reminded');
  const used = await tomorrowAt(town, 8.5);
  return { count: town.eventsOf('deadline.reminded') - before, used };
}

/** Goes on to the morning of the next working day: deadlines that begin on days off all end together. */
export async function nextWorkingDay(town: Town): Promise<void> {
  do {
    await nextSweep(town);
  } while (!isWorkingDay(stateCouncilCalendar(), dateInShanghai(town.world.runner.now())).working);
}

/** A day and a night in which every schedule runs and finds nothing due. */
export async function idleDay(town: Town): Promise<Measured> {
  await nextScan(town);
  const { runner } = town.world;
  const each = await town.used(async () => runner.advance(later(runner.now(), 24 * HOUR)));
  return { runs: [1], each };
}
