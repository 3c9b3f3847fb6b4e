import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach } from 'vitest';

/** What a local HTTP server was sent. */
export interface Received {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it answers: a status and a text; `silent` closes the connection once the request is there. */
export type HttpAnswer =
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  | 'silent';

const closing: (() => void)[] = [];
afterEach(() => {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) close();
});

/** A server on this machine until the test ends, which keeps what it gets. */
export async function httpReceiver(
  answer: (request: Received, count: number) => HttpAnswer,
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      const one = { url, method, headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      const said = answer(one, received.length);
      if (said === 'silent') {
        request.socket.destroy();
        return;
      }
      response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers });
      response.end(said.text);
    });
  };
  const server = createServer(listener);
  const port = await portOf(server);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, received };
}

/** A letter as a reader's program sees it. */
export interface Letter {
  readonly messageId: string | undefined;
  readonly from: string | undefined;
  readonly to: readonly (string | undefined)[];
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly raw: string;
}

/** A mail server on this machine until the test ends, which keeps the letters that it takes. */
export async function mailReceiver(
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly letters: Letter[]; readonly server: SMTPServer }> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void letterOf(Buffer.concat(chunks)).then((letter) => {
          letters.push(letter);
          done();
        });
      });
    },
    ...options,
  });
  // A client that goes away in the middle of a letter is what some tests are about.
  server.on('error', () => undefined);
  const port = await portOf(server.server);
  closing.push(() => server.close());
  return { port, letters, server };
}

export async function letterOf(raw: Buffer): Promise<Letter> {
  const { messageId, from, to, subject, text } = await PostalMime.parse(raw);
  return {
    messageId,
    from: from?.address,
    to: (to ?? []).map(({ address }) => address),
    subject,
    text: text?.trimEnd(),
    raw: raw.toString(),
  };
}

/** Listens on a free port of this machine and gives its number. */
function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}
