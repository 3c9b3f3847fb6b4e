import * as z from 'zod';
import type { PublicItems } from '#contracts/open-data.ts';
import { Item } from '#domain/item/item.ts';
import { itemsAfter } from '#store/items.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { type HttpRequest, wantsJson, queryOf } from '#web/request.ts';
import { ItemList } from './item-list.tsx';
import { publicJson, store } from './reading.ts';

/** Some items have a page of law beside them: so many stay below 100 KB. */
const LIST_LENGTH = 40;

const ListQuery = z.object({ after: Item.shape.code.optional() });

/** The list of check items (抽查事项清单), in the order of their codes. */
export async function items(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, ListQuery);
  const found = await itemsAfter(store(), LIST_LENGTH, after);
  const last = found.items.at(-1);
  const page: z.infer<typeof PublicItems> = {
    items: found.items,
    ...(found.next === undefined || last === undefined ? {} : { next: last.code }),
  };
  return wantsJson(request) ? publicJson(page) : htmlPage('抽查事项清单', <ItemList {...page} />, 60);
}
