import { isWithdrawn, type Publication, type PublicRecord } from '#domain/inspection/publication.ts';
import { firstOwed, owedAnew } from '#domain/submission/sent.ts';
import type { StateWrite } from './commit.ts';
import { foundPlaces, movedPlaces } from './finding.ts';
import { createdPublication, replacedPublication } from './publications.ts';
import { createdSent, loadSent, updatedSent } from './sent.ts';
import type { StateTable } from './store.ts';

/** All that a publication writes: the record, where it is found, and that the national system is owed it (articles 7(6), 14). @param territory of the subject */
export function published(publication: Publication, territory: string): StateWrite[] {
  return [
    createdPublication(publication),
    ...foundPlaces(publication, territory),
    createdSent(firstOwed(publication)),
  ];
}

/** The same for the next version of a public record (article 16). @throws TypeError when the one before was withdrawn */
export async function publishedAnew(
  store: StateTable,
  before: PublicRecord,
  after: PublicRecord,
  territory: string,
): Promise<StateWrite[]> {
  if (isWithdrawn(before)) {
    throw new TypeError(`${before.id} was withdrawn, which nothing follows`);
  }
  const sent = await loadSent(store, before.id);
  const owed = owedAnew(sent, after);
  return [
    ...replacedPublication(before, after),
    ...movedPlaces(before, after, territory),
    sent === undefined ? createdSent(owed) : updatedSent(owed),
  ];
}
