import { sha256 } from '#sha256';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { Inspection, InspectionCommand } from '#domain/inspection/inspection.ts';
import type { FormerMember } from '#domain/inspection/member.ts';
import { publicationHash, publicationOf } from '#domain/inspection/publication.ts';
import { leavers, newcomers } from '#domain/inspection/team.ts';
import type { CalendarDate } from '#domain/time/time.ts';

interface Change {
  readonly before: Inspection;
  readonly after: Inspection;
  readonly command: InspectionCommand;
  /** The last day to accept, when somebody has to accept anew. */
  readonly acceptBy: CalendarDate | undefined;
  readonly causation: string;
}

/** What a command that was carried out tells the world. */
export function eventsOf(change: Change): MingchouEvent[] {
  const { after, command, causation } = change;
  const facts: EventFacts = {
    time: command.at,
    about: { kind: 'inspection', id: after.id, version: after.version },
    correlation: after.correlation,
    causation,
    actor: { kind: 'person', id: command.by },
  };
  switch (command.kind) {
    case 'accept': {
      const complete = after.status === 'accepted';
      return [newEvent('inspection.accepted', { ...facts, data: { inspector: command.by, complete } })];
    }
    case 'recuse':
    case 'replace':
      return leavingEvents(change, facts);
    case 'assign':
      return [newEvent('inspection.assigned-directly', { ...facts, data: assignment(change, command) })];
    case 'join':
      throw new TypeError('a draw joins an inspection in the function dispatch');
    case 'succeed':
      throw new TypeError('those who do not answer are replaced in the function succession');
    case 'close':
      throw new TypeError('an inspection is closed in the function closing');
    case 'archive':
      throw new TypeError('an inspection is archived in the function follow-ups');
    case 'begin':
      return [newEvent('inspection.begun', { ...facts, data: {} })];
    case 'end':
      return [newEvent('inspection.ended', { ...facts, data: endOf(after) })];
    case 'record': {
      const record = required(after.record, `${after.id} was recorded without a record`);
      const { results } = record;
      const recordHash = sha256(canonicalJson(record));
      return [newEvent('inspection.recorded', { ...facts, data: { results, recordHash } })];
    }
    case 'publish': {
      const publication = publicationOf(after);
      const data = { onTime: publication.onTime, publicationHash: publicationHash(publication) };
      return [newEvent('inspection.published', { ...facts, data })];
    }
    case 'invite':
      return [newEvent('inspection.expert-invited', { ...facts, data: command.expert })];
  }
}

function subjectOf({ subject }: Inspection) {
  return { subjectId: subject.id, subjectName: subject.name };
}

/** A recusal, and who came instead; a replacement for another reason is told by who came alone. */
function leavingEvents({ before, after, acceptBy }: Change, facts: EventFacts): MingchouEvent[] {
  const former = lastOf(after);
  const [successor] = newcomers(before, after);
  const { inspector, unit, reason } = former;
  const events: MingchouEvent[] = [];
  if (former.kind !== undefined) {
    const seatOpen = successor === undefined;
    events.push(
      newEvent('inspection.recused', {
        ...facts,
        data: { inspector, unit, kind: former.kind, reason, ...subjectOf(after), seatOpen },
      }),
    );
  }
  if (successor !== undefined) {
    events.push(
      newEvent('inspection.replaced', {
        ...facts,
        data: {
          inspector,
          successor: successor.inspector,
          unit,
          why: former.why,
          reason,
          ...subjectOf(after),
          acceptBy: required(acceptBy, `${after.id} has a new member who has no day to accept by`),
        },
      }),
    );
  }
  return events;
}

function assignment(
  { before, after, acceptBy }: Change,
  { unit, reason }: Extract<InspectionCommand, { kind: 'assign' }>,
) {
  return {
    unit,
    team: after.team.filter((member) => member.unit === unit).map(({ inspector }) => inspector),
    newcomers: newcomers(before, after).map(({ inspector }) => inspector),
    leavers: leavers(before, after).map(({ inspector }) => inspector),
    reason,
    ...subjectOf(after),
    acceptBy,
  };
}

function lastOf({ id, left }: Inspection): FormerMember {
  return required(left.at(-1), `nobody left ${id}`);
}

function endOf({ id, publishBy }: Inspection) {
  const { date, provisional } = required(publishBy, `${id} ended without its publication deadline`);
  return { publishBy: date, provisional };
}

function required<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) {
    throw new TypeError(otherwise);
  }
  return value;
}
