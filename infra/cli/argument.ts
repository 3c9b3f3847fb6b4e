import * as z from 'zod';
import { UsageError } from './failure.ts';

/**
 * A value from the command line that has to fit a schema.
 * @throws UsageError naming the argument, what was given and what would be accepted
 */
export function argument<T extends z.ZodType>(
  name: string,
  schema: T,
  given: unknown,
  accepted: string,
): z.infer<T> {
  const value = schema.safeParse(given);
  if (value.success) {
    return value.data;
  }
  throw new UsageError(`${name} must be ${accepted}, not ${JSON.stringify(given)}`);
}

/** The faults of a value in one line, each with the place it is at: `beacon/round: …; spec: …`. */
export function faultsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('/')}: ${message}`))
    .join('; ');
}
