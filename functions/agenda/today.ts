import { SeenBody, type OwnDeadline, type Today } from '#contracts/api/today.ts';
import { workingDaysBetween } from '#domain/calendar/calendar.ts';
import { deadlineLabels, type Deadline } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { inBoth, type Message } from '#domain/message/message.ts';
import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import {
  waitingLabels,
  waitsOfInspector,
  waitsOfLead,
  waitsOfUnit,
  type Waits,
} from '#domain/today/waiting.ts';
import { commit, settled } from '#store/commit.ts';
import { messagesOf } from '#store/messages.ts';
import type { Staff } from '#store/people.ts';
import { savedSeen, seenBy } from '#store/seen.ts';
import { agendaOfInspector, agendaOfLead, agendaOfUnit, beginning, type Agenda } from '#store/today.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { environment, person, reference, store } from './asking.ts';

/** Messages among which the unread ones are counted, and those that are shown. */
const LOOKED_AT = 100;
const SHOWN = 10;

/** What a person's day begins with, in one answer that takes at most four requests to the store. */
export async function today(request: HttpRequest): Promise<Answer> {
  const { staff, counting, seenUntil } = await beginning(store(), request.person, {
    administrators: environment().ADMINISTRATORS,
    reference: reference(),
  });
  const day = dateInShanghai(request.at);
  const [{ items: messages }, asked] = await Promise.all([
    messagesOf(store(), staff.staffNo, LOOKED_AT),
    askedOf(staff, day),
  ]);
  const { staffNo, name, role, unit } = staff;
  const answer: Today = {
    person: { staffNo, name, role, unit },
    deadlines: asked.deadlines.map((one) => ownDeadline(one, asked.titles.get(one.of.id), counting, day)),
    more: asked.more,
    messages: inboxOf(messages, seenUntil),
    waiting: [...asked.waits].map(([what, count]) => {
      const [zh, en] = waitingLabels[what];
      return { what, zh, en, count };
    }),
  };
  return json(200, answer);
}

type Asked = Pick<Agenda, 'deadlines' | 'titles' | 'more'> & { readonly waits: Waits };

/** What a person has to keep and to do, by their role. Those who watch the others have figures and lists for it. */
async function askedOf({ staffNo, role, unit }: Staff, day: CalendarDate): Promise<Asked> {
  switch (role) {
    case 'lead-section': {
      const agenda = await agendaOfLead(store());
      return { ...agenda, waits: waitsOfLead(agenda.listed, agenda.decided) };
    }
    case 'unit': {
      const agenda = await agendaOfUnit(store(), unit);
      return { ...agenda, waits: waitsOfUnit(agenda.listed, day) };
    }
    case 'inspector': {
      const agenda = await agendaOfInspector(store(), staffNo);
      return { ...agenda, waits: waitsOfInspector(staffNo, agenda.visits) };
    }
    case 'business-section':
    case 'supervisor':
    case 'administrator':
      return { deadlines: [], titles: new Map(), more: false, waits: new Map() };
  }
}

function ownDeadline(
  { id, kind, of, units = [], due, provisional, status, pausedOn, request }: Deadline,
  about: string | undefined,
  counting: Counting,
  day: CalendarDate,
): OwnDeadline {
  return {
    id,
    kind,
    label: deadlineLabels[kind],
    of,
    ...(about === undefined ? {} : { about }),
    units,
    due,
    provisional,
    status,
    remaining: workingDaysBetween(counting, pausedOn ?? day, due),
    overdue: status === 'open' && day > due,
    requested: request !== undefined,
  };
}

function inboxOf(messages: readonly Message[], seenUntil: Instant | undefined): Today['messages'] {
  const isUnread = ({ at }: Message) => seenUntil === undefined || at > seenUntil;
  return {
    unread: messages.filter(isUnread).length,
    ...(seenUntil === undefined ? {} : { seenUntil }),
    newest: messages.slice(0, SHOWN).map((message) => {
      const { id, at, urgency, zh, en } = message;
      return { id, at, urgency, zh, en, ...inBoth(message), unread: isUnread(message) };
    }),
  };
}

/** Remembers until when a person has looked at their messages: never beyond now, and never back before what they have seen. It tells nothing that others rely on, so it is no event. */
export async function messagesSeen(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await person(request);
  const { until: asked = request.at } = jsonBody(request, SeenBody);
  return settled(async () => {
    const known = await seenBy(store(), staffNo);
    const until = asked < request.at ? asked : request.at;
    if (known !== undefined && known.until >= until) return json(200, { until: known.until });
    const writes = [savedSeen({ id: staffNo, version: (known?.version ?? 0) + 1, until })];
    await commit(store(), { at: request.at, writes, events: [] });
    return json(200, { until });
  });
}
