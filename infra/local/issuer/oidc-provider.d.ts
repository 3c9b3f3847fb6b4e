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
  export interface Configuration {
    clients: readonly {
      client_id: string;
      client_secret: string;
      client_name: string;
      grant_types: string[];
      redirect_uris: string[];
      response_types: string[];
      token_endpoint_auth_method: string;
    }[];
    adapter: new () => object;
    ttl: { ClientCredentials: number };
    jwks: { keys: readonly object[] };
    cookies: { keys: readonly string[] };
    features: {
      devInteractions: { enabled: boolean };
      clientCredentials: { enabled: boolean };
      resourceIndicators: {
        enabled: boolean;
        defaultResource: (context: unknown) => string;
        getResourceServerInfo: (context: unknown, resource: string) => ResourceServer;
      };
    };
  }
  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this;
  }
}
