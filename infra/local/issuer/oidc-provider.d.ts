/** The package has no types of its own; this is the part of it that the local issuer uses. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ResourceServer {
    scope: string;
    audience: string;
    accessTokenFormat: 'jwt';
    accessTokenTTL: number;
    jwt: { sign: { alg: 'RS256' } };
  }
  interface Switch {
    enabled: boolean;
  }
  export interface Configuration {
    clients: readonly {
      client_id: string;
      client_secret?: string;
      client_name: string;
      grant_types: string[];
      redirect_uris: string[];
      post_logout_redirect_uris?: string[];
      response_types: string[];
      token_endpoint_auth_method: string;
      application_type?: 'native';
    }[];
    adapter: new (model: string) => object;
    scopes: readonly string[];
    findAccount: (
      context: unknown,
      id: string,
    ) => { accountId: string; claims: () => { sub: string; name: string } };
    interactions: { url: (context: unknown, interaction: { uid: string }) => string };
    rotateRefreshToken: boolean;
    ttl: Readonly<Record<string, number>>;
    jwks: { keys: readonly object[] };
    cookies: { keys: readonly string[] };
    features: {
      devInteractions: Switch;
      clientCredentials: Switch;
      revocation: Switch;
      rpInitiatedLogout: Switch & { logoutSource: (context: { body: unknown }, form: string) => void };
      resourceIndicators: Switch & {
        defaultResource: (context: unknown) => string;
        useGrantedResource: () => boolean;
        getResourceServerInfo: (context: unknown, resource: string) => ResourceServer;
      };
    };
  }
  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    Grant: new (facts: { accountId: string; clientId: string }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ params: { client_id: string } }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string }; consent: { grantId: string } },
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this;
  }
  export const errors: { readonly SessionNotFound: new () => Error };
}
