/** A failure that a person can act on: its message is one line, and it is shown without a stack trace. */
export class LocalRunnerError extends Error {
  override readonly name = 'LocalRunnerError';
}

/** The message of anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The `code` that Node and the AWS SDK put on errors, such as `EADDRINUSE`. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
