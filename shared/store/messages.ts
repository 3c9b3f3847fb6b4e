import { Message } from '#domain/message/message.ts';
import type { StateWrite } from './commit.ts';
import { inboxPartition, MESSAGE_PREFIX, messageKey } from './keys.ts';
import { queryPage, type StateTable } from './store.ts';

export function createdMessage(message: Message): StateWrite {
  return { key: messageKey(message.to, message.at, message.id), item: { ...message }, expect: 'absent' };
}

/** The newest messages of a person's inbox. */
export async function messagesOf(store: StateTable, person: string, limit: number): Promise<Message[]> {
  const { items } = await queryPage(store, Message, {
    partition: inboxPartition(person),
    prefix: MESSAGE_PREFIX,
    newestFirst: true,
    limit,
  });
  return items;
}
