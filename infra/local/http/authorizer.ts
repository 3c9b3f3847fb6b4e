import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { messageOf } from '../failure.ts';
import { JsonObject } from '../json.ts';
import type { AuthorizerPlan } from '../template/http-plan.ts';

const Discovery = z.looseObject({ issuer: z.string(), jwks_uri: z.url() });

export type Verification =
  | { kind: 'allowed'; claims: JsonObject; scopes: string[] | undefined }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }
  | { kind: 'broken'; reason: string };

/** API Gateway's JWT authorizer: signature by the issuer's keys, issuer, audience, times, scopes. */
export class JwtAuthorizer {
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  async verify(
    plan: AuthorizerPlan,
    header: string | undefined,
    wantedScopes: readonly string[],
  ): Promise<Verification> {
    const token = header?.replace(/^bearer /i, '');
    if (token === undefined || token === '') return { kind: 'unauthorized' };
    let keys: JWTVerifyGetKey;
    try {
      keys = await this.#keysOf(plan.issuer);
    } catch (error) {
      this.#keys.delete(plan.issuer);
      return { kind: 'broken', reason: `the issuer ${plan.issuer} can't be asked: ${messageOf(error)}` };
    }
    try {
      // exp, nbf and iat are held against the machine's clock and not the virtual one, because the issuer counts by
      // the machine's: a token fetched now must still work after the clock was moved on by two months.
      const { payload } = await jwtVerify(token, keys, {
        issuer: plan.issuer,
        algorithms: ['RS256', 'RS384', 'RS512'],
      });
      const claims = JsonObject.parse(payload);
      if (!audienceFits(claims, plan.audience)) return { kind: 'unauthorized' };
      const granted = scopesOf(claims);
      if (wantedScopes.length === 0) return { kind: 'allowed', claims, scopes: undefined };
      const held = wantedScopes.filter((scope) => granted.includes(scope));
      return held.length > 0 ? { kind: 'allowed', claims, scopes: held } : { kind: 'forbidden' };
    } catch (error) {
      if (error instanceof errors.JOSEError) return { kind: 'unauthorized' };
      return { kind: 'broken', reason: `the keys of ${plan.issuer} can't be had: ${messageOf(error)}` };
    }
  }

  async #keysOf(issuer: string): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer);
    if (known !== undefined) return known;
    const fetching = discover(issuer);
    this.#keys.set(issuer, fetching);
    return fetching;
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`its configuration answers ${answer.status}`);
  return createRemoteJWKSet(new URL(Discovery.parse(await answer.json()).jwks_uri));
}

/** `aud` when there is one, else `client_id`, as API Gateway does. */
function audienceFits(claims: JsonObject, wanted: readonly string[]): boolean {
  const claim = claims['aud'] ?? claims['client_id'];
  const named = Array.isArray(claim) ? claim : [claim];
  return named.some((audience) => typeof audience === 'string' && wanted.includes(audience));
}

function scopesOf(claims: JsonObject): string[] {
  const claim = claims['scope'] ?? claims['scp'];
  if (Array.isArray(claim)) return claim.filter((scope) => typeof scope === 'string');
  return typeof claim === 'string' ? claim.split(' ') : [];
}
