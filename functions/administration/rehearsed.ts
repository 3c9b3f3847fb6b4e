import type { AnyPolicy } from '#domain/policy/body.ts';
import { isTooBroad, shareHolding, type RehearsalFailure } from '#domain/risk/rehearsal.ts';
import { dateInShanghai, daysBetween, type Instant } from '#domain/time/time.ts';
import { lastRehearsalOf, type Rehearsal, type RehearsedOf } from '#store/rehearsals.ts';
import type { StateTable } from '#store/store.ts';
import type { PolicyFault } from './faults.ts';

/** How long a rehearsal speaks for a rule: the library changes from month to month. */
const GOOD_FOR_DAYS = 30;

/** Nothing stands against the adoption, which may have been confirmed; or what does. */
type Rehearsed =
  | { readonly fault?: undefined; readonly confirmed: boolean }
  | { readonly fault: PolicyFault; readonly confirmed?: undefined };

/**
 * Lets a rule about subjects pass only when exactly its content was rehearsed lately, could be computed for everybody, and does
 * not hold for half of them or more, unless that is confirmed. Policies of the other kinds pass.
 */
export async function rehearsalOf(
  store: StateTable,
  policy: AnyPolicy,
  { at, confirm }: { readonly at: Instant; readonly confirm: boolean },
): Promise<Rehearsed> {
  if (!('about' in policy) || policy.about !== 'subject') return { confirmed: false };
  const rehearsal = await lastRehearsalOf(store, policy);
  const { finishedAt, of } = rehearsal ?? {};
  if (rehearsal === undefined || finishedAt === undefined || of?.about !== 'subject') {
    return required(policy.id, '这份内容尚未试运行', 'This content was not rehearsed');
  }
  const day = dateInShanghai(finishedAt);
  if (daysBetween(day, dateInShanghai(at)) > GOOD_FOR_DAYS) {
    return required(
      policy.id,
      `这份内容上次试运行已于 ${day} 完成`,
      `This content was rehearsed last on ${day}`,
    );
  }
  if (rehearsal.failure !== undefined) return failing(rehearsal.failure);
  if (!isTooBroad(of.counts)) return { confirmed: false };
  return confirm ? { confirmed: true } : tooBroad(policy.id, rehearsal, of);
}

function required(id: string, zh: string, en: string): Rehearsed {
  const detail = `${zh}，请先以同一内容试运行：POST /policies/${id}/rehearsals，完成后 ${GOOD_FOR_DAYS} 日内启用 ${en}: rehearse it by POST /policies/${id}/rehearsals, and adopt it within ${GOOD_FOR_DAYS} days of that.`;
  return { fault: { reason: 'rehearsal-required', pointer: '/id', detail } };
}

function failing({ of, on, why }: RehearsalFailure): Rehearsed {
  const detail = `${of}${on === undefined ? '' : ` ${on}`}: ${why}`;
  return { fault: { reason: 'condition-failed', pointer: '/when', detail } };
}

function tooBroad(policy: string, { id, window }: Rehearsal, { counts }: RehearsedOf<'subject'>): Rehearsed {
  const share = `${(shareHolding(counts) / 100).toFixed(2)} %`;
  const { holding, operating } = counts;
  const detail = `试运行 ${id}：${window.through} 该规则对 ${operating} 户中的 ${holding} 户（${share}）成立，已达一半；确需启用请用 PUT /policies/${policy}?confirm=true In the rehearsal ${id} the rule holds on ${window.through} for ${holding} of ${operating} operating subjects (${share}), half or more; if that is meant, send it by PUT /policies/${policy}?confirm=true.`;
  return { fault: { reason: 'policy-too-broad', pointer: '/when', detail } };
}
