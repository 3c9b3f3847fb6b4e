import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash, type Commitment } from '#domain/draw/commitment.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { canonicalPool, summarizePool, type PoolEntry } from '#domain/draw/pool.ts';
import { quotaOf } from '#domain/draw/quota.ts';
import { itemApplies, type Item } from '#domain/item/item.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import type { Handled } from '#lambda/bus.ts';
import { subjectsMeeting, type CohortSubject } from '#store/cohort.ts';
import { itemsOf } from '#store/items.ts';
import { commit } from '#store/commit.ts';
import { loadDraw, updatedDraw, writePool } from '#store/draws.ts';
import { created, mustLoad } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';

/** The 32 bytes behind a sealed beacon, hex. Only this function may read them. */
export const Seal = z.object({ id: z.string(), version: z.int(), secret: z.string().length(64) });

/**
 * Freezes the pool and publishes the commitment (articles 5, 7(2)). The secret is stored before the pool is read, so that
 * nobody can look for a secret that suits a pool. A run that is repeated after a crash may find a changed library: it
 * writes that pool under its own root, and whichever commits first is the draw's.
 */
export async function freeze(store: StateTable, event: EventOf<'draw.approved'>): Promise<Handled> {
  const draw = await loadDraw(store, event.about.id);
  if (draw.status !== 'approved') {
    return 'done-before';
  }
  const secret = await sealedSecret(store, draw.id, event);
  const { pool, excluded } = await eligiblePool(store, draw, dateInShanghai(event.time));
  const summary = summarizePool(pool);
  const rule = { mode: 'ratio', basisPoints: draw.ratio } as const;
  const quota = Object.values(quotaOf(rule, summary.size)).reduce((sum, part) => sum + part, 0);
  if (quota === 0) {
    return voidDraw(
      store,
      draw,
      event,
      pool.length === 0 ? '没有符合条件的检查对象 no eligible object' : '抽查比例为零 the quota is zero',
    );
  }
  const commitment = buildCommitment({
    drawId: draw.id,
    pool: summary,
    rule,
    beacon: sealedBeacon(secret),
    spec: specOf(draw, excluded),
  });
  const pages = await writePool(store, draw.id, summary.root, pool);
  return commitDraw(store, draw, event, { commitment, pages, quota, poolSize: pool.length });
}

async function sealedSecret(
  store: StateTable,
  draw: string,
  event: EventOf<'draw.approved'>,
): Promise<string> {
  const secret = randomBytes(32).toString('hex');
  try {
    await commit(store, {
      at: event.time,
      writes: [created('SEAL', { id: draw, version: 1, secret })],
      events: [],
    });
    return secret;
  } catch (error) {
    // An earlier attempt stored one: the first secret stands, or a crash would be a second throw of the dice.
    if (error instanceof Refusal && error.reason === 'version-conflict') {
      return (await mustLoad(store, Seal, 'SEAL', draw)).secret;
    }
    throw error;
  }
}

type Exclusions = Readonly<Record<'not-operating' | 'no-item-applies', number>>;

/** The objects that can be drawn, in canonical order, and how many were left out for which reason. */
async function eligiblePool(
  store: StateTable,
  draw: Draw,
  day: CalendarDate,
): Promise<{ pool: PoolEntry[]; excluded: Exclusions }> {
  const items = await itemsOf(store, draw.items);
  const excluded = { 'not-operating': 0, 'no-item-applies': 0 };
  const entries: PoolEntry[] = [];
  for await (const subjects of subjectsMeeting(store, draw.criteria, day)) {
    for (const subject of subjects) {
      const reason = exclusionOf(subject, items);
      if (reason === undefined) {
        // A subject without a class counts as B, ordinary risk.
        entries.push({ id: subject.id, stratum: subject.creditClass ?? 'B' });
      } else {
        excluded[reason] += 1;
      }
    }
  }
  return { pool: canonicalPool(entries), excluded };
}

function exclusionOf(subject: CohortSubject, items: readonly Item[]): keyof Exclusions | undefined {
  if (subject.status !== 'active') {
    return 'not-operating';
  }
  return items.some((item) => itemApplies(item, subject)) ? undefined : 'no-item-applies';
}

/** The draw's own story, inside the commitment: it can't be retold afterwards. */
function specOf(draw: Draw, excluded: Exclusions): Commitment['spec'] {
  return {
    plan: draw.plan.number,
    title: draw.title,
    trigger: draw.trigger,
    policy: draw.policy,
    criteria: draw.criteria,
    items: draw.items,
    teamSize: draw.teamSize,
    excluded,
  };
}

interface Frozen {
  readonly commitment: Commitment;
  readonly pages: number;
  readonly quota: number;
  readonly poolSize: number;
}

async function commitDraw(
  store: StateTable,
  draw: Draw,
  event: EventOf<'draw.approved'>,
  { commitment, pages, quota, poolSize }: Frozen,
): Promise<Handled> {
  const hash = commitmentHash(commitment);
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'committed',
    committed: { at: event.time, commitment, hash, pages },
  };
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.committed', {
        ...consequenceOf(event, 'draw', 'draw', next),
        data: { commitmentHash: hash, poolRoot: commitment.pool.root, poolSize, quota },
      }),
    ],
  });
  return outcome.kind;
}

/** Nothing can be drawn: the draw says so and stays readable, it is never deleted. */
async function voidDraw(
  store: StateTable,
  draw: Draw,
  event: EventOf<'draw.approved'>,
  reason: string,
): Promise<Handled> {
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'voided',
    voided: { at: event.time, reason },
  };
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: event.id },
    writes: [updatedDraw(next)],
    events: [newEvent('draw.voided', { ...consequenceOf(event, 'draw', 'draw', next), data: { reason } })],
  });
  return outcome.kind;
}
