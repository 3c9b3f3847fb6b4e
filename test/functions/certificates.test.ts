import { beforeAll, describe, expect, it } from 'vitest';
import type { MingchouEvent } from '#contracts/events.ts';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import type { Inspector } from '#domain/inspector/inspector.ts';
import { addDays, startOfDay, later, type CalendarDate } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { changedInspector, expiringBy, loadInspector, loadStanding } from '#store/directory.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom } from '../support/refusals.ts';
import { day, MONDAY, sampleInspector } from '../support/samples.ts';

let state: StateTable;
let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  handler = await handlerOf('certificates');
});

const inspector = (staffNo: string, certificate: string, training = '2030-12-31'): Inspector =>
  sampleInspector(staffNo, '节能监察中心', {
    certificates: [{ number: `16${staffNo}`, validThrough: day(certificate) }],
    trainedThrough: day(training),
  });
const imported = async (...inspectors: Inspector[]): Promise<void> =>
  putPages(state, libraryItems('inspectors', inspectors));
/** The run of 08:30. */
const morning = async (date: CalendarDate): Promise<unknown> =>
  handler(scheduledEvent(later(startOfDay(date), (8 * 60 + 30) * 60_000)));
async function through(from: string, to: string, run: (date: CalendarDate) => Promise<unknown> = morning) {
  for (let date = day(from); date <= day(to); date = addDays(date, 1)) {
    await run(date);
  }
}
const wordsOf = (event: MingchouEvent) =>
  event.type === 'inspector.warned'
    ? [event.time.slice(0, 10), event.data.of, event.data.rung, event.data.daysLeft]
    : [event.type];
const told = async (staffNo: string) => (await historyOf(state, 'inspector', staffNo)).map(wordsOf);

/** 31 May 2026 is a Sunday; 1 to 5 May are holidays and 4 to 6 April too, and 9 May is a Saturday on which people work. */
const QUARTER = [
  ['2026-04-01', 'certificate', '60', 60],
  ['2026-05-06', 'certificate', '30', 25],
  ['2026-05-25', 'certificate', '7', 6],
  ['2026-06-01', 'certificate', 'lapsed', -1],
];

describe('article 5: certificates that run out', () => {
  it('are warned of at 60, 30 and 7 days and when they have lapsed, each on a working day, over a quarter', async () => {
    await imported(inspector('GX-01', '2026-05-31'));
    await through('2026-03-16', '2026-06-30');
    expect(await told('GX-01')).toEqual(QUARTER);
    const days = QUARTER.map(([date]) => isWorkingDay(stateCouncilCalendar(), day(String(date))).working);
    expect(days).toEqual([true, true, true, true]);
  });

  it('give the same warnings when every run is doubled, and two run at once', async () => {
    await imported(inspector('GX-02', '2026-05-31'));
    await through('2026-03-16', '2026-06-30', async (date) => {
      await Promise.all([morning(date), morning(date)]);
      await morning(date);
    });
    expect(await told('GX-02')).toEqual(QUARTER);
  });

  it('give the same warnings when the directory is imported again every day', async () => {
    const one = inspector('GX-03', '2026-05-31');
    await through('2026-03-16', '2026-06-30', async (date) => {
      await imported(one);
      await morning(date);
    });
    expect(await told('GX-03')).toEqual(QUARTER);
  });

  it('are spoken of once after days that were missed', async () => {
    await imported(inspector('GX-04', '2026-05-31'));
    await morning(day('2026-04-01'));
    await morning(day('2026-05-28'));
    await morning(day('2026-07-01'));
    expect(await told('GX-04')).toEqual([
      ['2026-04-01', 'certificate', '60', 60],
      ['2026-05-28', 'certificate', '7', 3],
      ['2026-07-01', 'certificate', 'lapsed', -31],
    ]);
  });

  it('stop when they are renewed, and begin again before the new day', async () => {
    await imported(inspector('GX-05', '2026-05-31', '2026-08-31'));
    await morning(day('2026-04-01'));
    await imported(inspector('GX-05', '2026-12-31', '2026-08-31'));
    await through('2026-04-02', '2026-11-06');
    expect(await told('GX-05')).toEqual([
      ['2026-04-01', 'certificate', '60', 60],
      ['2026-07-02', 'training', '60', 60],
      ['2026-08-03', 'training', '30', 28],
      ['2026-08-24', 'training', '7', 7],
      ['2026-09-01', 'training', 'lapsed', -1],
      ['2026-11-02', 'certificate', '60', 59],
    ]);
    expect((await loadStanding(state, 'GX-05'))?.version).toBe(6);
  });
});

describe('the sweep', () => {
  it('looks at those alone whose next warning has come', async () => {
    await imported(inspector('工信-11', '2026-05-31'), inspector('GX-12', '2027-05-31'));
    const due = async (date: string) =>
      (await expiringBy(state, day(date))).filter((staffNo) => ['工信-11', 'GX-12'].includes(staffNo));
    expect([await due('2026-03-31'), await due('2026-04-01')]).toEqual([[], ['工信-11']]);
    await morning(day('2026-04-01'));
    expect([await due('2026-04-30'), await due('2026-05-01')]).toEqual([[], ['工信-11']]);
  });

  it('never puts back what an import has replaced meanwhile', async () => {
    const before = inspector('GX-13', '2026-05-31');
    await imported(before);
    const renewed = inspector('GX-13', '2027-05-31');
    await imported(renewed);
    const stale = { at: MONDAY, writes: [changedInspector(before, before, [])], events: [] };
    expect((await refusalFrom(commit(state, stale))).reason).toBe('version-conflict');
    expect(await loadInspector(state, 'GX-13')).toEqual(renewed);
  });
});
