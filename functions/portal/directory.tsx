import type * as z from 'zod';
import type { PublicDirectory } from '#contracts/open-data.ts';
import { directoryFigures } from '#domain/inspector/figures.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { directoryPlaces } from '#store/directory.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { type HttpRequest, wantsJson } from '#web/request.ts';
import { DirectoryPage } from './directory-page.tsx';
import { publicJson, store } from './reading.ts';

/** The directory of inspectors (执法检查人员名录库, article 5) in figures: how many, never who. */
export async function directory(request: HttpRequest): Promise<Answer> {
  const on = dateInShanghai(request.at);
  const page: z.infer<typeof PublicDirectory> = {
    on,
    units: directoryFigures(await directoryPlaces(store()), on),
  };
  return wantsJson(request)
    ? publicJson(page)
    : htmlPage('执法检查人员名录库', <DirectoryPage {...page} />, 60);
}
