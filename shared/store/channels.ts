import * as z from 'zod';
import { Channel, type ChannelKind } from '#domain/channel/channel.ts';
import { freeFrom, isLimited, saidAlso } from '#domain/channel/rate.ts';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { lists, stateKey } from './keys.ts';
import { created, saved, updated } from './records.ts';
import { load, queryAll, type StateTable } from './store.ts';

/** Every channel that is set up, with its secrets. An installation has a handful. */
export function allChannels(store: StateTable): Promise<Channel[]> {
  return queryAll(store, Channel, { index: 'list', partition: lists.channels });
}

export function channelById(store: StateTable, id: string): Promise<Channel | undefined> {
  return load(store, Channel, stateKey('CHANNEL', id));
}

/** Stores a channel in its first version or a later one. */
export function savedChannel(channel: Channel): StateWrite {
  const listed = { listPk: lists.channels, listSk: channel.id };
  return saved('CHANNEL', channel, listed);
}

const Said = z.object({ version: z.int().positive(), said: z.array(Instant) });

/** Whether a channel may be told something now: what one more writes, which fails when another copy was told meanwhile; or from when on. */
type Slot =
  | { readonly kind: 'free'; readonly writes: readonly StateWrite[] }
  | { readonly kind: 'full'; readonly until: Instant };

/** A place within the rate of a channel. The count stands in the store: two copies of a function keep it together. */
export async function slotOf(store: StateTable, id: string, kind: ChannelKind, at: Instant): Promise<Slot> {
  if (!isLimited(kind)) return { kind: 'free', writes: [] };
  const known = await load(store, Said, stateKey('RATE', id));
  const until = freeFrom(kind, known?.said ?? [], at);
  if (until > at) return { kind: 'full', until };
  const next = { id, version: (known?.version ?? 0) + 1, said: saidAlso(kind, known?.said ?? [], at) };
  return { kind: 'free', writes: [known === undefined ? created('RATE', next) : updated('RATE', next)] };
}
