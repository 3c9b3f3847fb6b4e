import { isDeepStrictEqual } from 'node:util';
import { factsOf } from '#commands/once.ts';
import { newEvent } from '#contracts/events.ts';
import { Channel, ChannelBody, ChannelId, withoutSecrets } from '#domain/channel/channel.ts';
import { allChannels, channelById, savedChannel } from '#store/channels.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { administrator, store } from './asking.ts';
import { carryOut } from './command.ts';

/** Every channel, without its secrets. */
export async function channels(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  return json(200, { channels: (await allChannels(store())).map(withoutSecrets) });
}

export async function channel(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const id = param(request, 'id');
  const found = await channelById(store(), id);
  return found === undefined
    ? refuse('not-found', `没有找到 channel ${id} was not found.`)
    : json(200, withoutSecrets(found));
}

/** Sets a channel up, or anew. Its secrets come with it each time and are never shown; saying the same again changes nothing. */
export async function setChannel(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const id = ChannelId.safeParse(param(request, 'id'));
  if (!id.success) {
    return refuse('query-invalid', '渠道编号无效 The id must be lower-case letters, digits and hyphens.');
  }
  const body = jsonBody(request, ChannelBody);
  return carryOut(request, staffNo, async () => {
    const known = await channelById(store(), id.data);
    if (known !== undefined && isDeepStrictEqual(ChannelBody.strip().parse(known), body)) {
      return { answer: withoutSecrets(known), writes: [], events: [] };
    }
    const next: Channel = { ...body, id: id.data, version: (known?.version ?? 0) + 1, setAt: request.at };
    return {
      answer: withoutSecrets(next),
      writes: [savedChannel(next)],
      events: [
        newEvent('channel.set', {
          ...factsOf({ request, staffNo }, 'channel', { ...next, correlation: next.id }),
          data: { name: next.name, kind: next.settings.kind, enabled: next.enabled },
        }),
      ],
    };
  });
}
