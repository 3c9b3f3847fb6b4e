import { deadlineSteps } from '#domain/inspection/deadlines.ts';
import { decide, type Inspection, type InspectionCommandKind } from '#domain/inspection/inspection.ts';
import { publicationOf } from '#domain/inspection/publication.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { savedDeadline, steppedDeadlines } from '#store/deadlines.ts';
import { changedInspection } from '#store/inspections.ts';
import { enteredRecord } from '#store/inspection-records.ts';
import { published } from '#store/publishing.ts';
import { visitWrites, type BegunVisit } from '#store/visits.ts';
import type { Answer } from '#web/answer.ts';
import { answerTo, type Idempotency } from '#web/idempotency.ts';
import { calendar, store } from './asking.ts';
import type { Prepared } from './commands.ts';
import { eventsOf } from './events.ts';
import { viewOf } from './view.ts';

interface Asked {
  readonly idempotency: Idempotency | undefined;
  readonly request: { readonly id: string };
}

/** Decides a command and commits what follows from it: state, deadlines, publication, events. Answers with the view. */
export async function carryOut(
  inspection: Inspection,
  { command, beside = [] }: Prepared,
  { idempotency, request }: Asked,
): Promise<Answer> {
  const decided = decide(inspection, command);
  const steps = deadlineSteps(inspection, decided);
  const deadlines = await steppedDeadlines(store(), calendar, decided, steps, command.at);
  const publish = deadlines.find(({ kind, status }) => kind === 'publish' && status === 'open');
  const next: Inspection =
    publish === undefined
      ? decided
      : { ...decided, publishBy: { date: publish.due, provisional: publish.provisional } };
  const answer = JSON.stringify(viewOf(next));
  const outcome = await commit(store(), {
    at: command.at,
    once: idempotency && { consumer: 'inspections', ...idempotency, answer },
    writes: [
      ...changedInspection(inspection, next),
      ...deadlines.map(savedDeadline),
      ...madeBy(command.kind, next),
      ...beside,
    ],
    events: eventsOf({
      before: inspection,
      after: next,
      command,
      acceptBy: deadlines.find(({ kind, status }) => kind === 'accept' && status === 'open')?.due,
      causation: idempotency?.key ?? request.id,
    }),
  });
  return answerTo(outcome, idempotency, answer);
}

/** The records that a step makes beside the inspection: what tells of a visit to the subject is written where it begins. */
function madeBy(kind: InspectionCommandKind, inspection: Inspection): readonly StateWrite[] {
  switch (kind) {
    case 'publish':
      return published(publicationOf(inspection), inspection.subject.territory);
    case 'begin':
      return visitWrites(visitBegun(inspection));
    case 'record':
      return [enteredRecord(inspection)];
    case 'accept':
    case 'recuse':
    case 'replace':
    case 'succeed':
    case 'assign':
    case 'join':
    case 'end':
    case 'invite':
    case 'close':
    case 'archive':
      return [];
  }
}

/** From its begin on an inspection counts for the items on its form, and its team is the one that was there last. */
function visitBegun({ id, subject, items, team, begunAt }: Inspection): BegunVisit {
  if (begunAt === undefined) {
    throw new TypeError(`${id} has not begun`);
  }
  const units = [...new Set(team.map(({ unit }) => unit))];
  return {
    inspection: id,
    subject: subject.id,
    on: dateInShanghai(begunAt),
    items: items.map(({ code }) => code),
    teams: units.map((unit) => ({
      unit,
      inspectors: team.filter((member) => member.unit === unit).map(({ inspector }) => inspector),
    })),
  };
}
