import { MingchouEvent, newEvent } from '#contracts/events.ts';
import { AggregateKind } from '#contracts/catalogue.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import { commit } from '#store/commit.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { inspectionsOf } from '#store/inspections.ts';
import { messagesOf } from '#store/messages.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { mustLoad } from '#store/records.ts';
import { openState } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('cases'));
const store = once(() => openState(environment().STATE_TABLE));

export const handler = httpFunction('cases', {
  'GET /me': async (request) => json(200, await staff(request)),
  'GET /me/messages': async (request) => {
    const { staffNo } = await staff(request);
    return json(200, { messages: await messagesOf(store(), staffNo, MESSAGES_SHOWN) });
  },
  'GET /me/inspections': async (request) => {
    const { staffNo } = await staff(request);
    return json(200, { inspections: await inspectionsOf(store(), staffNo) });
  },
  'GET /triggers/{id}': async (request) => {
    await staff(request, WATCHING);
    return json(200, triggerView(await mustLoad(store(), Trigger, 'TRIGGER', param(request, 'id'))));
  },
  'GET /draws/{id}': async (request) => {
    await staff(request, WATCHING);
    return json(200, await loadDraw(store(), param(request, 'id')));
  },
  'POST /draws/{id}/approve': approve,
  'GET /history/{kind}/{id}': history,
});

const MESSAGES_SHOWN = 100;
/** Who watches every trigger and draw. */
const WATCHING: readonly PersonRole[] = ['lead-section', 'supervisor', 'administrator'];

async function staff(request: HttpRequest, roles?: readonly PersonRole[]): Promise<Staff> {
  const person = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  if (roles !== undefined) {
    requireRole(person, roles);
  }
  const { staffNo, name, role, unit } = person;
  return { staffNo, name, role, unit };
}

function triggerView({
  id,
  version,
  status,
  source,
  senderId,
  receivedAt,
  report,
  firedBy,
  reason,
}: Trigger) {
  return { id, version, status, source, senderId, receivedAt, report, firedBy, reason };
}

/** The lead section approves a proposed draw (article 7(1)); from then on nobody can steer it. */
async function approve(request: HttpRequest): Promise<Answer> {
  const person = await staff(request, ['lead-section']);
  const draw = await loadDraw(store(), param(request, 'id'));
  if (draw.status !== 'proposed') {
    refuse(
      'wrong-state',
      `${draw.id} 的状态为 ${draw.status}，只有 proposed 可以批准 is ${draw.status}; only a proposed draw can be approved.`,
    );
  }
  const next: Draw = { ...draw, version: draw.version + 1, status: 'approved', approvedAt: request.at };
  await commit(store(), {
    at: request.at,
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.approved', {
        time: request.at,
        about: { kind: 'draw', id: draw.id, version: next.version },
        correlation: draw.trigger,
        causation: request.id,
        actor: { kind: 'person', id: person.staffNo },
        data: { how: 'lead-section' },
      }),
    ],
  });
  return json(200, next);
}

/** Everything that happened to one record, oldest first (the audit trail). */
async function history(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const kind = AggregateKind.safeParse(param(request, 'kind'));
  if (!kind.success) {
    refuse(
      'not-found',
      `没有这类记录 there is no such kind of record; kinds: ${AggregateKind.options.join(', ')}.`,
    );
  }
  const events: MingchouEvent[] = await historyOf(store(), kind.data, param(request, 'id'));
  if (events.length === 0) {
    refuse('not-found', `没有找到 ${kind.data} ${param(request, 'id')} was not found.`);
  }
  return json(200, { events });
}
