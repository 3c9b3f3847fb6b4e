import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { buildCommitment, commitmentHash, type Commitment } from '#domain/draw/commitment.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { ExclusionCounts } from '#domain/draw/exclusion.ts';
import type { Draw, StoredPool } from '#domain/draw/draw.ts';
import { PoolSummarizer, type PoolSummary } from '#domain/draw/pool.ts';
import { quotaOf } from '#domain/draw/quota.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Handled } from '#lambda/bus.ts';
import { once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { loadDraw, updatedDraw } from '#store/draws.ts';
import { writePool } from '#store/pools.ts';
import type { StateTable } from '#store/store.ts';
import { chooseBeacon, type Chosen, type Drand } from './choose-beacon.ts';
import { gather, keepRun, keepWithheld, keyOf, mergedPool, poolKey, type Gathered } from './gather.ts';
import { mayBeSealed, sealedSecret } from './seal.ts';

const reference = once(stateCouncilCalendar);

export type FreezeEvent = EventOf<'draw.approved' | 'draw.freeze-requested' | 'draw.gathering'>;

export interface Freezing {
  readonly drand: Drand;
  /** Subjects of the library that one invocation looks at. */
  readonly limit: number;
}

/**
 * Gathers the pool, step after step when it is big, freezes it and publishes the commitment (articles 5, 7(2)). A step that
 * is repeated after a crash may find a changed library: what it writes stands under a key of its own, and whichever commits
 * first is the draw's.
 */
export async function freeze(
  store: StateTable,
  event: FreezeEvent,
  { drand, limit }: Freezing,
): Promise<Handled> {
  const draw = await loadDraw(store, event.about.id);
  if (!isNext(draw, event)) {
    return 'done-before';
  }
  if (mayBeSealed(draw.beacon)) {
    await sealedSecret(store, draw.id, event.time);
  }
  const gathered = await gather(store, draw, limit);
  return gathered.position === undefined
    ? finish(store, draw, event, gathered, drand)
    : goOn(store, draw, event, gathered);
}

/** Whether an event is the one that a draw's gathering has come to; an older one is a late copy. */
function isNext(draw: Draw, event: FreezeEvent): boolean {
  const open = isPossible(drawLifecycle, 'commit', draw.status) && draw.unbeaconed === undefined;
  const at = draw.gathering?.step ?? 0;
  return (
    open &&
    (event.type === 'draw.gathering' ? event.data.step === at : event.type !== 'draw.approved' || at === 0)
  );
}

async function goOn(store: StateTable, draw: Draw, event: FreezeEvent, gathered: Gathered): Promise<Handled> {
  const gathering = await keepRun(store, draw, gathered);
  const next: Draw = { ...draw, version: draw.version + 1, status: 'gathering', gathering };
  return save(store, next, event, [
    newEvent('draw.gathering', {
      ...consequenceOf(event, 'draw', 'draw', next),
      data: { step: gathering.step, objects: gathered.lines.length },
    }),
  ]);
}

/** No beacon can be had: the draw waits until somebody lets it try again, and the people who can are told. */
async function wait(store: StateTable, draw: Draw, event: FreezeEvent, reason: string): Promise<Handled> {
  const next: Draw = { ...draw, version: draw.version + 1, unbeaconed: reason };
  return save(store, next, event, [
    newEvent('draw.beacon-unavailable', { ...consequenceOf(event, 'draw', 'draw', next), data: { reason } }),
  ]);
}

async function finish(
  store: StateTable,
  draw: Draw,
  event: FreezeEvent,
  last: Gathered,
  drand: Drand,
): Promise<Handled> {
  const runs = draw.gathering?.runs ?? [];
  const key = poolKey(runs, last);
  const summarizer = new PoolSummarizer();
  const pages = await writePool(
    store,
    draw.id,
    key,
    summarized(mergedPool(store, draw, runs, last), summarizer),
  );
  const summary = summarizer.summary();
  const quota = sum(Object.values(quotaOf(draw.rule, summary.size)));
  const nothing = reasonForNothing(draw, pages, quota);
  if (nothing !== undefined) {
    return voidDraw(store, draw, event, nothing);
  }
  const withheld = [
    ...runs.flatMap((run) => (run.withheld ? [run.key] : [])),
    ...((await keepWithheld(store, draw, last)) ? [keyOf(last)] : []),
  ];
  // Chosen last: writing a big pool takes time, in which a round that was in the future would come out.
  const chosen = await chooseBeacon(store, draw, event.time, drand);
  if ('unavailable' in chosen) {
    return wait(store, draw, event, chosen.unavailable);
  }
  const { beacon, readyAt } = chosen;
  const commitment = buildCommitment({
    drawId: draw.id,
    pool: summary,
    rule: draw.rule,
    beacon,
    spec: specOf(draw, last.excluded),
  });
  return commitDraw(store, draw, event, {
    commitment,
    pool: { key, pages, withheld },
    summary,
    quota,
    readyAt,
  });
}

/** A draw from which nobody could be drawn; objects that the trigger names are checked all the same, if there is a pool to commit to. */
function reasonForNothing(draw: Draw, pages: number, quota: number): string | undefined {
  if (pages === 0) {
    return '没有符合条件的检查对象 no eligible object';
  }
  return quota === 0 && draw.named.length === 0 ? '抽查数量为零 the quota is zero' : undefined;
}

async function* summarized(
  pages: AsyncIterable<string[]>,
  summarizer: PoolSummarizer,
): AsyncGenerator<string[]> {
  for await (const page of pages) {
    for (const line of page) {
      summarizer.append(line);
    }
    yield page;
  }
}

/** The draw's own story, inside the commitment: it can't be retold afterwards. */
function specOf(draw: Draw, excluded: ExclusionCounts): Commitment['spec'] {
  return {
    plan: draw.plan.number,
    title: draw.title,
    ...(draw.trigger === undefined ? {} : { trigger: draw.trigger }),
    ...(draw.policy === undefined ? {} : { policy: draw.policy }),
    ...(draw.replaces === undefined ? {} : { replaces: draw.replaces }),
    criteria: draw.criteria,
    items: draw.items,
    named: draw.named.map(({ id }) => id).toSorted(),
    coolDownDays: draw.coolDownDays,
    teamSize: draw.teamSize,
    staffing: draw.staffing,
    excluded,
    beaconWanted: draw.beacon.preferred.kind,
  };
}

interface Frozen {
  readonly commitment: Commitment;
  readonly pool: StoredPool;
  readonly summary: PoolSummary;
  readonly quota: number;
  readonly readyAt: Chosen['readyAt'];
}

async function commitDraw(
  store: StateTable,
  draw: Draw,
  event: FreezeEvent,
  { commitment, pool, summary, quota, readyAt }: Frozen,
): Promise<Handled> {
  const hash = commitmentHash(commitment);
  const { gathering: _, ...rest } = draw;
  const wanted = draw.beacon.preferred.kind;
  const next: Draw = {
    ...rest,
    version: draw.version + 1,
    status: 'committed',
    committed: { at: event.time, commitment, hash, pool },
    ...(readyAt === undefined ? {} : { awaited: { readyAt, entries: [] } }),
  };
  const data = {
    commitmentHash: hash,
    poolRoot: summary.root,
    poolSize: sum(Object.values(summary.size)),
    quota,
    beacon: commitment.beacon.kind,
    ...(wanted === commitment.beacon.kind ? {} : { beaconWanted: wanted }),
    readyAt,
  };
  return save(
    store,
    next,
    event,
    [newEvent('draw.committed', { ...consequenceOf(event, 'draw', 'draw', next), data })],
    readyAt === undefined ? [] : [createdDeadline(await revealDeadline(store, next, readyAt))],
  );
}

/** Whoever has to see to it that a beacon's value comes has a working day from when it can be there. */
async function revealDeadline(store: StateTable, draw: Draw, readyAt: NonNullable<Chosen['readyAt']>) {
  return startDeadline(await workingDays(store, reference()), {
    id: deadlineId('reveal', draw.id),
    kind: 'reveal',
    of: { kind: 'draw', id: draw.id },
    correlation: draw.correlation,
    startedAt: readyAt,
  });
}

/** Nothing can be drawn: the draw says so and stays readable, it is never deleted. */
async function voidDraw(store: StateTable, draw: Draw, event: FreezeEvent, reason: string): Promise<Handled> {
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'voided',
    voided: { at: event.time, reason },
  };
  return save(store, next, event, [
    newEvent('draw.voided', { ...consequenceOf(event, 'draw', 'draw', next), data: { reason } }),
  ]);
}

async function save(
  store: StateTable,
  next: Draw,
  event: FreezeEvent,
  events: readonly MingchouEvent[],
  writes: readonly StateWrite[] = [],
): Promise<Handled> {
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: event.id },
    writes: [updatedDraw(next), ...writes],
    events,
  });
  return outcome.kind;
}

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, 0);
}
