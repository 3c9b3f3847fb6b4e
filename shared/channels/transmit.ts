import type { Channel } from '#domain/channel/channel.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import type { Parcel } from '#domain/delivery/parcel.ts';
import type { Instant } from '#domain/time/time.ts';
import { MailSession } from './mail.ts';
import { tellDingtalk, tellFeishu, tellWecom } from './robots.ts';
import { tellWebhook } from './webhook.ts';

/** Hands parcels to channels, each in the channel's own format. Whatever goes wrong is an outcome. */
export class Transmitter {
  readonly #sessions = new Map<string, MailSession>();

  async send(channel: Channel, parcel: Parcel, at: Instant): Promise<Outcome> {
    const { settings } = channel;
    switch (settings.kind) {
      case 'mail': {
        const key = `${channel.id}#${channel.version}`;
        const session = this.#sessions.get(key) ?? new MailSession(settings);
        this.#sessions.set(key, session);
        return session.send(parcel, at);
      }
      case 'wecom':
        return tellWecom(settings, parcel);
      case 'dingtalk':
        return tellDingtalk(settings, parcel, at);
      case 'feishu':
        return tellFeishu(settings, parcel, at);
      case 'webhook':
        return tellWebhook(settings, parcel, at);
    }
  }

  /** Closes what is open: a function that sleeps for an hour holds no connection. */
  close(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}
