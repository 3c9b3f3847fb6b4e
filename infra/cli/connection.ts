import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { argument, faultsOf } from './argument.ts';
import { DEFAULT_URL, environment } from './environment.ts';
import { codeOf, Failure, messageOf } from './failure.ts';

/** The file that `npm start` writes, in the folder that the stack is started in. */
export const CONNECTION_FILE = '.local/connection.json';

const HttpUrl = z.url({ protocol: /^https?$/ });

/** What `npm start` tells the command line of the stack that it runs: where it is, and the secrets of its sample people and sources. */
export const ConnectionFile = z.object({
  url: HttpUrl,
  /** The OpenID Connect issuer, whose configuration is at `/.well-known/openid-configuration` below it. */
  issuer: HttpUrl,
  audience: z.string().min(1),
  /** The people that can get a token of their own by `client_credentials`. */
  clients: z.array(z.object({ id: z.string().min(1), name: z.string(), secret: z.string().min(1) })),
  /** The registered webhook sources. */
  sources: z.array(z.object({ id: z.string().min(1), secret: z.string().startsWith('whsec_') })),
});
export type ConnectionFile = z.infer<typeof ConnectionFile>;

export interface Connection {
  /** Without a slash at its end. */
  readonly url: string;
  /** What is known of the installation at that address; absent when the file is not there or is about another one. */
  readonly known: ConnectionFile | undefined;
}

/**
 * Which installation a command talks to: --url, MINGCHOU_URL, the file, the default. Secrets of the file are used for the
 * installation that it describes and for no other, or `--url` would hand them to a stranger.
 * @throws UsageError for an address that is none; Failure for a file that can't be read
 */
export function connectionFor(url: string | undefined): Connection {
  const file = readConnectionFile();
  const asked =
    url === undefined
      ? addressOf('MINGCHOU_URL', environment.url)
      : argument('--url', HttpUrl, url, `an address like ${DEFAULT_URL}`);
  const chosen = trimmed(asked ?? file?.url ?? DEFAULT_URL);
  return { url: chosen, known: file !== undefined && sameServer(chosen, file.url) ? file : undefined };
}

function addressOf(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : argument(name, HttpUrl, value, `an address like ${DEFAULT_URL}`);
}

function readConnectionFile(): ConnectionFile | undefined {
  let text: string;
  try {
    text = readFileSync(resolve(CONNECTION_FILE), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
      return undefined;
    }
    throw new Failure(`${CONNECTION_FILE} can't be read: ${messageOf(error)}`);
  }
  const read = ConnectionFile.safeParse(jsonOf(text));
  if (!read.success) {
    throw new Failure(
      `${CONNECTION_FILE} is not what "npm start" writes (${faultsOf(read.error)}); start the local stack anew, or remove the file`,
    );
  }
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}

function sameServer(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(url: string): string {
  const read = new URL(url);
  if (read.hostname === 'localhost') {
    read.hostname = '127.0.0.1';
  }
  return trimmed(`${read.origin}${read.pathname}`);
}
