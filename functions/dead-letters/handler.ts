import { httpFunction } from '#lambda/http.ts';
import { discard, redrive } from './deciding.ts';
import { letters, queues } from './looking.ts';

/** What the other functions could not do, for people to send again or to close. */
export const handler = httpFunction('dead-letters', {
  'GET /dead-letters': queues,
  'GET /dead-letters/{queue}': letters,
  'POST /dead-letters/{queue}/redrive': redrive,
  'POST /dead-letters/{queue}/discard': discard,
});
