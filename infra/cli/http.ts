import { type IncomingHttpHeaders, request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { DEFAULT_URL } from './environment.ts';
import { codeOf, Failure, messageOf } from './failure.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Called with the number of bytes of the body that have left. */
  readonly onSent?: (bytes: number) => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As they were sent, whatever their content encoding is. */
  readonly bytes: Buffer;
  /** The same as UTF-8. */
  readonly text: string;
}

const PIECE_BYTES = 64 * 1024;

/**
 * Sends a request and waits for its answer however long it takes: two months of a clock are not moved within the
 * five minutes after which `fetch` gives up.
 * @throws Failure when nothing listens, or the connection breaks
 */
export async function exchange({ method, url, headers, body, onSent }: HttpRequest): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const options: RequestOptions = {
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }),
    },
  };
  const request = (url.startsWith('https:') ? requestTls : requestPlain)(url, options, (response) => {
    const chunks: Uint8Array[] = [];
    response.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
    });
    response.on('error', reject);
    response.on('end', () => {
      const bytes = Buffer.concat(chunks);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        bytes,
        text: bytes.toString('utf8'),
      });
    });
  });
  request.on('error', reject);
  upload(body ?? new Uint8Array(), 0);
  try {
    return await promise;
  } catch (error) {
    throw unreachable(url, error);
  }

  function upload(bytes: Uint8Array, from: number): void {
    const to = from + PIECE_BYTES;
    if (to >= bytes.byteLength) {
      request.end(bytes.subarray(from), () => onSent?.(bytes.byteLength));
      return;
    }
    // One piece after another, each when the one before has left: what is shown as sent was sent.
    request.write(bytes.subarray(from, to), (error) => {
      if (error === null || error === undefined) {
        onSent?.(to);
        upload(bytes, to);
      }
    });
  }
}

/** Codes of "there is nobody at this address", as against a connection that broke. */
const NOBODY: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

function unreachable(url: string, error: unknown): Failure {
  const { origin, hostname } = new URL(url);
  const code = codeOf(error);
  if (!NOBODY.has(code)) {
    return new Failure(`the connection to ${origin} broke: ${code ?? messageOf(error)}`);
  }
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const advice = local
    ? `start the local stack with "npm start" (it listens at ${DEFAULT_URL}), or name another address with --url or MINGCHOU_URL`
    : 'check --url, MINGCHOU_URL and the network';
  return new Failure(`nothing answers at ${origin} (${code}); ${advice}`);
}
