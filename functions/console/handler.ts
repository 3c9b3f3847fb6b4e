import { httpFunction } from '#lambda/http.ts';
import { serve } from './serve.tsx';

/** The pages of the staff: each is drawn from what the HTTP API answers to the person who is signed in. */
export const handler = httpFunction('console', {
  'GET /console': serve,
  'GET /console/{page+}': serve,
  'POST /console/{page+}': serve,
});
