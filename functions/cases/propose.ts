import { factsOf } from '#commands/once.ts';
import { ProposalBody, Question, RedrawBody, type Preview } from '#contracts/api/cases.ts';
import { newEvent } from '#contracts/events.ts';
import { decideDraw } from '#domain/draw/decide.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import { addExclusions, noExclusions } from '#domain/draw/exclusion.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { highestRatio, namedObjects, type Proposal } from '#domain/draw/proposal.ts';
import { quotaOf } from '#domain/draw/quota.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { ClassQuota, Item } from '#domain/item/item.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { knownItems } from '#store/items.ts';
import { eligibleObjects } from '#store/eligible.ts';
import { proposed } from '#store/proposals.ts';
import { knownSubjects } from '#store/subjects.ts';
import { json, type Answer } from '#web/answer.ts';
import { idempotencyOf } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { commanding, PROPOSING, staff, store } from './asking.ts';
import { carryOut } from './command.ts';

const reference = once(stateCouncilCalendar);

/** How the plan of a draw is numbered, and by which days its approval is counted. */
async function numbering() {
  return {
    template: environmentOf('cases').PLAN_NUMBER_TEMPLATE,
    calendar: await workingDays(store(), reference()),
  };
}

/** The lead section proposes a draw by hand (制定计划, article 7(1)); it takes a document number and waits for approval. */
export async function proposeDraw(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await staff(request, PROPOSING);
  const body = jsonBody(request, ProposalBody);
  return carryOut(request, staffNo, 201, async () => {
    const items = await itemsNamed(body.items);
    const { named, leftOut } = namedObjects(body.named, await knownSubjects(store(), body.named), items);
    const id = deriveId('D', staffNo, idempotencyOf(request, staffNo)?.key ?? request.id);
    const { title, criteria, coolDownDays, teamSize, staffing, beacon } = body;
    const proposal: Proposal = {
      id,
      correlation: id,
      title,
      items: items.map(({ code }) => code),
      criteria,
      rule: ruleOf(body.quota, items),
      named,
      ...(leftOut.length === 0 ? {} : { namedLeftOut: leftOut }),
      coolDownDays,
      teamSize,
      staffing,
      beacon,
      proposedBy: staffNo,
      at: request.at,
      automatic: false,
    };
    const { draw, writes, events } = await proposed(
      store(),
      proposal,
      await numbering(),
      causeOf(request, staffNo),
    );
    return { answer: draw, writes, events };
  });
}

/** Draws again instead of a voided draw: the new one names the old, the old names the new, and both stay public. */
export async function redraw(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await commanding(request, drawLifecycle, 'replace');
  const { beacon } = request.body.byteLength === 0 ? {} : jsonBody(request, RedrawBody);
  return carryOut(request, staffNo, 201, async () => {
    const voided = await loadDraw(store(), param(request, 'id'));
    const proposal = replacing(voided, {
      proposedBy: staffNo,
      at: request.at,
      beacon: beacon ?? voided.beacon,
    });
    const replaced = decideDraw(voided, { kind: 'replace', by: proposal.id });
    const { draw, writes, events } = await proposed(
      store(),
      proposal,
      await numbering(),
      causeOf(request, staffNo),
    );
    return {
      answer: draw,
      writes: [...writes, updatedDraw(replaced)],
      events: [
        ...events,
        newEvent('draw.replaced', {
          ...factsOf({ request, staffNo }, 'draw', replaced),
          data: { by: draw.id },
        }),
      ],
    };
  });
}

function replacing(
  voided: Draw,
  changed: Pick<Proposal, 'at' | 'beacon'> & { readonly proposedBy: string },
): Proposal {
  const { correlation, trigger, policy, title, items, criteria, rule } = voided;
  const { named, namedLeftOut, coolDownDays, teamSize, staffing } = voided;
  return {
    id: deriveId('D', 'redraw', voided.id),
    correlation,
    ...(trigger === undefined ? {} : { trigger }),
    ...(policy === undefined ? {} : { policy }),
    title,
    items,
    criteria,
    rule,
    named,
    ...(namedLeftOut === undefined ? {} : { namedLeftOut }),
    coolDownDays,
    teamSize,
    staffing,
    replaces: voided.id,
    automatic: false,
    ...changed,
  };
}

/**
 * How many objects a draw would have in its pool, by class, and how many of them it would draw. It makes nothing, stores
 * nothing and throws no dice: the real draw reads the library anew.
 */
export async function previewDraw(request: HttpRequest): Promise<Answer> {
  await staff(request, PROPOSING);
  const { items: codes, criteria, quota, coolDownDays, named: ids } = jsonBody(request, Question);
  const items = await itemsNamed(codes);
  const { named, leftOut } = namedObjects(ids, await knownSubjects(store(), ids), items);
  const size = new Map<string, number>();
  let excluded = noExclusions();
  const question = {
    criteria,
    items,
    named: named.map(({ id }) => id),
    coolDownDays,
    day: dateInShanghai(request.at),
  };
  for await (const part of eligibleObjects(store(), question)) {
    for (const line of part.lines) {
      const stratum = line.slice(line.indexOf(',') + 1);
      size.set(stratum, (size.get(stratum) ?? 0) + 1);
    }
    excluded = addExclusions(excluded, part.excluded);
  }
  const pool = Object.fromEntries(size);
  const rule = ruleOf(quota, items);
  const preview: Preview = {
    pool,
    quota: quotaOf(rule, pool),
    rule,
    excluded,
    named,
    namedLeftOut: leftOut,
  };
  return json(200, preview);
}

function ruleOf(quota: ClassQuota | undefined, items: readonly Item[]): ClassQuota {
  return quota ?? { mode: 'ratio', basisPoints: highestRatio(items) };
}

function causeOf(request: HttpRequest, staffNo: string) {
  return {
    causation: idempotencyOf(request, staffNo)?.key ?? request.id,
    actor: { kind: 'person', id: staffNo },
  } as const;
}

/** The check items of these codes. Refuses `body-invalid` naming each that the library has not. */
async function itemsNamed(codes: readonly string[]): Promise<Item[]> {
  const items = await knownItems(store(), codes);
  const unknown = codes.flatMap((code, at) =>
    items.some((item) => item.code === code)
      ? []
      : [{ pointer: `/items/${at}`, detail: `事项库中没有 ${code} is not in the item library` }],
  );
  return unknown.length === 0
    ? items
    : refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', unknown);
}
