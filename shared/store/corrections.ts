import * as z from 'zod';
import { Correction, type CorrectionStatus } from '#domain/correction/correction.ts';
import type { Asked } from '#domain/correction/limits.ts';
import { dateInShanghai, epochSeconds, later, type CalendarDate, type Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { correctionBesideKey, lists, quotaKey, stateKey, type ListKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Correction, 'status' | 'receivedAt' | 'id'>;

function listed({ status, receivedAt, id }: Position): ListKey {
  return { listPk: lists.correctionsOf(status), listSk: `${receivedAt}#${id}` };
}

export function createdCorrection(correction: Correction): StateWrite {
  return written(correction, created);
}

export function updatedCorrection(correction: Correction): StateWrite {
  return written(correction, updated);
}

/** The request with its place in the list of its status, and beside the inspection, whether it is open. */
function written(correction: Correction, write: typeof created): StateWrite {
  const { id, inspection, status } = correction;
  return {
    ...write('CORRECTION', correction, listed(correction)),
    beside: [
      { key: correctionBesideKey(inspection, id), item: { correction: id, status }, expect: 'anything' },
    ],
  };
}

/** What stands of a request beside its inspection. */
export const CorrectionBeside = z.object({ correction: z.string(), status: Correction.shape.status });

/** @throws Refusal `not-found` */
export function loadCorrection(store: StateTable, id: string): Promise<Correction> {
  return mustLoad(store, Correction, 'CORRECTION', id);
}

/** Corrections of a status, oldest first, from the one after `after`. */
export function correctionsOf(
  store: StateTable,
  status: CorrectionStatus,
  limit: number,
  after?: Omit<Position, 'status'>,
): Promise<Page<Correction>> {
  const position = after && { ...stateKey('CORRECTION', after.id), ...listed({ status, ...after }) };
  return queryPage(store, Correction, {
    index: 'list',
    partition: lists.correctionsOf(status),
    limit,
    ...(position === undefined ? {} : { after: position }),
  });
}

const OpenRequests = z.object({ id: z.string(), version: z.int().positive(), open: z.int().nonnegative() });
type OpenRequests = z.infer<typeof OpenRequests>;

/** The open requests of the public about a publication, counted; undefined when nobody ever asked. */
async function openRequests(store: StateTable, inspection: string): Promise<OpenRequests | undefined> {
  return load(store, OpenRequests, stateKey('ASKED', inspection));
}

function counted(known: OpenRequests, change: 1 | -1): StateWrite {
  return updated('ASKED', { ...known, version: known.version + 1, open: known.open + change });
}

/** The version counts the day's requests. */
const Quota = z.object({ version: z.int().positive() });

const QUOTA_KEPT_DAYS = 7;

function quotaOf(day: CalendarDate, today: number, at: Instant): StateWrite {
  const expires = epochSeconds(later(at, QUOTA_KEPT_DAYS * 86_400_000));
  return {
    key: quotaKey('corrections', day),
    item: { version: today + 1, expires },
    expect: today === 0 ? 'absent' : { version: today },
  };
}

/** How many requests of the public there are, and what one more of them writes: both counts are exact, since each is checked again in the commit. */
export async function asked(
  store: StateTable,
  inspection: string,
  at: Instant,
): Promise<{ readonly asked: Asked; readonly oneMore: readonly StateWrite[] }> {
  const day = dateInShanghai(at);
  const [known, quota] = await Promise.all([
    openRequests(store, inspection),
    load(store, Quota, quotaKey('corrections', day)),
  ]);
  const today = quota?.version ?? 0;
  return {
    asked: { open: known?.open ?? 0, today },
    oneMore: [
      known === undefined ? created('ASKED', { id: inspection, version: 1, open: 1 }) : counted(known, 1),
      quotaOf(day, today, at),
    ],
  };
}

/** One open request less, when it came from the public. */
export async function answered(
  store: StateTable,
  { id, inspection, requester }: Pick<Correction, 'id' | 'inspection' | 'requester'>,
): Promise<StateWrite[]> {
  if (requester.kind === 'staff') {
    return [];
  }
  const known = await openRequests(store, inspection);
  if (known === undefined) {
    throw new TypeError(`${id} was received and not counted`);
  }
  return [counted(known, -1)];
}
