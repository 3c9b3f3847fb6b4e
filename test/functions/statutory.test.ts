import { beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '#domain/item/item.ts';
import { addDays, later, startOfDay, type CalendarDate } from '#domain/time/time.ts';
import { localStage } from '#infra/local-stage.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { loadDraw } from '#store/draws.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { proposedPeriod } from '#store/statutory.ts';
import type { StateTable } from '#store/store.ts';
import { handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { ITEMS } from '../support/draws.ts';
import { day } from '../support/samples.ts';

let state: StateTable;
let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { PLAN_NUMBER_TEMPLATE: localStage().planNumberTemplate });
  handler = await handlerOf('statutory');
});

const [ITEM] = ITEMS;
function item(code: string, everyMonths: number | undefined, change: Partial<Item> = {}): Item {
  if (ITEM === undefined) {
    throw new Error('there is no sample item');
  }
  return {
    ...ITEM,
    code,
    ...(everyMonths === undefined ? {} : { statutory: { everyMonths } }),
    ...change,
  };
}
const imported = async (...items: Item[]): Promise<void> => putPages(state, libraryItems('items', items));
/** The run of 08:20. */
const morning = async (date: CalendarDate): Promise<unknown> =>
  handler(scheduledEvent(later(startOfDay(date), (8 * 60 + 20) * 60_000)));
/** Days of a month on which somebody looks: its first working day is among them, and days after it. */
const LOOKED_AT = 10;
/** The day and the period of each draw that was proposed for an item on these days. */
async function proposals(code: string, from: string, to: string, run = morning): Promise<string[][]> {
  const found: string[][] = [];
  for (let date = day(from); date <= day(to); date = addDays(date, 1)) {
    if (from !== to && Number(date.slice(8)) > LOOKED_AT && date !== from) {
      continue;
    }
    const before = await proposedPeriod(state, code);
    await run(date);
    const after = await proposedPeriod(state, code);
    if (after !== undefined && after.draw !== before?.draw) {
      found.push([date, after.from]);
    }
  }
  return found;
}

describe('article 4: the draw of an item for which a law sets a frequency', () => {
  it('is proposed on the first working day of each period, once, over a year', async () => {
    await imported(item('YS-Q', 3), item('YS-Y', 12), item('YS-N', undefined));
    // 1 to 3 January are the holiday of 2026, 1 to 7 October that of the national day.
    expect(await proposals('YS-Q', '2025-12-31', '2026-12-31')).toEqual([
      ['2025-12-31', '2025-10-01'],
      ['2026-01-04', '2026-01-01'],
      ['2026-04-01', '2026-04-01'],
      ['2026-07-01', '2026-07-01'],
      ['2026-10-08', '2026-10-01'],
    ]);
    expect(await proposedPeriod(state, 'YS-Y')).toMatchObject({ version: 2, from: '2026-01-01' });
    expect(await proposedPeriod(state, 'YS-N')).toBe(undefined);
  });

  it('is proposed once however often it runs, and two that run at once take numbers one after the other', async () => {
    await imported(item('YS-A', 12), item('YS-B', 12), item('YS-Q', undefined), item('YS-Y', undefined));
    const twice = async (date: CalendarDate): Promise<void> => {
      await Promise.all([morning(date), morning(date), morning(date)]);
      await morning(date);
    };
    expect(await proposals('YS-A', '2026-03-02', '2026-03-04', twice)).toEqual([
      ['2026-03-02', '2026-01-01'],
    ]);
    const draws = await Promise.all(
      ['YS-A', 'YS-B'].map(async (code) =>
        loadDraw(state, (await proposedPeriod(state, code))?.draw ?? 'none'),
      ),
    );
    const numbers = draws.map(({ plan }) => Number(/(\d+)号/.exec(plan.number)?.[1]));
    expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBe(1);
    for (const { id } of draws) {
      expect((await historyOf(state, 'draw', id)).map(({ type }) => type)).toEqual(['draw.proposed']);
    }
  });

  it('waits for the lead section, takes everybody whom the item concerns, and the item’s own shares', async () => {
    const concerns = { kinds: ['enterprise' as const], industries: ['C2671'] };
    await imported(item('YS-W', 24, { matter: '民爆物品', appliesTo: concerns }));
    await morning(day('2026-03-02'));
    const draw = await loadDraw(state, (await proposedPeriod(state, 'YS-W'))?.draw ?? 'none');
    expect(draw).toMatchObject({
      status: 'proposed',
      title: '法定检查：民爆物品（2026-01-01 至 2027-12-31）',
      items: ['YS-W'],
      criteria: { kind: ['enterprise'], industry: ['C2671'] },
      rule: { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1000, D: 10_000 } },
      teamSize: 2,
      staffing: 'random',
    });
    expect(await loadDeadline(state, deadlineId('approve', draw.id))).toMatchObject({
      status: 'open',
      due: '2026-03-04',
    });
  });

  it('is not proposed on a day off, and made up for when a day was missed', async () => {
    await imported(item('YS-M', 1));
    expect(await proposals('YS-M', '2026-05-01', '2026-05-05')).toEqual([]);
    expect(await proposals('YS-M', '2026-05-20', '2026-05-20')).toEqual([['2026-05-20', '2026-05-01']]);
  });
});
