import { sha256 } from '#sha256';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { deadlineId, meetDeadline, startDeadline, type DeadlineKind } from '#domain/deadline/deadline.ts';
import { decide, type Inspection, type InspectionCommand } from '#domain/inspection/inspection.ts';
import { publicationHash, publicationOf } from '#domain/inspection/publication.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { once } from '#lambda/environment.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { createdDeadline, loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { updatedInspection } from '#store/inspections.ts';
import { createdPublication } from '#store/publications.ts';
import type { StateTable } from '#store/store.ts';
import { sameRequest, type Idempotency } from '#web/idempotency.ts';
import { viewOf } from './view.ts';

const calendar = once(stateCouncilCalendar);

/** Which deadline each step ends and which it starts. `publish` is the statutory one of article 14. */
const deadlinesOf: Readonly<
  Partial<Record<Inspection['status'], { readonly met?: DeadlineKind; readonly started?: DeadlineKind }>>
> = {
  accepted: { met: 'accept', started: 'finish' },
  ended: { met: 'finish', started: 'publish' },
  published: { met: 'publish' },
};

interface Asked {
  readonly idempotency: Idempotency | undefined;
  readonly request: { readonly id: string };
}

/** Decides a command and commits what follows from it: state, deadlines, publication, event. Answers with the view, as JSON. */
export async function carryOut(
  store: StateTable,
  inspection: Inspection,
  command: InspectionCommand,
  { idempotency, request }: Asked,
): Promise<string> {
  const decided = decide(inspection, command);
  const moved = decided.status !== inspection.status;
  const { met, started } = (moved ? deadlinesOf[decided.status] : undefined) ?? {};
  const opened = started === undefined ? undefined : openDeadline(decided, started, command);
  const next: Inspection =
    opened?.kind === 'publish'
      ? { ...decided, publishBy: { date: opened.due, provisional: opened.provisional } }
      : decided;
  const answer = JSON.stringify(viewOf(next));
  const outcome = await commit(store, {
    at: command.at,
    once: idempotency && { consumer: 'inspections', ...idempotency, answer },
    writes: [
      updatedInspection(next),
      ...(met === undefined ? [] : [await metDeadline(store, next, met, command)]),
      ...(opened === undefined ? [] : [createdDeadline(opened)]),
      ...(next.status === 'published' ? [createdPublication(publicationOf(next))] : []),
    ],
    events: [eventOf(next, command, idempotency?.key ?? request.id)],
  });
  if (outcome.kind === 'done') {
    return answer;
  }
  if (idempotency !== undefined) {
    // Two different requests under one key came at the same moment: the slower one must not take the other's answer for its own.
    sameRequest(idempotency, outcome.fingerprint);
  }
  return outcome.answer ?? answer;
}

function openDeadline(inspection: Inspection, kind: DeadlineKind, command: InspectionCommand) {
  return startDeadline(calendar(), {
    id: deadlineId(kind, inspection.id),
    kind,
    of: { kind: 'inspection', id: inspection.id },
    correlation: inspection.correlation,
    startedAt: command.at,
  });
}

async function metDeadline(
  store: StateTable,
  inspection: Inspection,
  kind: DeadlineKind,
  command: InspectionCommand,
): Promise<StateWrite> {
  const open = await loadDeadline(store, deadlineId(kind, inspection.id));
  return updatedDeadline(meetDeadline(open, command.at));
}

function eventOf(inspection: Inspection, command: InspectionCommand, causation: string): MingchouEvent {
  const facts = {
    time: command.at,
    about: { kind: 'inspection', id: inspection.id, version: inspection.version },
    correlation: inspection.correlation,
    causation,
    actor: { kind: 'person', id: command.by },
  } as const;
  switch (command.kind) {
    case 'accept':
      return newEvent('inspection.accepted', {
        ...facts,
        data: { inspector: command.by, complete: inspection.status === 'accepted' },
      });
    case 'begin':
      return newEvent('inspection.begun', { ...facts, data: {} });
    case 'end':
      return newEvent('inspection.ended', { ...facts, data: endOf(inspection) });
    case 'record':
      return newEvent('inspection.recorded', {
        ...facts,
        data: { results: command.record.results, recordHash: sha256(canonicalJson(command.record)) },
      });
    case 'publish': {
      const publication = publicationOf(inspection);
      return newEvent('inspection.published', {
        ...facts,
        data: { onTime: publication.onTime, publicationHash: publicationHash(publication) },
      });
    }
  }
}

function endOf({ id, publishBy }: Inspection) {
  if (publishBy === undefined) {
    throw new TypeError(`${id} ended without its publication deadline`);
  }
  return { publishBy: publishBy.date, provisional: publishBy.provisional };
}
