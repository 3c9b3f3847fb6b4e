import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
  AuthorizationResponseError,
  tokenRevocation,
  type Configuration,
} from 'openid-client';
import type { SignIn } from '#contracts/environment.ts';
import type { Instant } from '#domain/time/time.ts';
import type { Session, Signing } from './session.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
}

/** The issuer did not let somebody in: what it says is its own, and not for a page. */
export class NotLetIn extends Error {
  override readonly name = 'NotLetIn';
}

/** The OpenID Connect issuer that signs staff in (OpenID Connect Core 1.0, code flow with PKCE). */
export class Issuer {
  readonly #settings: SignIn;
  readonly #callback: string;
  readonly #home: string;
  #known: Promise<Configuration> | undefined;

  constructor(settings: SignIn, origin: string) {
    this.#settings = settings;
    this.#callback = `${origin}/console/callback`;
    this.#home = `${origin}/console/signed-out`;
  }

  /** Where to send the browser, and what to remember until it comes back. */
  async begin(to: string, begunAt: Instant): Promise<{ readonly url: string; readonly signing: Signing }> {
    const verifier = randomPKCECodeVerifier();
    const signing = { verifier, state: randomState(), nonce: randomNonce(), to, begunAt };
    const url = buildAuthorizationUrl(await this.#configuration(), {
      ...this.#settings.parameters,
      redirect_uri: this.#callback,
      scope: this.#settings.scope,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: signing.state,
      nonce: signing.nonce,
      // Issuers give a refresh token only to whoever was asked for it.
      ...(this.#settings.scope.includes('offline_access') ? { prompt: 'consent' } : {}),
    });
    return { url: url.href, signing };
  }

  /**
   * The tokens for the code that the browser brought back; state, nonce, issuer and signature of the ID token are checked.
   * @throws NotLetIn when the issuer refused, or its answer does not belong to what was begun here.
   */
  async end(query: string, { verifier, state, nonce }: Signing): Promise<Tokens> {
    return this.#asking(async (configuration) =>
      tokensOf(
        await authorizationCodeGrant(
          configuration,
          new URL(`${this.#callback}?${query}`),
          { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
          this.#settings.parameters,
        ),
      ),
    );
  }

  /** New tokens for a session whose access token has run out. @throws NotLetIn when the issuer gives none any more. */
  async refresh(refreshToken: string): Promise<Tokens> {
    return this.#asking(async (configuration) => {
      const tokens = tokensOf(
        await refreshTokenGrant(configuration, refreshToken, this.#settings.parameters),
      );
      // Where the issuer does not rotate, the one that was used is used again.
      return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
    });
  }

  /** Takes the tokens of a session back and says where its own session at the issuer ends (RP-Initiated Logout 1.0); undefined where the issuer has no such place. */
  async endSession({ refreshToken, idToken }: Session): Promise<string | undefined> {
    return this.#asking(async (configuration) => {
      const { end_session_endpoint: ends, revocation_endpoint: revokes } = configuration.serverMetadata();
      if (revokes !== undefined && refreshToken !== undefined) {
        await tokenRevocation(configuration, refreshToken);
      }
      return ends === undefined
        ? undefined
        : buildEndSessionUrl(configuration, {
            post_logout_redirect_uri: this.#home,
            ...(idToken === undefined ? {} : { id_token_hint: idToken }),
          }).href;
    });
  }

  async #asking<T>(ask: (configuration: Configuration) => Promise<T>): Promise<T> {
    const configuration = await this.#configuration();
    try {
      return await ask(configuration);
    } catch (error) {
      if (
        error instanceof AuthorizationResponseError ||
        error instanceof ResponseBodyError ||
        error instanceof ClientError
      ) {
        throw new NotLetIn(error.message, { cause: error });
      }
      throw error;
    }
  }

  /** Asked for once; a failure is not kept, so that the next one to sign in asks again. */
  async #configuration(): Promise<Configuration> {
    this.#known ??= this.#discover();
    try {
      return await this.#known;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }

  #discover(): Promise<Configuration> {
    const issuer = new URL(this.#settings.issuer);
    // On one machine only: the stack takes no other issuer without https.
    const options = issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {};
    return discovery(issuer, this.#settings.client, undefined, None(), options);
  }
}

function tokensOf(answer: { access_token: string; refresh_token?: string; id_token?: string }): Tokens {
  return {
    accessToken: answer.access_token,
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    ...(answer.id_token === undefined ? {} : { idToken: answer.id_token }),
  };
}
