import {
  addSubject,
  rehearseSubject,
  type RehearsalFailure,
  type SubjectFinding,
  type SubjectRehearsed,
} from '#domain/risk/rehearsal.ts';
import { classesOf } from '#domain/risk/facts.ts';
import type { SubjectRule } from '#domain/risk/rule.ts';
import { placeOf } from '#domain/risk/cohort.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { conditionsOn } from '#rules/subject-condition.ts';
import { readCohort, type CohortPosition } from '#store/cohort.ts';
import { historyOfSubject } from '#store/signals.ts';
import type { StateTable } from '#store/store.ts';
import { knownSubjects } from '#store/subjects.ts';
import type { RehearsalOf, Step, Surroundings } from './step.ts';

/** Subjects of a page: as many as are read by one call. */
const PAGE = 100;
/** Histories that are read at once. */
const IN_FLIGHT = 20;

/** How many subjects there are to look at. */
export async function countSubjects(store: StateTable, { window }: RehearsalOf<'subject'>): Promise<number> {
  let total = 0;
  for await (const { subjects } of readCohort(store, {}, window.through)) total += subjects.length;
  return total;
}

/** Looks at the subjects that come next, in the order of the cohort index. */
export async function stepOnSubjects(
  { store, limit }: Surroundings,
  run: RehearsalOf<'subject'>,
): Promise<Step> {
  const { of, window } = run;
  let { counts } = of;
  let position: CohortPosition | undefined;
  let looked = 0;
  const findings: SubjectFinding[] = [];
  let failure: RehearsalFailure | undefined;
  const pages = readCohort(store, {}, window.through, of.position, Math.min(PAGE, limit));
  let more = false;
  for await (const page of pages) {
    ({ position } = page);
    looked += page.subjects.length;
    for (const { subject, rehearsed } of await rehearse(store, run, page.subjects)) {
      counts = addSubject(counts, subject, rehearsed);
      findings.push(...findingOf(subject, rehearsed));
      failure ??= rehearsed.failed === undefined ? undefined : { of: subject.id, ...rehearsed.failed };
    }
    if (looked >= limit) {
      more = true;
      break;
    }
  }
  return {
    of: {
      ...of,
      counts: { ...counts, looked: counts.looked + looked },
      ...(position === undefined ? {} : { position }),
    },
    looked,
    findings,
    failure,
    more,
  };
}

interface One {
  readonly subject: Subject;
  readonly rehearsed: SubjectRehearsed;
}

/** How the rule would have gone for those of the subjects that operate, in their order. */
async function rehearse(
  store: StateTable,
  { of: { policy }, window }: RehearsalOf<'subject'>,
  page: readonly { readonly id: string }[],
): Promise<One[]> {
  const known = await knownSubjects(
    store,
    page.map(({ id }) => id),
  );
  const byId = new Map<string, Subject>(known.map((subject) => [subject.id, subject]));
  const operating = page.flatMap(({ id }): Subject[] => {
    const subject = byId.get(id);
    return subject === undefined || placeOf(subject) === undefined ? [] : [subject];
  });
  const found: One[] = [];
  for (let from = 0; from < operating.length; from += IN_FLIGHT) {
    const some = operating.slice(from, from + IN_FLIGHT);
    found.push(...(await Promise.all(some.map((subject) => rehearseOne(store, policy, window, subject)))));
  }
  return found;
}

async function rehearseOne(
  store: StateTable,
  policy: SubjectRule,
  window: RehearsalOf<'subject'>['window'],
  subject: Subject,
): Promise<One> {
  const { signals, classes } = await historyOfSubject(store, subject.id);
  const history = { subject, signals, classes: classesOf(subject, classes) };
  return {
    subject,
    rehearsed: rehearseSubject(history, window, (asOf, day) => conditionsOn(asOf, day)(policy)),
  };
}

function findingOf(
  { id, name, territory, industry, creditClass }: Subject,
  { first, days, holds }: SubjectRehearsed,
): SubjectFinding[] {
  return first === undefined
    ? []
    : [
        {
          subject: id,
          name,
          territory,
          ...(industry === undefined ? {} : { industry }),
          ...(creditClass === undefined ? {} : { creditClass }),
          first,
          days,
          holds,
        },
      ];
}
