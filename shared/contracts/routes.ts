import type { FunctionName } from './environment.ts';

/**
 * Every route of the HTTP API. `signature` is proved by the sender's Standard Webhooks signature, `staff` by a bearer
 * token of the installation's OpenID Connect issuer; `public` is for everyone to read, and for a request for a correction.
 */
export interface Route {
  readonly function: FunctionName;
  readonly access: 'signature' | 'staff' | 'public';
}

export const routes = {
  'POST /webhooks/{source}': { function: 'webhook', access: 'signature' },
  'GET /webhooks/{source}/messages/{id}': { function: 'webhook', access: 'signature' },

  'POST /libraries/{library}/imports': { function: 'libraries', access: 'staff' },
  'POST /libraries/{library}/uploads': { function: 'libraries', access: 'staff' },
  'GET /libraries/{library}/imports/{id}': { function: 'libraries', access: 'staff' },
  'GET /libraries/{library}/export': { function: 'libraries', access: 'staff' },
  'GET /libraries/{library}': { function: 'libraries', access: 'staff' },

  'PUT /policies/{id}': { function: 'administration', access: 'staff' },
  'GET /policies': { function: 'administration', access: 'staff' },
  'GET /policies/export': { function: 'administration', access: 'staff' },
  'POST /policies/imports': { function: 'administration', access: 'staff' },
  'GET /policies/{id}': { function: 'administration', access: 'staff' },
  'POST /policies/{id}/rehearsals': { function: 'administration', access: 'staff' },
  'GET /policies/{id}/rehearsals/{rehearsal}': { function: 'administration', access: 'staff' },
  'PUT /sources/{id}': { function: 'administration', access: 'staff' },
  'GET /sources': { function: 'administration', access: 'staff' },

  'PUT /calendars/{year}': { function: 'calendars', access: 'staff' },
  'GET /calendars/{year}': { function: 'calendars', access: 'staff' },
  'GET /calendars': { function: 'calendars', access: 'staff' },

  'GET /triggers': { function: 'cases', access: 'staff' },
  'GET /triggers/{id}': { function: 'cases', access: 'staff' },
  'POST /triggers/{id}/fire': { function: 'cases', access: 'staff' },
  'POST /triggers/{id}/dismiss': { function: 'cases', access: 'staff' },
  'POST /triggers/{id}/merge': { function: 'cases', access: 'staff' },
  'GET /draws': { function: 'cases', access: 'staff' },
  'GET /draws/{id}': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/approve': { function: 'cases', access: 'staff' },
  'POST /draws': { function: 'cases', access: 'staff' },
  'POST /draws/preview': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/freeze': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/beacon': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/match': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/void': { function: 'cases', access: 'staff' },
  'POST /draws/{id}/redraw': { function: 'cases', access: 'staff' },
  'GET /me': { function: 'cases', access: 'staff' },
  'GET /me/messages': { function: 'cases', access: 'staff' },
  'GET /me/inspections': { function: 'cases', access: 'staff' },
  'GET /history/{kind}/{id}': { function: 'cases', access: 'staff' },

  'GET /draws/{id}/teams': { function: 'inspections', access: 'staff' },
  'POST /draws/{id}/teams': { function: 'inspections', access: 'staff' },
  'GET /me/recusals': { function: 'inspections', access: 'staff' },
  'POST /me/recusals': { function: 'inspections', access: 'staff' },

  'GET /inspectors': { function: 'inspections', access: 'staff' },
  'PUT /inspectors/{staffNo}/leave': { function: 'inspections', access: 'staff' },
  'POST /inspectors/{staffNo}/trainings': { function: 'inspections', access: 'staff' },

  'GET /inspections/{id}': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/accept': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/recuse': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/replace': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/assign': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/experts': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/begin': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/end': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/record': { function: 'inspections', access: 'staff' },
  'POST /inspections/{id}/publish': { function: 'inspections', access: 'staff' },

  'GET /me/preferences': { function: 'messaging', access: 'staff' },
  'PUT /me/preferences': { function: 'messaging', access: 'staff' },
  'PUT /channels/{id}': { function: 'messaging', access: 'staff' },
  'GET /channels/{id}': { function: 'messaging', access: 'staff' },
  'GET /channels': { function: 'messaging', access: 'staff' },
  'GET /deliveries': { function: 'messaging', access: 'staff' },
  'GET /deliveries/{id}': { function: 'messaging', access: 'staff' },
  'POST /deliveries/{id}/resend': { function: 'messaging', access: 'staff' },
  'POST /deliveries/{id}/accept': { function: 'messaging', access: 'staff' },
  'GET /templates': { function: 'messaging', access: 'staff' },

  'GET /subjects/{id}': { function: 'monitoring', access: 'staff' },
  'GET /subjects/{id}/former': { function: 'monitoring', access: 'staff' },
  'POST /subjects/{id}/signals': { function: 'monitoring', access: 'staff' },
  'GET /warnings': { function: 'monitoring', access: 'staff' },
  'GET /warnings/{id}': { function: 'monitoring', access: 'staff' },
  'POST /warnings/{id}/acknowledge': { function: 'monitoring', access: 'staff' },
  'POST /warnings/{id}/dismiss': { function: 'monitoring', access: 'staff' },
  'GET /scans': { function: 'monitoring', access: 'staff' },
  'GET /scans/{id}': { function: 'monitoring', access: 'staff' },

  'POST /inspections/{id}/corrections': { function: 'corrections', access: 'staff' },
  'GET /corrections': { function: 'corrections', access: 'staff' },
  'GET /corrections/{id}': { function: 'corrections', access: 'staff' },
  'POST /corrections/{id}/grant': { function: 'corrections', access: 'staff' },
  'POST /corrections/{id}/refuse': { function: 'corrections', access: 'staff' },
  'POST /public/inspections/{id}/corrections': { function: 'corrections', access: 'public' },
  'GET /public/corrections/{receipt}': { function: 'corrections', access: 'public' },

  'GET /public/inspections': { function: 'portal', access: 'public' },
  'GET /public/inspections/{id}': { function: 'portal', access: 'public' },
  'GET /public/draws': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}/explanation': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}/proof': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}/pool': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}/inclusion': { function: 'portal', access: 'public' },
  'GET /public/draws/{id}/inclusion/{subject}': { function: 'portal', access: 'public' },
  'GET /public/verify': { function: 'portal', access: 'public' },
  'GET /public/verify.js': { function: 'portal', access: 'public' },
  'GET /public/ledger': { function: 'portal', access: 'public' },

  $default: { function: 'unmatched', access: 'public' },
} as const satisfies Readonly<Record<string, Route>>;
export type RouteKey = keyof typeof routes;
