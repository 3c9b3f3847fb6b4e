import { VersionQuery } from '#contracts/api/portal.ts';
import type { PublicVersion } from '#contracts/open-data.ts';
import {
  isWithdrawn,
  publicationHash,
  type Publication,
  type PublicRecord,
} from '#domain/inspection/publication.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { publicVersions } from '#store/publications.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest, wantsJson, queryOf } from '#web/request.ts';
import { PublicationPage, WithdrawnPage } from './publication-page.tsx';
import { publicJson, store } from './reading.ts';

/** A published result in the version that stands, or in an older one; of a withdrawn one nothing but that it was. */
export async function result(request: HttpRequest): Promise<Answer> {
  const { version } = queryOf(request, VersionQuery);
  const { id, json } = addressed(request);
  const records = await publicVersions(store(), id);
  const [current] = records;
  if (isWithdrawn(current)) {
    return json ? publicJson(current) : htmlPage('已依法撤下', <WithdrawnPage withdrawal={current} />, 60);
  }
  const publications = records.filter((record): record is Publication => !isWithdrawn(record)).toReversed();
  const shown = version === undefined ? current : publications.find((one) => one.version === version);
  if (shown === undefined) {
    return refuse('not-found', `${id} 没有第 ${version} 版 has no version ${version}.`);
  }
  const versions = publications.map((one) => versionOf(one, publications));
  return json
    ? publicJson({ ...shown, ...statusOf(shown, versions), versions })
    : htmlPage(shown.subjectName, <PublicationPage publication={shown} versions={versions} />, 60, {
        forms: true,
      });
}

/** `/public/inspections/I-….json` is the JSON of a record whatever the reader's program says it accepts. */
function addressed(request: HttpRequest): { readonly id: string; readonly json: boolean } {
  const [, id, suffix] = /^(.*?)(\.json)?$/s.exec(param(request, 'id')) ?? [];
  return { id: id ?? '', json: suffix !== undefined || wantsJson(request) };
}

function statusOf({ version }: PublicRecord, versions: readonly PublicVersion[]) {
  const superseded = versions.find((one) => one.version === version)?.superseded;
  return superseded === undefined ? {} : { superseded };
}

function versionOf(publication: Publication, all: readonly Publication[]): PublicVersion {
  const { id, version, publishedAt, corrected } = publication;
  const next = all.find((one) => one.version === version + 1)?.corrected;
  return {
    version,
    on: dateInShanghai(corrected?.at ?? publishedAt),
    ...(corrected === undefined ? {} : { reason: corrected.reason }),
    hash: publicationHash(publication),
    link: `/public/inspections/${id}?version=${version}`,
    ...(next === undefined ? {} : { superseded: { on: dateInShanghai(next.at), reason: next.reason } }),
  };
}
