import type { EventOf } from '#contracts/events.ts';
import { inspectionsById } from '#store/inspections.ts';
import { movesOf } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';
import { movedDeadlines, type MovedDeadline } from '#wording/calendar-wording.ts';
import type { Wording } from '#wording/wording.ts';
import { recipientsOfReminder, roleHolders } from './recipients.ts';

/**
 * A letter for everybody whom a recount concerns, by staff number: those who would be reminded of the deadlines that moved,
 * each once, the most pressing first. A deadline that only became certain is nobody's news.
 */
export async function lettersOfRecount(
  store: StateTable,
  { data }: EventOf<'calendar.recounted'>,
): Promise<Map<string, Wording>> {
  const moves = (await movesOf(store, data.cause)).filter(({ from, to }) => from !== to);
  const ids = moves.flatMap(({ of }) => (of.kind === 'inspection' ? [of.id] : []));
  const inspections = new Map((await inspectionsById(store, [...new Set(ids)])).map((one) => [one.id, one]));
  const holders = roleHolders(store);
  const told = new Map<string, MovedDeadline[]>();
  for (const move of moves) {
    const { of, reaches, units } = move;
    const concern = { of, reaches, units, inspection: inspections.get(of.id) };
    const { to, about } = await recipientsOfReminder(store, concern, holders);
    for (const person of new Set(to)) told.set(person, [...(told.get(person) ?? []), { ...move, about }]);
  }
  return new Map([...told].map(([person, own]) => [person, movedDeadlines(data.year, own)]));
}
