import { LocalRunnerError } from '../failure.ts';
import { isJsonObject, type Json } from '../json.ts';

/** Says whether an event matches. One matcher serves the rules of a bus and the filters of a stream mapping. */
export type Matcher = (event: Json) => boolean;
type Test = (value: Json | undefined) => boolean;

/**
 * Compiles an event pattern. Known are exact values, prefix, suffix, anything-but, exists, numeric and `$or`; any
 * other operator stops the start with its name, because a filter that lets everything through hides a loop.
 */
export function compilePattern(pattern: Json, where: string): Matcher {
  return compileObject(pattern, where);
}

function compileObject(pattern: Json, where: string): Test {
  if (!isJsonObject(pattern))
    throw new LocalRunnerError(`${where}: ${JSON.stringify(pattern)} is no event pattern.`);
  const tests = Object.entries(pattern).map(([key, value]) => compileKey(key, value, where));
  if (tests.length === 0) throw new LocalRunnerError(`${where}: an event pattern must not be empty.`);
  return (value) => {
    // An event may hold a list of objects; all conditions must then hold on one and the same of them.
    if (Array.isArray(value)) return value.some((item) => tests.every((test) => test(item)));
    return tests.every((test) => test(value));
  };
}

function compileKey(key: string, value: Json, where: string): Test {
  if (key === '$or') {
    if (!Array.isArray(value) || value.length === 0)
      throw new LocalRunnerError(`${where}: $or needs a list of patterns.`);
    const alternatives = value.map((alternative) => compileObject(alternative, where));
    return (event) => alternatives.some((test) => test(event));
  }
  const test = Array.isArray(value) ? compileLeaf(value, `${where}: ${key}`) : compileObject(value, where);
  return (event) => test(isJsonObject(event) ? event[key] : undefined);
}

function compileLeaf(alternatives: readonly Json[], where: string): Test {
  if (alternatives.length === 0)
    throw new LocalRunnerError(`${where} has an empty list, which matches nothing.`);
  const tests = alternatives.map((alternative) => compileAlternative(alternative, where));
  return (value) => {
    if (Array.isArray(value) && value.length > 0)
      return tests.some((test) => value.some((item) => test(item)));
    return tests.some((test) => test(value));
  };
}

function compileAlternative(alternative: Json, where: string): Test {
  if (!isJsonObject(alternative)) {
    if (Array.isArray(alternative))
      throw new LocalRunnerError(`${where}: a list within a list is no event pattern.`);
    return (value) => value === alternative;
  }
  const [[operator, argument] = ['', null], ...others] = Object.entries(alternative);
  if (others.length > 0)
    throw new LocalRunnerError(`${where}: ${JSON.stringify(alternative)} has two operators.`);
  switch (operator) {
    case 'prefix': {
      const text = textOf(argument, operator, where);
      return (value) => typeof value === 'string' && value.startsWith(text);
    }
    case 'suffix': {
      const text = textOf(argument, operator, where);
      return (value) => typeof value === 'string' && value.endsWith(text);
    }
    case 'exists':
      // EventBridge looks at leaves only: an object is neither there nor missing, an absent field is missing.
      if (typeof argument !== 'boolean') throw new LocalRunnerError(`${where}: exists needs true or false.`);
      return (value) => !isJsonObject(value) && (value !== undefined) === argument;
    case 'anything-but':
      return compileAnythingBut(argument, where);
    case 'numeric':
      return compileNumeric(argument, where);
    default:
      throw new LocalRunnerError(
        `${where}: the event pattern operator ${operator} is not supported by the local runner.`,
      );
  }
}

function compileAnythingBut(argument: Json, where: string): Test {
  const excluded = Array.isArray(argument) ? argument : [argument];
  const tests = excluded.map((item) => {
    if (item === null || Array.isArray(item) || typeof item === 'boolean') {
      throw new LocalRunnerError(`${where}: anything-but does not take ${JSON.stringify(item)}.`);
    }
    if (isJsonObject(item) && !('prefix' in item) && !('suffix' in item)) {
      const name = Object.keys(item)[0] ?? '{}';
      throw new LocalRunnerError(
        `${where}: the event pattern operator anything-but/${name} is not supported by the local runner.`,
      );
    }
    return compileAlternative(item, where);
  });
  return (value) => value !== undefined && !isJsonObject(value) && !tests.some((test) => test(value));
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function compileNumeric(argument: Json, where: string): Test {
  const bad = (): never => {
    throw new LocalRunnerError(`${where}: numeric does not take ${JSON.stringify(argument)}.`);
  };
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 !== 0) return bad();
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < argument.length; index += 2) {
    const comparison = comparisons[textOf(argument[index] ?? null, 'numeric', where)] ?? bad();
    const bound = argument[index + 1];
    if (typeof bound !== 'number') return bad();
    tests.push((value) => comparison(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function textOf(argument: Json, operator: string, where: string): string {
  if (typeof argument === 'string') return argument;
  throw new LocalRunnerError(
    `${where}: the event pattern operator ${operator} with ${JSON.stringify(argument)} is not supported by the local runner.`,
  );
}
