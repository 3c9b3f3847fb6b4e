import { Message } from '#domain/message/message.ts';
import type { StateWrite } from './commit.ts';
import { inboxPartition, MESSAGE_PREFIX, messageKey } from './keys.ts';
import { loadMany, queryPage, type Page, type StateTable } from './store.ts';

export function createdMessage(message: Message): StateWrite {
  return { key: messageKey(message.to, message.at, message.id), item: { ...message }, expect: 'absent' };
}

/** The messages of a person's inbox from the one after `after` on, newest first. */
export function messagesOf(
  store: StateTable,
  person: string,
  limit: number,
  after?: Pick<Message, 'at' | 'id'>,
): Promise<Page<Message>> {
  return queryPage(store, Message, {
    partition: inboxPartition(person),
    prefix: MESSAGE_PREFIX,
    newestFirst: true,
    limit,
    ...(after && { after: { ...messageKey(person, after.at, after.id) } }),
  });
}

/** Messages of a person by where they stand in the inbox, oldest first. */
export async function messagesAt(
  store: StateTable,
  person: string,
  places: readonly Pick<Message, 'id' | 'at'>[],
): Promise<Message[]> {
  const keys = places.map(({ id, at }) => messageKey(person, at, id));
  return (await loadMany(store, Message, keys)).toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ at, id }: Message): string {
  return `${at}#${id}`;
}
