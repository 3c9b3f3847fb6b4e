import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isPortTaken } from '../engine/dynamodb-local.ts';
import { LocalRunnerError, messageOf } from '../failure.ts';
import { sendMessage } from './payload.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export interface Listener {
  port: number;
  /** Takes requests from now on; those that came before wait. */
  handle(handler: Handler): void;
  close(): Promise<void>;
}

const KEEP_ALIVE_MILLISECONDS = 75_000;

/** Listens on 127.0.0.1 and on nothing else. */
export async function listen(port: number, onLog: (text: string) => void): Promise<Listener> {
  const { promise: handler, resolve: ready } = Promise.withResolvers<Handler>();
  const server = createServer((request, response) => {
    handler
      .then(async (handle) => {
        const base = `http://${request.headers.host ?? '127.0.0.1'}`;
        const target = request.url ?? '/';
        if (!target.startsWith('/') || !URL.canParse(base + target))
          return sendMessage(response, 400, 'Bad Request');
        return handle(request, response, new URL(base + target));
      })
      .catch((error: unknown) => {
        onLog(`${request.method} ${request.url} broke the runner: ${messageOf(error)}`);
        if (response.headersSent) response.destroy();
        else sendMessage(response, 500, 'Internal Server Error');
      });
  });
  // The usual five seconds end a connection that a client on a busy machine is just about to use again, which it sees as a reset.
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        isPortTaken(error)
          ? new LocalRunnerError(`Port ${port} on 127.0.0.1 is taken: set PORT to another one.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { port: address.port, handle: ready, close: async () => close(server) };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
