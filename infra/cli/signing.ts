import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { argument } from './argument.ts';
import { type Connection, CONNECTION_FILE } from './connection.ts';
import { environment } from './environment.ts';
import { messageOf, UsageError } from './failure.ts';

/** The source and its secret that are named, or those that `npm start` registered. @throws UsageError naming what is missing */
export function senderOf(
  { source, secret }: { readonly source?: string | undefined; readonly secret?: string | undefined },
  { url, known }: Connection,
): { source: string; secret: string } {
  const sources = known?.sources ?? [];
  const id = source ?? sources[0]?.id;
  if (id === undefined) {
    throw new UsageError(
      `no webhook source is known for ${url}: name one with --source and --secret (${CONNECTION_FILE}, written by "npm start", has those of the local stack)`,
    );
  }
  const found = secret ?? environment.webhookSecret ?? sources.find((one) => one.id === id)?.secret;
  if (found === undefined) {
    const others = sources.length === 0 ? '' : `; known sources: ${sources.map((one) => one.id).join(', ')}`;
    throw new UsageError(
      `the secret of the source ${id} is not known: give it with --secret whsec_…${others}`,
    );
  }
  return { source: id, secret: found };
}

/** What signs with a secret. @throws UsageError for one of another shape */
export function webhookOf(secret: string): Webhook {
  // The library takes any text; a secret cut off in copying would only show as a signature that is refused.
  argument(
    '--secret',
    z.string().regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/),
    secret,
    'whsec_ and then base64',
  );
  try {
    return new Webhook(secret);
  } catch (error) {
    throw new UsageError(`--secret must be whsec_ and then base64: ${messageOf(error)}`);
  }
}

/** The headers of Standard Webhooks for a body. */
export function signedHeaders(
  webhook: Webhook,
  { id, at, body }: { readonly id: string; readonly at: Instant; readonly body: string },
): Readonly<Record<string, string>> {
  const sentAt = new Date(epochMilliseconds(at));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, sentAt, body),
  };
}

/** An id of a message as Standard Webhooks and this system take it. @throws UsageError */
export function messageId(id: string): string {
  return argument('--id', z.string().regex(/^[!-~]{1,256}$/), id, '1 to 256 visible ASCII characters');
}
