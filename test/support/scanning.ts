import type { MingchouEvent } from '#contracts/events.ts';
import { RiskRule } from '#domain/risk/rule.ts';
import { scanId, type ScanRun } from '#domain/risk/scan.ts';
import { Signal, type SignalKind } from '#domain/signal/signal.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { Subject } from '#domain/subject/subject.ts';
import { later, startOfDay, type CalendarDate, type Instant } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { libraryItem, libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { reviewItem } from '#store/reviews.ts';
import { adoptedRule } from '#store/risk-rules.ts';
import { loadRun } from '#store/scans.ts';
import { signalItem } from '#store/signals.ts';
import type { StateTable } from '#store/store.ts';
import { busEvent, handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { day } from './samples.ts';

/** The code of the n-th subject of a test. */
export function codeOf(n: number): string {
  const first17 = `91410381MB${String(n).padStart(7, '0')}`;
  return first17 + creditCodeCheckCharacter(first17);
}

/** An operating enterprise of a town, in retail unless told otherwise. */
export function enterprise(n: number, change: Partial<Record<keyof Subject, unknown>> = {}): Subject {
  return Subject.parse({
    id: codeOf(n),
    name: `第${n}商店`,
    kind: 'enterprise',
    status: 'active',
    territory: '410381001',
    industry: 'F5211',
    tags: [],
    ...change,
  });
}

/** Puts subjects into the library as an import does, on a day. */
export async function importSubjects(
  state: StateTable,
  on: string,
  ...subjects: readonly Subject[]
): Promise<void> {
  const reviews = subjects.map((subject) => {
    const { digest } = libraryItem('subjects', subject);
    return reviewItem(subject.id, { day: day(on), digest, awaits: digest });
  });
  await putPages(state, reviews);
  await putPages(state, libraryItems('subjects', subjects));
}

/** Records a signal about the n-th subject; it is looked at on the day on which this is known, the day itself unless told otherwise. */
export async function signal(
  state: StateTable,
  n: number,
  kind: SignalKind,
  on: string,
  { known = on, lifts }: { readonly known?: string; readonly lifts?: Signal['lifts'] } = {},
): Promise<void> {
  const id = `G-${n}-${kind}-${on}`;
  const made = Signal.parse({
    id,
    subject: codeOf(n),
    kind,
    on,
    source: 'import',
    ...(lifts ? { lifts } : {}),
  });
  await putPages(state, [signalItem(made), reviewItem(codeOf(n), { day: day(known), digest: id })]);
}

/** Adopts the next version of a rule, in force from 2026-01-01 unless it says otherwise. */
export async function adopt(state: StateTable, at: Instant, rule: object): Promise<void> {
  const whole = RiskRule.parse({ version: 1, name: '规则', effectiveFrom: '2026-01-01', ...rule });
  await commit(state, { at, writes: adoptedRule(whole), events: [] });
}

/** The scan's two functions, and the bus between them. */
export interface Scanner {
  readonly start: (date: CalendarDate) => Promise<unknown>;
  readonly deliver: (event: MingchouEvent) => Promise<unknown>;
}

export async function openScanner(step = 5): Promise<Scanner> {
  Object.assign(process.env, { SCAN_STEP: String(step), PASS_PER_DAY: '20' });
  const [scan, assess] = await Promise.all([handlerOf('scan'), handlerOf('assess')]);
  return {
    /** The run of 07:00. */
    start: (date) => scan(scheduledEvent(later(startOfDay(date), 7 * 3_600_000))),
    deliver: (event) => assess(busEvent(event)),
  };
}

/** Carries on the scan of a day until nothing is left to deliver; gives its run. */
export async function carryOn(
  state: StateTable,
  date: CalendarDate,
  deliver: Scanner['deliver'],
): Promise<ScanRun> {
  const delivered = new Set<string>();
  for (;;) {
    const events = await historyOf(state, 'scan', scanId(date));
    const open = events.filter(
      ({ id, type }) => (type === 'scan.continued' || type === 'scan.weighing') && !delivered.has(id),
    );
    if (open.length === 0) return loadRun(state, scanId(date));
    for (const event of open) {
      await deliver(event);
      delivered.add(event.id);
    }
  }
}

/** The whole scan of a day. */
export async function scanOn(state: StateTable, scanner: Scanner, date: string): Promise<ScanRun> {
  await scanner.start(day(date));
  return carryOn(state, day(date), scanner.deliver);
}
