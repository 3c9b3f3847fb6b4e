import type { Environment } from '@marcbachmann/cel-js';

type Condition = ReturnType<Environment['parse']>;

/** Keeps what was parsed: a scan asks the same few conditions of every subject. */
export function compiler(environment: Environment): (condition: string) => Condition {
  const known = new Map<string, Condition>();
  return (condition) => {
    const parsed = known.get(condition) ?? environment.parse(condition);
    known.set(condition, parsed);
    return parsed;
  };
}

/** What is wrong with a condition, or undefined when it can be typed, gives true or false, and can be computed for each example. */
export function errorIn(
  environment: Environment,
  condition: string,
  examples: readonly object[],
): string | undefined {
  const checked = environment.check(condition);
  if (!checked.valid) {
    return checked.error?.message ?? 'not a CEL expression';
  }
  if (checked.type !== 'bool') {
    return `gives ${checked.type ?? 'nothing'}, a condition gives bool`;
  }
  // Some faults only show when it is computed: a pattern that is none, in matches("("), a division by zero.
  try {
    for (const example of examples) environment.evaluate(condition, example);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** The first line of what the engine says: the others draw where. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}

/** @throws TypeError unless a condition gave true or false */
export function truth(result: unknown, condition: string): boolean {
  if (typeof result !== 'boolean') {
    throw new TypeError(`the condition ${condition} gave ${typeof result}, not true or false`);
  }
  return result;
}
