import type { MingchouEvent } from '#contracts/events.ts';
import { compareLevels } from '#domain/risk/rule.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { commit } from '#store/commit.ts';
import { tallied, type Counted } from '#store/figures.ts';
import { loadInspection } from '#store/inspections.ts';
import { COUNTING } from '#store/keys.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('figures').STATE_TABLE));

type By = Readonly<Record<string, string>>;

/** Counts what pictures and tables show. Each event counts once, in the month of its own time. */
export const handler = busFunction('figures', {
  'trigger.received': (event) => {
    const { source, category } = event.data;
    return count(event, 'triggers', [{ source, category }]);
  },
  'warning.raised': (event) => count(event, 'warnings', [{ level: event.data.level }]),
  'warning.changed': (event) => {
    const { level, before } = event.data;
    return count(event, 'warnings', compareLevels(level, before) > 0 ? [{ level }] : []);
  },
  'inspection.assigned': (event) => count(event, 'sendings', event.data.team.map(sent)),
  'inspection.joined': (event) =>
    count(event, 'sendings', event.data.team.filter(({ joined }) => joined).map(sent)),
  'inspection.replaced': (event) => {
    const { unit, successor } = event.data;
    return count(event, 'sendings', [{ unit, inspector: successor }]);
  },
  'inspection.assigned-directly': (event) => {
    const { unit, newcomers } = event.data;
    return count(
      event,
      'sendings',
      newcomers.map((inspector) => ({ unit, inspector })),
    );
  },
  'inspection.published': async (event) => {
    // The record stays as it was at the publication: a correction makes a version of what is public, beside it.
    const { id, items, record } = await loadInspection(store(), event.about.id);
    if (record === undefined) {
      throw new TypeError(`${id} was published without a record`);
    }
    const units = [...new Set(items.map(({ unit }) => unit))];
    return count(
      event,
      'results',
      units.flatMap((unit) => record.results.map((result) => ({ unit, result: String(result) }))),
    );
  },
});

function sent({ unit, inspector }: { readonly unit: string; readonly inspector: string }): By {
  return { unit, inspector };
}

/** The marker goes by the way of counting too: when that changes, the same events fill the new counts. */
async function count(
  { id, time }: Pick<MingchouEvent, 'id' | 'time'>,
  counted: Counted,
  all: readonly By[],
): Promise<Handled> {
  if (all.length === 0) return 'done';
  const month = dateInShanghai(time).slice(0, 7);
  const outcome = await commit(store(), {
    at: time,
    once: { consumer: 'figures', key: `${COUNTING}#${id}` },
    writes: [],
    increments: all.map((by) => tallied({ counted, month, by }, id)),
    events: [],
  });
  return outcome.kind;
}
