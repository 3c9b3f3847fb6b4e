import type { MingchouEvent } from '#contracts/events.ts';
import { isWithdrawn, type PublicRecord } from '#domain/inspection/publication.ts';
import type { ResultCode } from '#domain/inspection/record.ts';
import { compareLevels } from '#domain/risk/rule.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { commit, type Increment } from '#store/commit.ts';
import { tallied, type Counted } from '#store/figures.ts';
import { COUNTING } from '#store/keys.ts';
import { publicVersions } from '#store/publications.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('figures').STATE_TABLE));

type By = Readonly<Record<string, string>>;

/** Counts what pictures and tables show. Each event counts once, in the month of its own time; results in that of their first publication. */
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
  'inspection.published': (event) => countResults(event, 1),
  'inspection.republished': (event) => countResults(event, event.data.version),
  'inspection.withdrawn': (event) => countResults(event, event.data.version),
});

function sent({ unit, inspector }: { readonly unit: string; readonly inspector: string }): By {
  return { unit, inspector };
}

/**
 * A version of a public record counts in the month of the first publication instead of the one before it (article 16): each of
 * its results for each of its units, and none once it is withdrawn. No version ever changes, so that what an event adds is the
 * same whenever it comes, and in whatever order.
 * @throws TypeError when there is no such version, which is told of after it was written
 */
async function countResults(event: MingchouEvent, version: number): Promise<Handled> {
  const versions = await publicVersions(store(), event.about.id);
  const after = versions.find((one) => one.version === version);
  const before = versions.find((one) => one.version === version - 1);
  if (after === undefined || (before === undefined && version > 1)) {
    throw new TypeError(`${event.about.id} has no version ${version} that follows another`);
  }
  const [was, is] = [codesOf(before), codesOf(after)];
  return add(event, [
    ...resultTallies(before, was.difference(is), -1, event),
    ...resultTallies(after, is.difference(was), 1, event),
  ]);
}

function codesOf(record: PublicRecord | undefined): ReadonlySet<ResultCode> {
  return new Set(record === undefined || isWithdrawn(record) ? [] : record.results.map(({ code }) => code));
}

/** Units and day of the first publication are facts by law: they are the same in every version. */
function resultTallies(
  record: PublicRecord | undefined,
  codes: ReadonlySet<ResultCode>,
  one: 1 | -1,
  { id }: MingchouEvent,
): Increment[] {
  if (record === undefined || isWithdrawn(record)) return [];
  const { units, publishedAt } = record;
  const month = monthOf(publishedAt);
  return units.flatMap((unit) =>
    [...codes].map((code) =>
      tallied({ counted: 'results', month, by: { unit, result: String(code) }, count: one }, id),
    ),
  );
}

function count(event: MingchouEvent, counted: Counted, all: readonly By[]): Promise<Handled> {
  const month = monthOf(event.time);
  return add(
    event,
    all.map((by) => tallied({ counted, month, by, count: 1 }, event.id)),
  );
}

function monthOf(at: Instant): string {
  return dateInShanghai(at).slice(0, 7);
}

/** The marker goes by the way of counting too: when that changes, the same events fill the new counts. */
async function add({ id, time }: MingchouEvent, increments: readonly Increment[]): Promise<Handled> {
  if (increments.length === 0) return 'done';
  const outcome = await commit(store(), {
    at: time,
    once: { consumer: 'figures', key: `${COUNTING}#${id}` },
    writes: [],
    increments,
    events: [],
  });
  return outcome.kind;
}
