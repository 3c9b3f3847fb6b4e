import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonIn, refusalIn } from './answer.ts';
import { connectionFor } from './connection.ts';
import { Failure } from './failure.ts';
import { exchange } from './http.ts';
import { printJson } from './output.ts';
import { serverTime } from './server-clock.ts';
import { messageId, senderOf, signedHeaders, webhookOf } from './signing.ts';

const Options = z.object({
  url: z.string().optional(),
  source: z.string().optional(),
  secret: z.string().optional(),
  id: z.string(),
});

/** `trigger status`: asks as a source what became of a message of its own. */
export async function status(given: unknown): Promise<void> {
  const options = Options.parse(given);
  const connection = connectionFor(options.url);
  const { source, secret } = senderOf(options, connection);
  const message = messageId(options.id);
  const webhook = webhookOf(secret);
  const at = await serverTime(connection.url);
  const answer = await exchange({
    method: 'GET',
    url: `${connection.url}/webhooks/${encodeURIComponent(source)}/messages/${encodeURIComponent(message)}`,
    headers: signedHeaders(webhook, { id: `msg_${randomUUID()}`, at, body: '' }),
  });
  if (answer.status !== 200) {
    throw new Failure(`the status was refused: ${refusalIn(answer)}`);
  }
  printJson(jsonIn(answer) ?? answer.text);
}
