/** The command was used wrongly: exit code 2. The message is one line that names what is wrong and what would be accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was used rightly and what it was to do failed: exit code 1. The message is one line. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The code of a system error, e.g. `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What an error says, for the end of a line of our own. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
