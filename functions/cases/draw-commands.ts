import { factsOf } from '#commands/once.ts';
import { BeaconBody, VoidBody, type EnteredBeacon } from '#contracts/api/cases.ts';
import { newEvent } from '#contracts/events.ts';
import {
  Deadline,
  deadlineId,
  meetDeadline,
  withdrawDeadline,
  type DeadlineKind,
} from '#domain/deadline/deadline.ts';
import { decideDraw, type DrawCommand } from '#domain/draw/decide.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import type { Instant } from '#domain/time/time.ts';
import type { StateWrite } from '#store/commit.ts';
import { loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { stateKey } from '#store/keys.ts';
import { load } from '#store/store.ts';
import type { Answer } from '#web/answer.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { commanding, store } from './asking.ts';
import { carryOut, type Decided } from './command.ts';

/** The lead section approves a proposed draw (article 7(1)); from then on nobody can steer it. */
export async function approveDraw(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'approve');
  return onDraw(request, staffNo, { kind: 'approve', at: request.at }, async (draw) => ({
    answer: draw,
    writes: [updatedDraw(draw), await met('approve', draw, request.at)],
    events: [
      newEvent('draw.approved', {
        ...factsOf({ request, staffNo }, 'draw', draw),
        data: { how: 'lead-section' },
      }),
    ],
  }));
}

/** Tries again to commit a draw for which no beacon could be had. */
export async function freezeAgain(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'freeze');
  return onDraw(request, staffNo, { kind: 'freeze' }, (draw) => ({
    answer: draw,
    writes: [updatedDraw(draw)],
    events: [newEvent('draw.freeze-requested', { ...factsOf({ request, staffNo }, 'draw', draw), data: {} })],
  }));
}

/** Draws the inspectors again for a draw that could not be staffed, once its units have more people. */
export async function matchAgain(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'match');
  return onDraw(request, staffNo, { kind: 'match' }, (draw) => ({
    answer: draw,
    writes: [updatedDraw(draw)],
    events: [newEvent('draw.match-requested', { ...factsOf({ request, staffNo }, 'draw', draw), data: {} })],
  }));
}

/** Takes down the value of an announced beacon; the draw goes on when a second person says the same (RFC 3797). */
export async function enterBeacon(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'enter-beacon');
  const { value } = jsonBody(request, BeaconBody);
  const command = { kind: 'enter-beacon', at: request.at, by: staffNo, value } as const;
  return onDraw(request, staffNo, command, async (draw) => {
    const facts = factsOf({ request, staffNo }, 'draw', draw);
    const entries = draw.awaited?.entries ?? [];
    const { arrived } = draw;
    const answer: EnteredBeacon = {
      draw: draw.id,
      entries,
      agreed: arrived !== undefined,
      ...(arrived ? { value: arrived.value } : {}),
    };
    return {
      answer,
      writes: [updatedDraw(draw), ...(arrived === undefined ? [] : [await met('reveal', draw, request.at)])],
      events: [
        newEvent('draw.beacon-entered', {
          ...facts,
          data: { entries: entries.length, agreed: arrived !== undefined },
        }),
        ...(arrived === undefined
          ? []
          : [newEvent('draw.beacon-arrived', { ...facts, data: { value: arrived.value } })]),
      ],
    };
  });
}

/** Voids a draw that is not dispatched, with the reason, which everyone can read. It is never deleted. */
export async function voidDraw(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'void');
  const { reason } = jsonBody(request, VoidBody);
  return carryOut(request, staffNo, 200, async () => {
    const before = await loadDraw(store(), param(request, 'id'));
    const draw = decideDraw(before, { kind: 'void', at: request.at, reason });
    return {
      answer: draw,
      writes: [updatedDraw(draw), ...(await endedWith(before, request.at))],
      events: [newEvent('draw.voided', { ...factsOf({ request, staffNo }, 'draw', draw), data: { reason } })],
    };
  });
}

/** Nobody is reminded any more of what a voided draw was waiting for. */
async function endedWith(draw: Draw, at: Instant): Promise<StateWrite[]> {
  if (draw.status === 'proposed') {
    return [await met('approve', draw, at)];
  }
  // The units may not have been asked yet: the draw was drawn a moment ago.
  const choosing =
    draw.status === 'drawn' && draw.staffing === 'direct'
      ? await load(store(), Deadline, stateKey('DEADLINE', deadlineId('match', draw.id)))
      : undefined;
  if (choosing !== undefined) return [updatedDeadline(withdrawDeadline(choosing))];
  return draw.status === 'committed' && draw.awaited !== undefined && draw.arrived === undefined
    ? [await met('reveal', draw, at)]
    : [];
}

async function met(kind: DeadlineKind, draw: Draw, at: Instant): Promise<StateWrite> {
  return updatedDeadline(meetDeadline(await loadDeadline(store(), deadlineId(kind, draw.id)), at));
}

function onDraw(
  request: HttpRequest,
  staffNo: string,
  command: DrawCommand,
  follows: (draw: Draw) => Decided | Promise<Decided>,
): Promise<Answer> {
  return carryOut(request, staffNo, 200, async () => {
    const draw = await loadDraw(store(), param(request, 'id'));
    return follows(decideDraw(draw, command));
  });
}
