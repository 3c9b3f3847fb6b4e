import type { FunctionName } from '#contracts/environment.ts';
import type { Access } from './access-keys.ts';
import { accessOfEvents } from './access-of-events.ts';
import { accessOfRequests } from './access-of-requests.ts';

export type { Access } from './access-keys.ts';

/** Which keys each function may use: a function that is in neither file can't be deployed. */
export const access: Readonly<Record<FunctionName, Access>> = { ...accessOfEvents, ...accessOfRequests };
