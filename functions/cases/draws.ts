import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId, meetDeadline } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/lifecycle.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { inspectionsOfDraw } from '#store/inspections.ts';
import { lists } from '#store/keys.ts';
import { queryPage } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { DECIDING, staff, store, WATCHING } from './asking.ts';

const SHOWN = 100;

/** The newest draws. */
export async function draws(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { items } = await queryPage(store(), Draw, {
    index: 'list',
    partition: lists.draws,
    newestFirst: true,
    limit: SHOWN,
  });
  return json(200, {
    draws: items.map(({ id, status, title, plan, trigger, proposedAt }) => ({
      id,
      status,
      title,
      trigger,
      proposedAt,
      plan: plan.number,
    })),
  });
}

/** One draw, with the inspections that it sends out: those that came of it and those that it joined. */
export async function drawById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const draw = await loadDraw(store(), param(request, 'id'));
  return json(200, { ...draw, inspections: await inspectionsOfDraw(store(), draw.id) });
}

/** The lead section approves a proposed draw (article 7(1)); from then on nobody can steer it. */
export async function approveDraw(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await staff(request, DECIDING);
  return settled(async () => {
    const draw = await loadDraw(store(), param(request, 'id'));
    requireStatus(draw, 'proposed', draw.status === 'proposed');
    const next: Draw = { ...draw, version: draw.version + 1, status: 'approved', approvedAt: request.at };
    const deadline = await loadDeadline(store(), deadlineId('approve', draw.id));
    const facts = factsOf(next, request, staffNo);
    return save(
      next,
      request,
      [newEvent('draw.approved', { ...facts, data: { how: 'lead-section' } })],
      [updatedDeadline(meetDeadline(deadline, request.at))],
    );
  });
}

/** Draws the inspectors again for a draw that could not be staffed, once its units have more people. */
export async function matchAgain(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await staff(request, DECIDING);
  return settled(async () => {
    const draw = await loadDraw(store(), param(request, 'id'));
    requireStatus(draw, 'drawn and unstaffed', draw.status === 'drawn' && draw.unstaffed !== undefined);
    const { unstaffed: _, ...rest } = draw;
    const next: Draw = { ...rest, version: draw.version + 1 };
    return save(next, request, [
      newEvent('draw.match-requested', { ...factsOf(next, request, staffNo), data: {} }),
    ]);
  });
}

function requireStatus(draw: Draw, required: string, met: boolean): void {
  if (!met) {
    refuse(
      'wrong-state',
      `${draw.id} 的状态为 ${draw.status}，须为 ${required} is ${draw.status}; it has to be ${required}.`,
    );
  }
}

function factsOf(draw: Draw, request: HttpRequest, staffNo: string): EventFacts {
  return {
    time: request.at,
    about: { kind: 'draw', id: draw.id, version: draw.version },
    correlation: draw.correlation,
    causation: request.id,
    actor: { kind: 'person', id: staffNo },
  };
}

async function save(
  draw: Draw,
  request: HttpRequest,
  events: readonly MingchouEvent[],
  writes: readonly StateWrite[] = [],
): Promise<Answer> {
  await commit(store(), { at: request.at, writes: [updatedDraw(draw), ...writes], events });
  return json(200, draw);
}
