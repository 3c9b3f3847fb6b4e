import { httpFunction } from '#lambda/http.ts';
import { channel, channels, setChannel } from './channels.ts';
import { accept, deliveries, delivery, resend } from './deliveries.ts';
import { preferences, setPreferences } from './preferences.ts';
import { templates } from './templates.tsx';

/** How people are told outside their inbox: the channels, what each of them prefers, and what became of it. */
export const handler = httpFunction('messaging', {
  'GET /me/preferences': preferences,
  'PUT /me/preferences': setPreferences,
  'PUT /channels/{id}': setChannel,
  'GET /channels/{id}': channel,
  'GET /channels': channels,
  'GET /deliveries': deliveries,
  'GET /deliveries/{id}': delivery,
  'POST /deliveries/{id}/resend': resend,
  'POST /deliveries/{id}/accept': accept,
  'GET /templates': templates,
});
