import { type GivenClass, type LiftableKind, type Signal, type SignalKind } from '#domain/signal/signal.ts';
import type { CreditClass, Subject } from '#domain/subject/subject.ts';
import { addDays, earliest, type CalendarDate } from '#domain/time/time.ts';

/**
 * What a rule may ask about a subject on a day. Every answer that depends on the day says until when it holds, so that
 * nobody has to look again before (`until`: the first day on which it may be another one; absent when time alone changes nothing).
 */
export interface Fact<T> {
  readonly value: T;
  readonly until?: CalendarDate;
}

/** All that is known of a subject, in any order of days. */
export interface SubjectHistory {
  readonly subject: Subject;
  readonly signals: readonly Signal[];
  readonly classes: readonly GivenClass[];
}

/**
 * How many signals of a kind lie within so many days up to `day`, that day being the last of them, without those that a
 * credit repair has lifted by then. Signals of later days do not count yet.
 */
export function signalsWithin(
  { signals }: SubjectHistory,
  kind: SignalKind,
  days: number,
  day: CalendarDate,
): Fact<number> {
  const first = addDays(day, 1 - days);
  let value = 0;
  let oldest: CalendarDate | undefined;
  let until: CalendarDate | undefined;
  // Asked some twenty times of every subject of a scan: one walk, and no list in between.
  for (const signal of signals) {
    const { on } = signal;
    if (on > day) {
      if (concerns(signal, kind)) until = earliest(until, on);
    } else if (signal.kind === kind && on >= first && !isLifted(signals, kind, on, day)) {
      value += 1;
      oldest = earliest(oldest, on);
    }
  }
  if (oldest !== undefined) until = earliest(until, addDays(oldest, days));
  return until === undefined ? { value } : { value, until };
}

/** Whether a listing of this kind stands on the day: it was told of, and no credit repair has lifted it since. */
export function stands({ signals }: SubjectHistory, kind: LiftableKind, day: CalendarDate): Fact<boolean> {
  let value = false;
  let until: CalendarDate | undefined;
  for (const signal of signals) {
    const { on } = signal;
    if (on > day) {
      if (concerns(signal, kind)) until = earliest(until, on);
    } else if (!value && signal.kind === kind) {
      value = !isLifted(signals, kind, on, day);
    }
  }
  return until === undefined ? { value } : { value, until };
}

/** From low to high risk. */
const CLASSES: readonly CreditClass[] = ['A', 'B', 'C', 'D'];

/** How many times within so many days up to `day` the subject was given a class of more risk than the one before. */
export function downgradesWithin(
  { subject, classes }: SubjectHistory,
  days: number,
  day: CalendarDate,
): Fact<number> {
  const known = classesOf(subject, classes);
  if (known.length < 2) return { value: 0 };
  const first = addDays(day, 1 - days);
  const changes = downgrades(known);
  const counted = changes.filter((on) => on >= first && on <= day);
  return {
    value: counted.length,
    ...firstOf([...counted.map((on) => addDays(on, days)), ...changes.filter((on) => on > day)]),
  };
}

/** Every class that a subject was given, oldest first: those of its history and the one that stands, which its own day knows best. */
export function classesOf(
  { id, creditClass, classedOn }: Subject,
  given: readonly GivenClass[],
): GivenClass[] {
  const standing =
    creditClass === undefined || classedOn === undefined ? [] : [{ subject: id, creditClass, on: classedOn }];
  return [...given.filter(({ on }) => on !== classedOn), ...standing].toSorted((a, b) =>
    a.on < b.on ? -1 : 1,
  );
}

function downgrades(ordered: readonly GivenClass[]): CalendarDate[] {
  return ordered.flatMap(({ on, creditClass }, place) => {
    const before = ordered[place - 1];
    return before !== undefined && CLASSES.indexOf(creditClass) > CLASSES.indexOf(before.creditClass)
      ? [on]
      : [];
  });
}

/** Whether a licence of the name is valid on the day; its last valid day is one of them. */
export function hasLicence({ subject }: SubjectHistory, name: string, day: CalendarDate): Fact<boolean> {
  const ends = lastDaysOf(subject, name).filter((through) => through >= day);
  const last = ends.at(-1);
  return last === undefined ? { value: false } : { value: true, ...untilAfter(last) };
}

/** Whether the licence of the name that lasts longest has its last valid day within the next so many days, or was valid last on `day`. */
export function licenceLapsesWithin(
  { subject }: SubjectHistory,
  name: string,
  days: number,
  day: CalendarDate,
): Fact<boolean> {
  const last = lastDaysOf(subject, name).at(-1);
  if (last === undefined || last < day) return { value: false };
  const begins = addDays(last, -days);
  return begins > day ? { value: false, until: begins } : { value: true, ...untilAfter(last) };
}

/** Whether the subject had a licence of the name and none is valid any more. */
export function licenceLapsed({ subject }: SubjectHistory, name: string, day: CalendarDate): Fact<boolean> {
  const last = lastDaysOf(subject, name).at(-1);
  if (last === undefined) return { value: false };
  return last < day ? { value: true } : { value: false, ...untilAfter(last) };
}

/** Whether the subject was established within so many days up to `day`; false when that day is not known. */
export function establishedWithin(
  { subject }: SubjectHistory,
  days: number,
  day: CalendarDate,
): Fact<boolean> {
  const { established } = subject;
  if (established === undefined) return { value: false };
  if (established > day) return { value: false, until: established };
  const ends = addDays(established, days);
  return ends > day ? { value: true, until: ends } : { value: false };
}

/** The last day that there is. Registers write it, too, for a licence without an end (长期有效). */
const LAST_DAY = '9999-12-31';

/** Holds through a day. */
function untilAfter(last: CalendarDate): { readonly until?: CalendarDate } {
  return last === LAST_DAY ? {} : { until: addDays(last, 1) };
}

function lastDaysOf({ licences }: Subject, name: string): CalendarDate[] {
  return licences
    .filter((licence) => licence.name === name)
    .map(({ validThrough }) => validThrough)
    .toSorted();
}

/** A repair lifts what was there on its day or before, and does so from its day on. */
function isLifted(
  signals: readonly Signal[],
  kind: SignalKind,
  on: CalendarDate,
  day: CalendarDate,
): boolean {
  return signals.some((repair) => lifts(repair, kind) && repair.on >= on && repair.on <= day);
}

/** Whether a signal is of the kind or a repair of it. */
function concerns(signal: Signal, kind: SignalKind): boolean {
  return signal.kind === kind || lifts(signal, kind);
}

function lifts(signal: Signal, kind: SignalKind): boolean {
  return signal.lifts?.some((lifted) => lifted === kind) === true;
}

function firstOf(days: readonly CalendarDate[]): { readonly until?: CalendarDate } {
  const first = days.toSorted()[0];
  return first === undefined ? {} : { until: first };
}
