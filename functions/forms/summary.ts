import { SummaryQuery, type DrawSummary } from '#contracts/api/forms.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/draw.ts';
import { awaitedDeadline, summaryCounts, summaryRow } from '#domain/inspection/draw-summary.ts';
import type { InspectionOfDraw } from '#domain/inspection/inspection.ts';
import { heads } from '#domain/inspection/readers.ts';
import { WATCHING, type PersonRole } from '#domain/person/person.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { knownDeadlines } from '#store/deadlines.ts';
import { inspectionsById, pageOfDraw } from '#store/inspections.ts';
import { stateKey } from '#store/keys.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { documentAnswer } from '#web/document.tsx';
import { drawSummaryText } from '#web/draw-summary.tsx';
import { refuse } from '#web/problem.ts';
import { param, queryOf, wantsJson, type HttpRequest } from '#web/request.ts';
import { person, store } from './asking.ts';

/** Who reads the summary of a draw; the head of a unit reads what is its unit's. */
const READING: readonly PersonRole[] = [...WATCHING, 'unit'];

/** The summary 汇总表: all inspections of a draw by subject, with their state, deadline and result, a page at a time. */
export async function summary(request: HttpRequest): Promise<Answer> {
  const id = param(request, 'id');
  const own = stateKey('DRAW', id);
  const { staff, found } = await person(request, [own]);
  requireRole(staff, READING);
  const { after, limit } = queryOf(request, SummaryQuery);
  const draw = found.one(Draw, own) ?? refuse('not-found', `没有找到 draw ${id} was not found.`);
  const { items, more } = await pageOfDraw(store(), draw.id, limit, after);
  const rows = await rowsOf(items, staff, dateInShanghai(request.at));
  const last = items.at(-1);
  const page: DrawSummary = {
    draw: draw.id,
    title: draw.title,
    planNumber: draw.plan.number,
    inspections: draw.inspections,
    unit: staff.role === 'unit' ? staff.unit : undefined,
    counts: summaryCounts(rows),
    rows,
    ...(more && last !== undefined ? { next: `${last.subject}_${last.id}` } : {}),
  };
  return wantsJson(request) ? json(200, page) : documentAnswer(drawSummaryText(page));
}

async function rowsOf(listed: readonly InspectionOfDraw[], staff: Staff, today: CalendarDate) {
  const found = await inspectionsById(
    store(),
    listed.map(({ id }) => id),
  );
  const own = found.filter((one) => staff.role !== 'unit' || heads(staff, one));
  const awaited = new Map(
    own.flatMap((one) => {
      const kind = awaitedDeadline(one);
      return kind === undefined ? [] : [[one.id, deadlineId(kind, one.id)]];
    }),
  );
  const deadlines = new Map(
    (await knownDeadlines(store(), [...awaited.values()])).map((one) => [one.id, one]),
  );
  const byId = new Map(own.map((one) => [one.id, one]));
  return listed.flatMap(({ id, how }) => {
    const inspection = byId.get(id);
    const deadline = deadlines.get(awaited.get(id) ?? '');
    const open = deadline?.status === 'open' ? deadline : undefined;
    return inspection === undefined ? [] : [summaryRow(inspection, how, open, today)];
  });
}
