import { DrawListQuery } from '#contracts/api/portal.ts';
import type * as z from 'zod';
import type { PublicPlans } from '#contracts/open-data.ts';
import type { Draw } from '#domain/draw/draw.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { publicDraws } from '#store/draws.ts';
import { plansOf } from '#store/plans.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { type HttpRequest, wantsJson, queryOf } from '#web/request.ts';
import { drawPlace, summaryOf } from './draws.tsx';
import { PlanList } from './plan-list.tsx';
import { publicJson, store } from './reading.ts';

/** With the one that fetches the plans, five requests of the store make a page. */
const PAGE = { limit: 50, queries: 4 };

/** The plans of the draws that are public (article 7(1)), those of the newest draws first. */
export async function plans(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, DrawListQuery);
  const { draws, next } = await publicDraws(store(), PAGE, after);
  const known = await plansOf(
    store(),
    draws.map(({ plan }) => plan.id),
  );
  const page: z.infer<typeof PublicPlans> = {
    plans: [...known.values()]
      .map((plan) => planOf(plan, draws))
      .toSorted((one, other) => (newestOf(one) > newestOf(other) ? -1 : 1)),
    ...(next === undefined ? {} : { next: drawPlace(next) }),
  };
  return wantsJson(request) ? publicJson(page) : htmlPage('抽查计划', <PlanList {...page} />, 60);
}

/** Who made it is not for everyone. */
function planOf({ id, number, title, madeAt }: Plan, draws: readonly Draw[]) {
  return { number, title, madeAt, draws: draws.filter(({ plan }) => plan.id === id).map(summaryOf) };
}

function newestOf({ draws }: ReturnType<typeof planOf>): string {
  return (
    draws
      .map(({ proposedAt, id }) => `${proposedAt}${id}`)
      .toSorted()
      .at(-1) ?? ''
  );
}
