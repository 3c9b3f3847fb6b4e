import { serialize, type ASTNode, type Environment } from '@marcbachmann/cel-js';

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
  examples: readonly Readonly<Record<string, object>>[],
): string | undefined {
  const checked = environment.check(condition);
  if (!checked.valid) {
    return checked.error === undefined ? 'not a CEL expression' : messageOf(checked.error);
  }
  if (checked.type !== 'bool') {
    return `gives ${checked.type ?? 'nothing'}, a condition gives bool`;
  }
  // Some faults only show when it is computed: a pattern that is none, in matches("("), a division by zero.
  try {
    for (const example of examples) {
      for (const tried of [condition, ...callsToTry(environment, condition, Object.keys(example))]) {
        environment.evaluate(tried, example);
      }
    }
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * The calls of a condition that come to the same fault whenever they are made, each as a condition of its own. No example may
 * get as far as they are: in `subject.isAbnormal() && subject.complaints(0) > 1` none does who is not listed.
 */
function* callsToTry(
  environment: Environment,
  condition: string,
  variables: readonly string[],
): Generator<string> {
  for (const node of nodesIn(environment.parse(condition).ast)) {
    if (node.op !== 'rcall') continue;
    const [name, receiver, given] = node.args;
    if ([...nodesIn(given)].some(({ op }) => op === 'id')) continue;
    if (receiver.op === 'id' && variables.includes(receiver.args)) yield serialize(node);
    else if (name === 'matches') yield `"".matches(${given.map(serialize).join()})`;
  }
}

/** The nodes of a parsed condition, with all that are inside them. */
function* nodesIn(parsed: unknown): Generator<ASTNode> {
  if (Array.isArray(parsed)) {
    for (const one of parsed) yield* nodesIn(one);
  } else if (isNode(parsed)) {
    yield parsed;
    yield* nodesIn(parsed.args);
  }
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
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
