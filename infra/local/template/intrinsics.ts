import { LocalRunnerError } from '../failure.ts';
import { isJsonObject, type Json } from '../json.ts';

/** What names in a template stand for. Both functions throw LocalRunnerError for a name they don't know. */
export interface Scope {
  ref(logicalId: string, where: string): Json | undefined;
  attribute(logicalId: string, attribute: string, where: string): Json;
}

/**
 * Replaces the intrinsic functions of a template value by what they stand for. `AWS::NoValue` becomes undefined and
 * is left out. A function that is not known here stops the start: passing it through would put the text of an
 * object into an environment variable.
 */
export function resolveIntrinsics(value: Json, scope: Scope, where: string): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => resolveIntrinsics(item, scope, where)).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value);
  const [key] = keys;
  if (
    keys.length === 1 &&
    key !== undefined &&
    (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
  ) {
    return resolveFunction(key, value[key] ?? null, scope, where);
  }
  const resolved: [string, Json][] = [];
  for (const [name, item] of Object.entries(value)) {
    const result = resolveIntrinsics(item, scope, `${where}.${name}`);
    if (result !== undefined) resolved.push([name, result]);
  }
  return Object.fromEntries(resolved);
}

function resolveFunction(name: string, argument: Json, scope: Scope, where: string): Json | undefined {
  switch (name) {
    case 'Ref':
      return scope.ref(text(argument, name, where), where);
    case 'Fn::GetAtt': {
      const [id, ...attribute] =
        typeof argument === 'string' ? argument.split('.') : list(argument, name, where);
      return scope.attribute(
        text(id, name, where),
        attribute.map((part) => text(part, name, where)).join('.'),
        where,
      );
    }
    case 'Fn::Join': {
      const [separator, items] = list(argument, name, where);
      return resolveList(items, scope, name, where).join(text(separator, name, where));
    }
    case 'Fn::Sub':
      return substitute(argument, scope, where);
    case 'Fn::Split': {
      const [separator, source] = list(argument, name, where);
      return resolveText(source, scope, name, where).split(text(separator, name, where));
    }
    case 'Fn::Select': {
      const [index, items] = list(argument, name, where);
      const resolved = resolveList(items, scope, name, where);
      const chosen = resolved[Number(index)];
      if (chosen === undefined) {
        throw new LocalRunnerError(`${where}: Fn::Select has no item ${JSON.stringify(index)}.`);
      }
      return chosen;
    }
    default:
      throw new LocalRunnerError(
        `${where}: the intrinsic function ${name} is not supported by the local runner.`,
      );
  }
}

function substitute(argument: Json, scope: Scope, where: string): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = isJsonObject(variables) ? variables : {};
  return text(template, 'Fn::Sub', where).replaceAll(/\$\{([^}]*)\}/g, (_match, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const given = own[name];
    if (given !== undefined) return resolveText(given, scope, 'Fn::Sub', where);
    const dot = name.indexOf('.');
    const value =
      dot === -1 ? scope.ref(name, where) : scope.attribute(name.slice(0, dot), name.slice(dot + 1), where);
    return resolveText(value, scope, 'Fn::Sub', where);
  });
}

function resolveList(value: Json | undefined, scope: Scope, name: string, where: string): string[] {
  const resolved = value === undefined ? undefined : resolveIntrinsics(value, scope, where);
  return list(resolved, name, where).map((item) => text(item, name, where));
}

function resolveText(value: Json | undefined, scope: Scope, name: string, where: string): string {
  return text(value === undefined ? undefined : resolveIntrinsics(value, scope, where), name, where);
}

function list(value: Json | undefined, name: string, where: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new LocalRunnerError(`${where}: ${name} needs a list, not ${JSON.stringify(value)}.`);
}

function text(value: Json | undefined, name: string, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new LocalRunnerError(`${where}: ${name} needs a text, not ${JSON.stringify(value)}.`);
}
