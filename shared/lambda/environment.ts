import * as z from 'zod';
import { environments, variables, type FunctionName, type VariableName } from '#contracts/environment.ts';

type Environment<F extends FunctionName> = {
  readonly [V in (typeof environments)[F][number] & VariableName]: z.infer<(typeof variables)[V]>;
};

/**
 * The function's own variables, parsed. The one place that reads `process.env`; called at the first invocation, not at
 * import, so that a missing variable fails a request with its name rather than a cold start without one.
 * @throws z.ZodError naming each variable that is missing or wrong.
 */
export function environmentOf<F extends FunctionName>(name: F): Environment<F> {
  const names: readonly VariableName[] = environments[name];
  const shape = Object.fromEntries(names.map((variable) => [variable, variables[variable]]));
  return narrow<F>(z.object(shape).parse(process.env), names);
}

function narrow<F extends FunctionName>(parsed: object, names: readonly string[]): Environment<F> {
  if (!hasAll<F>(parsed, names)) {
    throw new TypeError(`environment lacks one of ${names.join(', ')}`);
  }
  return parsed;
}

function hasAll<F extends FunctionName>(parsed: object, names: readonly string[]): parsed is Environment<F> {
  return names.every((name) => Object.hasOwn(parsed, name));
}

/** Makes a value at the first call and keeps it: a function's clients and settings live as long as its container. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
