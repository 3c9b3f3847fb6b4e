import * as z from 'zod';
import { visibleInspection } from '#commands/visible.ts';
import {
  BatchAssignment,
  MOST_IN_BATCH,
  type Assignment,
  type BatchAnswer,
  type BatchOutcome,
} from '#contracts/api/inspection-lists.ts';
import { InspectionStatus } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { refuseUnpermitted } from '#domain/lifecycle/lifecycle.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { answeredBefore, commit, settled } from '#store/commit.ts';
import { listedInspections } from '#store/listed.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo, firstAnswer, type Idempotency } from '#web/idempotency.ts';
import { problemAnswer, ProblemDocument } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { calendar, person, sentBefore, store } from './asking.ts';
import { carryOut } from './carry-out.ts';
import { assignment } from './commands.ts';
import { rowsOf, scopeOf } from './listing.ts';

type Batch = z.infer<typeof BatchAssignment>;

/** Which inspections a command is for, and where the list goes on that they were taken from. */
const Selection = z.object({ ids: z.array(z.string()), next: z.string().optional() });
type Selection = z.infer<typeof Selection>;

/**
 * Assigns the same people to many inspections, one after the other, each as it would be alone: what is refused for one does not
 * keep another back. Under an idempotency key the selection is remembered first and each inspection is changed once, so a command that is
 * sent again after a crash goes on with the same inspections, and one that was answered gets the first answer.
 */
export async function assignMany(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, ['unit', 'lead-section']);
  const { idempotency, answer: first } = await sentBefore(request, staff.staffNo);
  if (first !== undefined) return first;
  const batch = jsonBody(request, BatchAssignment);
  const { ids, next } = await selection(batch, { staff, request, idempotency });
  const outcomes: BatchOutcome[] = [];
  for (const id of ids) {
    outcomes.push(await outcomeOf(id, batch, { staff, request, idempotency }));
  }
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
  const answer: z.infer<typeof BatchAnswer> = {
    outcomes,
    done,
    refused: outcomes.length - done,
    ...(next === undefined ? {} : { next }),
  };
  return remembered(answer, request, idempotency);
}

interface Asked {
  readonly staff: Staff;
  readonly request: HttpRequest;
  readonly idempotency: Idempotency | undefined;
}

/** The inspections that are named, or those that the list shows now; the second copy of a request takes those of the first. */
async function selection(batch: Batch, asked: Asked): Promise<Selection> {
  if ('ids' in batch) return { ids: [...new Set(batch.ids)] };
  const idempotency = asked.idempotency && under(asked.idempotency, 'selection');
  const before = idempotency && (await answeredBefore(store(), 'inspections', idempotency.key));
  if (idempotency !== undefined && before !== undefined) {
    return Selection.parse(bodyOf(firstAnswer(idempotency, before, 200)));
  }
  const found = await listedNow(batch, asked);
  return Selection.parse(bodyOf(await remembered(found, asked.request, idempotency)));
}

async function listedNow(
  { filter, after }: Extract<Batch, { filter: unknown }>,
  { staff, request }: Asked,
): Promise<Selection> {
  const scope = scopeOf(staff, filter.unit);
  const page = await listedInspections(store(), { scope, filter, limit: MOST_IN_BATCH, after });
  const rows = await rowsOf(page, {
    filter,
    counting: await calendar(),
    today: dateInShanghai(request.at),
  });
  return { ids: rows.map(({ id }) => id), ...(page.next === undefined ? {} : { next: page.next }) };
}

/** Remembers an answer under the key of its request; without one nothing is kept. */
async function remembered(
  body: object,
  request: HttpRequest,
  idempotency: Idempotency | undefined,
): Promise<Answer> {
  const answer = JSON.stringify(body);
  if (idempotency === undefined) return json(200, body);
  const once = { consumer: 'inspections', ...idempotency, answer };
  return answerTo(
    await commit(store(), { at: request.at, once, writes: [], events: [] }),
    idempotency,
    answer,
  );
}

const Changed = z.object({ id: z.string(), version: z.int(), status: InspectionStatus });

/** Assigns to one inspection, once under the key of the whole. What is refused is an answer; a fault of ours ends the command. */
async function outcomeOf(id: string, batch: Assignment, asked: Asked): Promise<BatchOutcome> {
  try {
    const answer = await settled(() => assignOne(id, batch, asked));
    return { outcome: 'done', ...Changed.parse(bodyOf(answer)) };
  } catch (error) {
    const refused = problemAnswer(error);
    if (refused === undefined) throw error;
    return { id, outcome: 'refused', problem: Problem.parse(bodyOf(refused)) };
  }
}

const Problem = ProblemDocument.extend({
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

async function assignOne(id: string, batch: Assignment, asked: Asked): Promise<Answer> {
  const { staff, request } = asked;
  const { inspection, standings } = await visibleInspection(store(), staff, id);
  refuseUnpermitted(inspectionLifecycle, 'assign', inspection, standings);
  const idempotency = asked.idempotency && under(asked.idempotency, id);
  const before = idempotency && (await answeredBefore(store(), 'inspections', idempotency.key));
  if (idempotency !== undefined && before !== undefined) return firstAnswer(idempotency, before, 200);
  const prepared = await assignment({ staff, inspection, request }, batch);
  return carryOut(inspection, prepared, { idempotency, request });
}

/** A key under the request's own: a sender's key has no blank in it, so no other request's is the same. */
function under({ key, fingerprint }: Idempotency, part: string): Idempotency {
  return { key: `${key} ${part}`, fingerprint };
}

function bodyOf({ body }: Answer): unknown {
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
}
