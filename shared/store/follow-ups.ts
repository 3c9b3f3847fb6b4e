import { Docket, emptyDocket } from '#domain/follow-up/docket.ts';
import { FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { Handover } from '#domain/handover/handover.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  dayPlace,
  dueThrough,
  followUpsOfUnit,
  handoversOfUnit,
  lists,
  receiverKey,
  stateKey,
  type OpenOrClosed,
} from './keys.ts';
import { mustLoad, saved } from './records.ts';
import { load, queryPage, type KeyQuery, type Page, type StateTable } from './store.ts';

const stateOf = ({ status }: { readonly status: string }): OpenOrClosed =>
  status === 'closed' ? 'closed' : 'open';

/** In the list of all units, and in that of the unit whose turn it is. */
function followUpIndex(followUp: FollowUpCase) {
  const { unit, offer, status, due, id } = followUp;
  const state = stateOf(followUp);
  const acting = status === 'offered' && offer !== undefined ? offer.to : unit;
  return {
    listPk: lists.followUps(state),
    listSk: dayPlace(due, id),
    duePk: followUpsOfUnit(acting, state),
    dueSk: dayPlace(due, id),
  };
}

/** Stores a follow-up in its first version or a later one. */
export function savedFollowUp(followUp: FollowUpCase): StateWrite {
  return saved('FOLLOW-UP', followUp, followUpIndex(followUp));
}

/** @throws Refusal `not-found` */
export function loadFollowUp(store: StateTable, id: string): Promise<FollowUpCase> {
  return mustLoad(store, FollowUpCase, 'FOLLOW-UP', id);
}

/** Stores a handover in its first version or a later one, and beside it the copy in the list of a unit that receives it. */
export function savedHandover(handover: Handover): StateWrite[] {
  const { receiver, from, receiptBy, id } = handover;
  const state = stateOf(handover);
  const place = dayPlace(receiptBy, id);
  const own = saved('HANDOVER', handover, {
    listPk: lists.handovers(state),
    listSk: place,
    duePk: handoversOfUnit(from, state),
    dueSk: place,
  });
  if (receiver.kind !== 'unit') return [own];
  const there = { duePk: handoversOfUnit(receiver.unit, state), dueSk: place };
  return [own, { key: receiverKey(id), item: { ...handover, ...there }, expect: own.expect }];
}

/** @throws Refusal `not-found` */
export function loadHandover(store: StateTable, id: string): Promise<Handover> {
  return mustLoad(store, Handover, 'HANDOVER', id);
}

/** What hangs off an inspection; empty, in version 0, before anything does. */
export async function docketOf(store: StateTable, inspection: string): Promise<Docket> {
  return (await load(store, Docket, stateKey('DOCKET', inspection))) ?? emptyDocket(inspection);
}

/** Stores a docket in its first version or a later one. */
export function savedDocket(docket: Docket): StateWrite {
  return saved('DOCKET', docket);
}

/** Which of the lists, and where to go on in it. */
export interface DueList {
  /** Of one unit; of all of them when absent. */
  readonly unit?: string | undefined;
  readonly state: OpenOrClosed;
  /** Only those that are due by the day. */
  readonly through?: CalendarDate | undefined;
  readonly after?: { readonly due: CalendarDate; readonly id: string; readonly copy?: boolean } | undefined;
  readonly limit: number;
}

/** Follow-ups by the day they are due, the earliest first. */
export function followUpsDue(store: StateTable, list: DueList): Promise<Page<FollowUpCase>> {
  const { unit, state } = list;
  const partition = unit === undefined ? lists.followUps(state) : followUpsOfUnit(unit, state);
  return queryPage(store, FollowUpCase, queryOf(list, 'FOLLOW-UP', partition));
}

/** Handovers by the last day for their receipt, the earliest first. */
export function handoversDue(store: StateTable, list: DueList): Promise<Page<Handover>> {
  const { unit, state } = list;
  const partition = unit === undefined ? lists.handovers(state) : handoversOfUnit(unit, state);
  return queryPage(store, Handover, queryOf(list, 'HANDOVER', partition));
}

function queryOf(
  { unit, through, after, limit }: DueList,
  kind: 'FOLLOW-UP' | 'HANDOVER',
  partition: string,
): KeyQuery {
  const index = unit === undefined ? 'list' : 'due';
  const [pk, sk] = unit === undefined ? ['listPk', 'listSk'] : ['duePk', 'dueSk'];
  return {
    index,
    partition,
    limit,
    ...(through === undefined ? {} : { through: dueThrough(through) }),
    ...(after === undefined
      ? {}
      : {
          after: {
            ...(after.copy === true ? receiverKey(after.id) : stateKey(kind, after.id)),
            [pk]: partition,
            [sk]: dayPlace(after.due, after.id),
          },
        }),
  };
}
