import { portalOperations } from './portal.ts';

/** What each route takes and answers. */
export const operations = { ...portalOperations };
