import type { AnyPolicy } from '#domain/policy/body.ts';
import { isTooBroad, shareHolding } from '#domain/risk/rehearsal.ts';
import { dateInShanghai, daysBetween, type Instant } from '#domain/time/time.ts';
import { lastRehearsalOf, type Rehearsal, type RehearsedOf } from '#store/rehearsals.ts';
import type { StateTable } from '#store/store.ts';
import { refuse } from '#web/problem.ts';

/** How long a rehearsal speaks for a rule: the library changes from month to month. */
const GOOD_FOR_DAYS = 30;

/**
 * Lets a rule about subjects pass only when exactly its content was rehearsed lately, could be computed for everybody, and does
 * not hold for half of them or more, unless that is confirmed. Policies of the other kinds pass.
 * @throws Refusal `rehearsal-required`, `policy-invalid`, `policy-too-broad`
 */
export async function requireRehearsal(
  store: StateTable,
  policy: AnyPolicy,
  { at, confirm }: { readonly at: Instant; readonly confirm: boolean },
): Promise<{ readonly confirmed: boolean }> {
  if (!('about' in policy) || policy.about !== 'subject') return { confirmed: false };
  const rehearsal = await lastRehearsalOf(store, policy);
  const { finishedAt, of } = rehearsal ?? {};
  if (rehearsal === undefined || finishedAt === undefined || of?.about !== 'subject') {
    return refuse(
      'rehearsal-required',
      required(policy.id, '这份内容尚未试运行', 'This content was not rehearsed'),
    );
  }
  const day = dateInShanghai(finishedAt);
  if (daysBetween(day, dateInShanghai(at)) > GOOD_FOR_DAYS) {
    refuse(
      'rehearsal-required',
      required(policy.id, `这份内容上次试运行已于 ${day} 完成`, `This content was rehearsed last on ${day}`),
    );
  }
  refuseFailing(rehearsal);
  return { confirmed: refuseTooBroad(rehearsal, of, confirm) };
}

function required(id: string, zh: string, en: string): string {
  return `${zh}，请先以同一内容试运行：POST /policies/${id}/rehearsals，完成后 ${GOOD_FOR_DAYS} 日内启用 ${en}: rehearse it by POST /policies/${id}/rehearsals, and adopt it within ${GOOD_FOR_DAYS} days of that.`;
}

function refuseFailing({ id, failure }: Rehearsal): void {
  if (failure === undefined) return;
  const { of, on, why } = failure;
  refuse(
    'policy-invalid',
    `试运行 ${id} 中条件无法计算，见 errors The condition could not be computed in the rehearsal ${id}; see errors.`,
    [{ pointer: '/when', detail: `${of}${on === undefined ? '' : ` ${on}`}: ${why}` }],
  );
}

/** Whether it is too broad, and confirmed. */
function refuseTooBroad(
  { id, window }: Rehearsal,
  { counts }: RehearsedOf<'subject'>,
  confirm: boolean,
): boolean {
  if (!isTooBroad(counts)) return false;
  const share = `${(shareHolding(counts) / 100).toFixed(2)} %`;
  const { holding, operating } = counts;
  return (
    confirm ||
    refuse(
      'policy-too-broad',
      `试运行 ${id}：${window.through} 该规则对 ${operating} 户中的 ${holding} 户（${share}）成立，已达一半；确需启用请加 ?confirm=true In the rehearsal ${id} the rule holds on ${window.through} for ${holding} of ${operating} operating subjects (${share}), half or more; if that is meant, send it with ?confirm=true.`,
    )
  );
}
