import { FormerQuery, HistoryQuery, type RiskView } from '#contracts/api/monitoring.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { classesOf } from '#domain/risk/facts.ts';
import type { RiskStanding } from '#domain/risk/standing.ts';
import { signalLabels } from '#domain/signal/signal.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { Staff } from '#store/people.ts';
import { formerSubjects } from '#store/former-subjects.ts';
import { loadRisk } from '#store/risk.ts';
import { historyPage, type HistoryEntry } from '#store/signals.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { staff, store, visibleSubject } from './asking.ts';

/** Signals and classes of one answer, together. */
const SHOWN = 100;

/** Who may telephone the people of a business: business sections and supervisors read, and do not act on it. */
const CALLING: ReadonlySet<PersonRole> = new Set(['lead-section', 'administrator', 'unit', 'inspector']);

/** A subject with its licences and, newest first, the signals about it and the classes that it was given. */
export async function subjectById(request: HttpRequest): Promise<Answer> {
  const person = await staff(request);
  const subject = await visibleSubject(request, person);
  const { after } = queryOf(request, HistoryQuery);
  const [{ items, next }, risk] = await Promise.all([
    historyPage(store(), subject.id, { limit: SHOWN, ...(after === undefined ? {} : { after }) }),
    loadRisk(store(), subject.id),
  ]);
  return json(200, {
    subject: viewOf(subject, person),
    ...(risk === undefined ? {} : { risk: riskView(risk) }),
    ...historyView(items, after === undefined ? subject : undefined),
    ...(next === undefined ? {} : { next }),
  });
}

/** What the library said of a subject before, newest first, each with the day on which a file said otherwise. */
export async function formerOfSubject(request: HttpRequest): Promise<Answer> {
  const person = await staff(request);
  const subject = await visibleSubject(request, person);
  const { after } = queryOf(request, FormerQuery);
  const { former, next } = await formerSubjects(store(), subject.id, { limit: SHOWN, after });
  return json(200, {
    former: former.map((one) => ({ until: one.until, subject: viewOf(one.subject, person) })),
    ...(next === undefined ? {} : { next }),
  });
}

/** Licences last longest first. A type of its own, so that a field added to the subject is a decision here too. */
function viewOf(subject: Subject, { role }: Staff): Subject {
  const { phone, licences, ...shown } = subject;
  return {
    ...shown,
    licences: licences.toSorted((a, b) => (a.validThrough > b.validThrough ? -1 : 1)),
    ...(phone !== undefined && CALLING.has(role) ? { phone } : {}),
  };
}

/** What the scan found at last. */
function riskView({ level, warning, directCheckOn }: RiskStanding): RiskView {
  return { level, warning, directCheckOn };
}

/** @param standing the subject on the first page: the class that it has now is on it, and in its history once another takes its place */
function historyView(entries: readonly HistoryEntry[], standing: Subject | undefined) {
  const given = entries.flatMap((entry) => entry.given ?? []);
  const classes = standing === undefined ? given : classesOf(standing, given);
  return {
    signals: entries.flatMap(({ signal }) =>
      signal === undefined ? [] : [{ ...signal, label: signalLabels[signal.kind] }],
    ),
    classes: classes
      .toSorted((a, b) => (a.on > b.on ? -1 : 1))
      .map(({ on, creditClass }) => ({ on, creditClass })),
  };
}
