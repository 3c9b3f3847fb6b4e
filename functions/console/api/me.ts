import { Api, ApiRefusal } from './api.ts';
import type { Person } from '#console/kit/page.ts';

/** Who a token speaks for, as the people library says; or why they are not let in. */
export async function staffOfToken(
  origin: string,
  token: string,
): Promise<Person | { readonly refused: string }> {
  const api = new Api({ origin, token, renew: () => Promise.resolve(undefined) });
  try {
    return await api.call('GET /me');
  } catch (error) {
    if (error instanceof ApiRefusal) {
      return { refused: error.problem.detail };
    }
    throw error;
  }
}
