import { httpFunction } from '#lambda/http.ts';
import { form } from './form.ts';
import { notice } from './notice.ts';
import { summary } from './summary.ts';

/** The papers of an inspection and of a draw (articles 7(3), 10), to be printed on A4 or read as JSON. */
export const handler = httpFunction('forms', {
  'GET /inspections/{id}/form': form,
  'GET /inspections/{id}/notice': notice,
  'GET /draws/{id}/summary': summary,
});
