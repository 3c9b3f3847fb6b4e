import { Publication } from '#domain/inspection/publication.ts';
import type { StateWrite } from './commit.ts';
import { lists, stateKey, type ListKey } from './keys.ts';
import { created, mustLoad } from './records.ts';
import { queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Publication, 'publishedAt' | 'id'>;

function listed({ publishedAt, id }: Position): ListKey {
  return { listPk: lists.published, listSk: `${publishedAt}#${id}` };
}

export function createdPublication(publication: Publication): StateWrite {
  return created('PUBLICATION', publication, listed(publication));
}

/** @throws Refusal `not-found` */
export function loadPublication(store: StateTable, id: string): Promise<Publication> {
  return mustLoad(store, Publication, 'PUBLICATION', id);
}

/** Published results, newest first, from the one after `after`. */
export function publications(store: StateTable, limit: number, after?: Position): Promise<Page<Publication>> {
  return queryPage(store, Publication, {
    index: 'list',
    partition: lists.published,
    newestFirst: true,
    limit,
    ...(after === undefined ? {} : { after: { ...stateKey('PUBLICATION', after.id), ...listed(after) } }),
  });
}
