import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { errors, Provider } from 'oidc-provider';
import * as z from 'zod';
import { LocalRunnerError } from '../failure.ts';
import { readBody } from '../http/body.ts';
import { sendMessage } from '../http/payload.ts';
import type { LocalIssuer, Person } from '../options.ts';
import { readStored, writeWhole } from '../state.ts';
import type { AuthorizerPlan } from '../template/http-plan.ts';
import { Shelf } from './shelf.ts';
import { peoplePage } from './people-page.ts';

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

/** How the console of the product is known at an issuer, and what it asks for. */
const CONSOLE = 'mingchou-console';
const SCOPES = ['openid', 'offline_access'];

/**
 * A real OpenID Connect issuer. Somebody at a browser picks who they are and comes back with a code (PKCE); for programs
 * people are clients, and a client's own token (`client_credentials`) speaks for the person. Either names the person as
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
  const { origin } = new URL(url);
  const provider = new Provider(url, {
    clients: [
      ...clients.map(({ id, name, secret }) => ({
        client_id: id,
        client_secret: secret,
        client_name: name,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      })),
      {
        client_id: CONSOLE,
        client_name: 'Mingchou',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${origin}/console/callback`],
        post_logout_redirect_uris: [`${origin}/console/signed-out`],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ],
    adapter: Shelf,
    scopes: SCOPES,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: clients.find((one) => one.id === id)?.name ?? id }),
    }),
    interactions: { url: (_context, { uid }) => `${new URL(url).pathname.replace(/\/$/, '')}/people/${uid}` },
    rotateRefreshToken: true,
    ttl: {
      ClientCredentials: TOKEN_SECONDS,
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      RefreshToken: 2 * TOKEN_SECONDS,
      Interaction: TOKEN_SECONDS,
      Session: TOKEN_SECONDS,
      Grant: 2 * TOKEN_SECONDS,
    },
    jwks: { keys: secrets.keys },
    cookies: { keys: secrets.cookies },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: leave },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
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
      await (request.url.startsWith('/people/')
        ? askWho(provider, people, request, response)
        : callback(request, response));
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

/** Whoever comes from the console's "sign out" has said so already; the button is for a browser without script. */
function leave(context: { body: unknown }, form: string): void {
  context.body = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>退出 Sign out</title></head><body>${form}
<button form="op.logoutForm" name="logout" value="yes" autofocus>退出登录 Sign out</button>
<script>document.querySelector('button').click()</script></body></html>`;
}

/** More than a form with one name takes. */
const FORM_BYTES = 4_096;

/** Shows the people there are; the one who is picked is signed in, without a password: this is nobody's real installation. */
async function askWho(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(peoplePage(people));
      return;
    }
    const form = new URLSearchParams((await readBody(request, FORM_BYTES))?.toString('utf8'));
    const accountId = people.find(({ id }) => id === form.get('person'))?.id;
    if (accountId === undefined) {
      sendMessage(response, 400, 'the local issuer knows nobody of that name');
      return;
    }
    const grant = new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope(SCOPES.join(' '));
    const grantId = await grant.save();
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId }, consent: { grantId } },
      { mergeWithLastSubmission: false },
    );
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    sendMessage(response, 400, 'this sign-in is over; begin again');
  }
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
