import { isWorkingDay } from '#domain/calendar/calendar.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import type { Proposal } from '#domain/draw/proposal.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Item } from '#domain/item/item.ts';
import { isToPropose, periodOf, type Period } from '#domain/item/statutory.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled } from '#store/commit.ts';
import { proposed } from '#store/proposals.ts';
import { periodProposed, proposedPeriod, proposedPeriods, statutoryItems } from '#store/statutory.ts';
import { openState } from '#store/store.ts';

const environment = once(() => environmentOf('statutory'));
const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

export const handler = scheduleFunction('statutory', proposeDue);

/**
 * Proposes the draws of items for which a law sets a frequency of its own (article 4, last sentence): for each period one,
 * on its first working day, or on the first after that on which this ran or the item was known. They wait for the lead section.
 */
async function proposeDue(at: Instant, telemetry: Telemetry): Promise<void> {
  const today = dateInShanghai(at);
  const calendar = await workingDays(store(), reference());
  if (!isWorkingDay(calendar, today).working) {
    return;
  }
  const items = await statutoryItems(store());
  const last = await proposedPeriods(
    store(),
    items.map(({ code }) => code),
  );
  for (const item of items) {
    const period = item.statutory && periodOf(item.statutory, today);
    if (period !== undefined && isToPropose(last.get(item.code), period)) {
      const made = await settled(() => propose(calendar, item, period, at));
      telemetry.count('StatutoryDrawsProposed', made ? 1 : 0);
    }
  }
}

/** Commits one draw; false when another run was faster. */
async function propose(calendar: Counting, item: Item, period: Period, at: Instant): Promise<boolean> {
  const last = await proposedPeriod(store(), item.code);
  if (!isToPropose(last, period)) {
    return false;
  }
  const { draw, writes, events } = await proposed(
    store(),
    proposalOf(item, period, at),
    { template: environment().PLAN_NUMBER_TEMPLATE, calendar },
    {
      causation: `statutory/${item.code}/${period.from}`,
      actor: { kind: 'function', id: 'statutory' },
    },
  );
  await commit(store(), {
    at,
    writes: [periodProposed(last, item.code, period, draw.id), ...writes],
    events,
  });
  return true;
}

/** Everybody whom the item concerns stands in the pool; the item's own shares say how many are drawn. */
function proposalOf({ code, matter, appliesTo, ratio }: Item, period: Period, at: Instant): Proposal {
  const { kinds, industries } = appliesTo;
  const id = deriveId('D', 'statutory', code, period.from);
  return {
    id,
    correlation: id,
    title: `法定检查：${matter}（${period.from} 至 ${period.through}）`,
    items: [code],
    criteria: {
      ...(kinds.length === 0 ? {} : { kind: kinds }),
      ...(industries.length === 0 ? {} : { industry: industries }),
    },
    rule: { mode: 'ratio', basisPoints: ratio },
    named: [],
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    // Nobody may know it beforehand; where no round can be had the lead section still gets its draw.
    beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
    at,
    automatic: false,
  };
}
