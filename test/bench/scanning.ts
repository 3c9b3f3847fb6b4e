import { newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { continuePart } from '#functions/assess/part.ts';
import { weighCohorts } from '#functions/assess/weigh.ts';
import { placeOf } from '#domain/risk/cohort.ts';
import { SubjectRule } from '#domain/risk/rule.ts';
import { addCapacity, type Capacity, type ScanRun } from '#domain/risk/scan.ts';
import { Signal } from '#domain/signal/signal.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { Subject } from '#domain/subject/subject.ts';
import { addDays, CalendarDate, later, startOfDay } from '#domain/time/time.ts';
import { telemetryOf } from '#lambda/telemetry.ts';
import { commit } from '#store/commit.ts';
import { cellKey, stateKey } from '#store/keys.ts';
import { libraryItems } from '#store/libraries.ts';
import type { MeteredState } from '#store/metering.ts';
import { putPages } from '#store/pages.ts';
import { reviewItem } from '#store/reviews.ts';
import { adoptedRule } from '#store/risk-rules.ts';
import { loadRun, partsWithWork, startedScan } from '#store/scans.ts';
import { signalItem } from '#store/signals.ts';
import type { StateTable } from '#store/store.ts';

export const FIRST_DAY = CalendarDate.parse('2026-03-02');
const INDUSTRIES = ['F5211', 'F5265', 'F5262', 'H6210', 'C1351', 'C3011', 'I6421', 'O8011'];
const TOWNS = 10;
const CHUNK = 10_000;

/** Twenty conditions such as a bureau would write, over everything that a condition may ask. */
export const RULES: readonly SubjectRule[] = [
  'subject.complaints(90) >= 3',
  'subject.complaints(30) >= 2 && subject.creditClass == "D"',
  'subject.penalties(365) >= 2',
  'subject.failedChecks(365) >= 1 && subject.complaints(180) >= 1',
  'subject.isAbnormal()',
  'subject.isSeriousViolator()',
  'subject.isReportOverdue()',
  'subject.downgrades(90) >= 1',
  'subject.downgrades(365) >= 2',
  'subject.creditClass == "D" && subject.industry.startsWith("F52")',
  'subject.licenceLapsesWithin("食品经营许可证", 30)',
  'subject.licenceLapsed("食品经营许可证")',
  'subject.establishedWithin(180) && subject.complaints(90) >= 1',
  '"危化品" in subject.tags',
  'subject.industry.startsWith("H62") && subject.complaints(60) >= 2',
  'subject.industry.startsWith("C30") && subject.penalties(730) >= 1',
  'subject.kind == "individual-business" && subject.complaints(90) >= 4',
  'subject.passedChecks(365) == 0 && subject.failedChecks(730) >= 2',
  'subject.seriousViolations(1095) >= 1 && subject.repairs(365) == 0',
  'subject.abnormalListings(730) >= 2 || subject.overdueReports(730) >= 2',
].map((when, n) =>
  SubjectRule.parse({
    id: `rule-${n}`,
    version: 1,
    about: 'subject',
    name: `规则${n}`,
    effectiveFrom: '2026-01-01',
    when,
    level: 'watch',
    reason: `第${n}条`,
  }),
);

export function codeOf(n: number): string {
  const first17 = `91410381MC${String(n).padStart(7, '0')}`;
  return first17 + creditCodeCheckCharacter(first17);
}

export function subjectOf(n: number): Subject {
  return Subject.parse({
    id: codeOf(n),
    name: `洛阳市偃师区示例${n}商贸有限公司`,
    kind: 'enterprise',
    status: 'active',
    territory: `4103810${String(n % TOWNS).padStart(2, '0')}`,
    industry: INDUSTRIES[n % INDUSTRIES.length],
    tags: [],
    address: `示例路${n}号`,
  });
}

/** A library that has been looked at before, with nothing due, and rules that need no pass any more. */
export async function settle(store: StateTable, size: number): Promise<void> {
  const cells = new Map<string, Record<string, unknown>>();
  for (let from = 0; from < size; from += CHUNK) {
    const subjects = Array.from({ length: Math.min(CHUNK, size - from) }, (_, n) => subjectOf(from + n));
    await putPages(store, libraryItems('subjects', subjects));
    await putPages(
      store,
      subjects.map((subject) => {
        const counted = placeOf(subject);
        const key = cellKey(counted?.territory ?? '', counted?.industry);
        const cell = cells.get(key.sk) ?? { ...key, ...counted, subjects: 0 };
        cells.set(key.sk, { ...cell, subjects: Number(cell['subjects']) + 1 });
        return { ...stateKey('RISK', subject.id), id: subject.id, version: 1, counted };
      }),
    );
  }
  await putPages(store, [...cells.values()]);
  for (const rule of RULES) {
    const at = startOfDay(FIRST_DAY);
    const [adopted] = adoptedRule(rule);
    if (adopted !== undefined) await commit(store, { at, writes: [adopted], events: [] });
  }
}

/** Something happens to so many subjects, spread over the library, on a day. */
export async function disturb(
  store: StateTable,
  size: number,
  many: number,
  day: CalendarDate,
): Promise<void> {
  const step = Math.floor(size / many);
  const items = Array.from({ length: many }, (_, n) => {
    const subject = codeOf(n * step);
    const id = `G-${n}-${day}`;
    const signal = Signal.parse({ id, subject, kind: 'complaint', on: day, source: 'trigger' });
    return [signalItem(signal), reviewItem(subject, { day, digest: id })];
  });
  await putPages(store, items.flat());
}

/** Carries out the scan of a day: its parts one after another, then the cohorts. */
export async function scan(
  state: MeteredState,
  day: CalendarDate,
): Promise<{ run: ScanRun; used: Capacity }> {
  const { store } = state;
  const at = later(startOfDay(day), 7 * 3_600_000);
  const parts = await partsWithWork(store, day);
  const { run, writes } = startedScan(at, parts);
  await commit(store, { at, writes, events: [] });
  const around = { state, step: 1_000_000, passPerDay: 50_000, telemetry: telemetryOf('assess') };
  for (const part of parts) await continuePart(around, continued(run, part));
  await weighCohorts(around, weighing(run));
  const finished = await loadRun(store, run.id);
  // What the last transaction used has no later one that would tell of it.
  return { run: finished, used: addCapacity(finished.capacity, state.take()) };
}

const facts = (run: ScanRun) =>
  ({
    time: run.startedAt,
    about: { kind: 'scan', id: run.id, version: 1 },
    correlation: run.id,
    causation: run.id,
    actor: { kind: 'function', id: 'scan' },
  }) as const;

function continued(run: ScanRun, part: number): EventOf<'scan.continued'> {
  const event: MingchouEvent = newEvent('scan.continued', { ...facts(run), data: { part, checkpoint: 1 } });
  if (event.type !== 'scan.continued') throw new TypeError(event.type);
  return event;
}

function weighing(run: ScanRun): EventOf<'scan.weighing'> {
  const event: MingchouEvent = newEvent('scan.weighing', { ...facts(run), data: { territories: 1 } });
  if (event.type !== 'scan.weighing') throw new TypeError(event.type);
  return event;
}

export const dayAfter = (n: number): CalendarDate => addDays(FIRST_DAY, n);
