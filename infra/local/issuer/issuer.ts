import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import * as z from 'zod';
import { LocalRunnerError } from '../failure.ts';
import type { LocalIssuer, Person } from '../options.ts';
import { readStored, writeWhole } from '../state.ts';
import type { AuthorizerPlan } from '../template/http-plan.ts';

const Secrets = z.strictObject({
  version: z.literal(1),
  keys: z.array(z.looseObject({ kty: z.literal('RSA'), kid: z.string() })).min(1),
  cookies: z.array(z.string()).min(1),
  clients: z.record(z.string(), z.string()),
});
type Secrets = z.infer<typeof Secrets>;

/** A working day of a person at the machine, counted by the machine's clock. */
const TOKEN_SECONDS = 12 * 3600;
const TokenAnswer = z.looseObject({ access_token: z.string() });

export interface IssuerServer extends LocalIssuer {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Path of the issuer's URL, without a slash at the end. */
  path: string;
}

/** The issuer that the template's authorizers name, when it is to run on this machine; undefined for a foreign one. */
export function localIssuerUrl(authorizers: readonly AuthorizerPlan[]): string | undefined {
  const local = new Set(
    authorizers
      .map(({ issuer }) => issuer)
      .filter(
        (issuer) => URL.canParse(issuer) && ['127.0.0.1', 'localhost'].includes(new URL(issuer).hostname),
      ),
  );
  if (local.size > 1)
    throw new LocalRunnerError(`The template names ${local.size} issuers on this machine; one is enough.`);
  return [...local][0];
}

/**
 * A real OpenID Connect issuer: people are clients, and a client's own token (`client_credentials`) names the person as
 * `sub` and the authorizer's audience as `aud`. Keys and secrets are made once and kept in the data folder.
 */
export async function makeIssuer(
  url: string,
  audience: string,
  people: readonly Person[],
  file: string | undefined,
  onLog: (text: string) => void,
): Promise<IssuerServer> {
  const secrets = await secretsFor(people, file);
  const clients = people.map(({ id, name }) => ({ id, name, secret: secrets.clients[id] ?? '' }));
  // A resource indicator must be a URI, which an audience need not be; this one stands for the authorizer's audience.
  const api = `${url.replace(/\/$/, '')}/api`;
  const provider = new Provider(url, {
    clients: clients.map(({ id, name, secret }) => ({
      client_id: id,
      client_secret: secret,
      client_name: name,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    adapter: NothingStored,
    ttl: { ClientCredentials: TOKEN_SECONDS },
    jwks: { keys: secrets.keys },
    cookies: { keys: secrets.cookies },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== api && resource !== audience)
            throw new Error(`the local issuer knows no resource ${resource}`);
          return {
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TOKEN_SECONDS,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
  });
  provider.on('server_error', (_context, error) => {
    onLog(`the local issuer failed: ${error.message}`);
  });
  const callback = provider.callback();
  const path = new URL(url).pathname.replace(/\/$/, '');
  return {
    url,
    path,
    clients,
    async answer(request, response) {
      // The provider finds its mount path by the difference of these two.
      const original = request.url ?? '/';
      Object.assign(request, { originalUrl: original });
      request.url = original.slice(path.length) || '/';
      await callback(request, response);
    },
    async token(personId) {
      const client = clients.find(({ id }) => id === personId);
      if (client === undefined)
        throw new LocalRunnerError(`The local issuer knows nobody called ${personId}.`);
      const answer = await fetch(`${url.replace(/\/$/, '')}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: client.id,
          client_secret: client.secret,
        }),
      });
      if (!answer.ok)
        throw new LocalRunnerError(`The local issuer answers ${answer.status}: ${await answer.text()}`);
      return TokenAnswer.parse(await answer.json()).access_token;
    },
  };
}

/** Tokens carry their own signature and nobody looks them up, so the issuer has nothing to remember. */
class NothingStored {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

async function secretsFor(people: readonly Person[], file: string | undefined): Promise<Secrets> {
  const kept = file !== undefined && existsSync(file) ? readStored(file, Secrets) : undefined;
  const secrets = kept ?? (await newSecrets());
  const missing = people.filter(({ id }) => secrets.clients[id] === undefined);
  for (const { id } of missing) secrets.clients[id] = randomBytes(24).toString('base64url');
  if (file !== undefined && (kept === undefined || missing.length > 0)) writeWhole(file, secrets);
  return secrets;
}

async function newSecrets(): Promise<Secrets> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = {
    ...(await exportJWK(privateKey)),
    kid: randomBytes(8).toString('hex'),
    alg: 'RS256',
    use: 'sig',
  };
  return Secrets.parse({
    version: 1,
    keys: [key],
    cookies: [randomBytes(24).toString('base64url')],
    clients: {},
  });
}
