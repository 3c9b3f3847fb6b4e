import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { openState } from '#store/store.ts';
import { sweep } from './sweep.ts';

const store = once(() => openState(environmentOf('deadlines').STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** Reminds of deadlines, and escalates those past due, each working hour. */
export const handler = scheduleFunction('deadlines', async (at, telemetry) =>
  sweep({ store: store(), counting: await workingDays(store(), reference()), telemetry }, at),
);
