import { ApiRefusal } from './api.ts';

/** Says of what an address names that it is not there, as the API would. @throws ApiRefusal 404 */
export function notFound(detail: string): never {
  throw new ApiRefusal({
    type: 'urn:mingchou:problem:not-found',
    title: '没有找到 Not found',
    status: 404,
    detail,
  });
}
