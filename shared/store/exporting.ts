import * as z from 'zod';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { Item } from '#domain/item/item.ts';
import type { LibraryName, LibraryRecord } from '#domain/library/library.ts';
import { permitsOf } from '#domain/library/permits.ts';
import { lineOfSignal } from '#domain/library/signals.ts';
import { classesOf } from '#domain/risk/facts.ts';
import type { GivenClass, Signal } from '#domain/signal/signal.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { readCohort, type CohortPosition } from './cohort.ts';
import { lists } from './keys.ts';
import { everybody } from './people.ts';
import { historyOfSubject } from './signals.ts';
import { queryAll, type StateTable } from './store.ts';
import { knownSubjects } from './subjects.ts';

/** Some records of a library, and where its reading goes on; without a position nothing follows. */
export interface LibraryPart<Name extends LibraryName> {
  readonly records: readonly LibraryRecord[Name][];
  readonly position?: CohortPosition;
  /** Subjects each of which took a query of its own; absent for none. */
  readonly histories?: number;
}

type Reading<Name extends LibraryName> = (
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
) => AsyncGenerator<LibraryPart<Name>, void>;

const readings: { readonly [Name in LibraryName]: Reading<Name> } = {
  subjects: allSubjects,
  inspectors: allInspectors,
  items: allItems,
  people: allPeople,
  licences: allPermits,
  classings: allClasses,
  signals: allSignals,
};

/**
 * Every record of a library, part after part, each once; of licences, classes and signals the lines that tell of them. A library that is written meanwhile may be read half before and half after.
 */
export function libraryParts<Name extends LibraryName>(
  store: StateTable,
  library: Name,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<Name>, void> {
  const read: Reading<Name> = readings[library];
  return read(store, day, from);
}

/** The index has what a draw asks for; the rest of each subject stands in its record. */
async function* allSubjects(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
  pageLimit?: number,
): AsyncGenerator<LibraryPart<'subjects'>, void> {
  const everyone = DrawCriteria.parse({});
  for await (const { subjects, position } of readCohort(store, everyone, day, from, pageLimit)) {
    const records = await knownSubjects(
      store,
      subjects.map(({ id }) => id),
    );
    yield { records: records.toSorted((a, b) => (a.id < b.id ? -1 : 1)), position };
  }
}

async function* allPermits(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<'licences'>, void> {
  for await (const { records, ...rest } of allSubjects(store, day, from)) {
    yield { ...rest, records: records.flatMap(permitsOf) };
  }
}

async function* allClasses(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<'classings'>, void> {
  for await (const { subjects, ...rest } of allHistories(store, day, from)) {
    yield {
      ...rest,
      records: subjects.flatMap(({ subject, classes }) =>
        classes.map(({ on, creditClass }) => ({
          id: subject.id,
          name: subject.name,
          creditClass,
          classedOn: on,
        })),
      ),
    };
  }
}

async function* allSignals(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<'signals'>, void> {
  for await (const { subjects, ...rest } of allHistories(store, day, from)) {
    yield {
      ...rest,
      records: subjects.flatMap(({ subject, signals }) =>
        signals.map((signal) => lineOfSignal(subject, signal)),
      ),
    };
  }
}

interface Told {
  readonly subject: Subject;
  readonly signals: readonly Signal[];
  readonly classes: readonly GivenClass[];
}

/** Subjects of one index page, so that an export can stop in time: each takes a query of its own. */
const HISTORIES_A_PAGE = 500;
/** Histories that are asked for at once. */
const HISTORIES_IN_FLIGHT = 16;

/** What every subject's history has; what is known of a subject that has left the library is not of it any more. */
async function* allHistories(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<Omit<LibraryPart<'signals'>, 'records'> & { readonly subjects: readonly Told[] }, void> {
  for await (const { records, ...rest } of allSubjects(store, day, from, HISTORIES_A_PAGE)) {
    const subjects: Told[] = [];
    for (let first = 0; first < records.length; first += HISTORIES_IN_FLIGHT) {
      const some = records.slice(first, first + HISTORIES_IN_FLIGHT);
      subjects.push(...(await Promise.all(some.map((subject) => toldOf(store, subject)))));
    }
    yield { ...rest, subjects, histories: records.length };
  }
}

async function toldOf(store: StateTable, subject: Subject): Promise<Told> {
  const { signals, classes } = await historyOfSubject(store, subject.id);
  return { subject, signals, classes: classesOf(subject, classes) };
}

const Named = z.object({ id: z.string() });

async function* allInspectors(store: StateTable): AsyncGenerator<LibraryPart<'inspectors'>, void> {
  const units = await queryAll(store, Named, { index: 'list', partition: lists.units });
  for (const { id } of units) {
    const partition = lists.inspectorsOf(id);
    yield { records: await queryAll(store, Inspector.strip(), { index: 'list', partition }) };
  }
}

async function* allItems(store: StateTable): AsyncGenerator<LibraryPart<'items'>, void> {
  yield { records: await queryAll(store, Item.strip(), { index: 'list', partition: lists.items }) };
}

async function* allPeople(store: StateTable): AsyncGenerator<LibraryPart<'people'>, void> {
  yield { records: await everybody(store) };
}
