import { newEvent } from '#contracts/events.ts';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import type { Inspector } from '#domain/inspector/inspector.ts';
import { nextStanding, warningsOn, type Standing, type Warning } from '#domain/inspector/warning.ts';
import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled } from '#store/commit.ts';
import {
  changedInspector,
  expiringBy,
  loadInspector,
  loadStanding,
  savedStanding,
} from '#store/directory.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('certificates').STATE_TABLE));
const reference = once(stateCouncilCalendar);

export const handler = scheduleFunction('certificates', sweep);

/**
 * Warns of certificates and trainings 60, 30 and 7 days before their last valid day, and when they have lapsed (article 5).
 * It looks only at those inspectors whose next warning has come, gives each once for each last valid day however often it
 * runs, and is silent on a day without work: the first working day after speaks of where things stand by then.
 */
async function sweep(at: Instant, telemetry: Telemetry): Promise<void> {
  const today = dateInShanghai(at);
  const calendar = await workingDays(store(), reference());
  if (!isWorkingDay(calendar, today).working) {
    return;
  }
  for (const staffNo of await expiringBy(store(), today)) {
    telemetry.count('InspectorsWarned', await settled(() => warn(staffNo, today, at)));
  }
}

/** Commits what there is to warn of, and when to look again; gives the number of warnings. */
async function warn(staffNo: string, today: CalendarDate, at: Instant): Promise<number> {
  const [inspector, known] = await Promise.all([
    loadInspector(store(), staffNo),
    loadStanding(store(), staffNo),
  ]);
  if (inspector === undefined) {
    // The index is a little behind the table; nobody takes an inspector out but the operator of the database.
    return 0;
  }
  const warnings = warningsOn(inspector, known?.warned ?? [], today);
  if (warnings.length === 0) {
    const writes = [changedInspector(inspector, inspector, known?.warned ?? [])];
    await commit(store(), { at, writes, events: [] });
    return 0;
  }
  const next = nextStanding(known, staffNo, {
    warned: warnings.map(({ of, through, rung }) => ({ of, through, rung })),
  });
  await commit(store(), {
    at,
    writes: [savedStanding(next), changedInspector(inspector, inspector, next.warned)],
    events: warnings.map((warning) => warned(inspector, next, warning, at)),
  });
  return warnings.length;
}

function warned(inspector: Inspector, standing: Standing, warning: Warning, at: Instant) {
  const { staffNo, name, unit } = inspector;
  const { of, through, rung, daysLeft } = warning;
  return newEvent('inspector.warned', {
    time: at,
    about: { kind: 'inspector', id: staffNo, version: standing.version },
    correlation: staffNo,
    causation: `certificates/${staffNo}/${of}/${through}/${rung}`,
    actor: { kind: 'function', id: 'certificates' },
    data: { name, unit, of, through, rung, daysLeft },
  });
}
