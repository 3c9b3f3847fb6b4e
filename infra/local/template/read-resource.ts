import type * as z from 'zod';
import { LocalRunnerError } from '../failure.ts';
import type { Assembly } from './assembly.ts';
import { resolveIntrinsics } from './intrinsics.ts';
import type { References } from './references.ts';
import { honouredTypes, passiveTypes, type Support } from './resources.ts';

/** Every resource of one type, its intrinsics resolved and its properties parsed. */
export function resourcesOf<T extends z.ZodType>(
  assembly: Assembly,
  references: References,
  type: string,
  support: Support<T>,
): { id: string; properties: z.output<T> }[] {
  return Object.entries(assembly.resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => {
      const kept = Object.entries(resource.Properties).filter(([name]) => !support.ignored.includes(name));
      const resolved = resolveIntrinsics(Object.fromEntries(kept), references, id);
      const parsed = support.honoured.safeParse(resolved);
      if (parsed.success) return { id, properties: parsed.data };
      throw new LocalRunnerError(`Resource ${id} (${type}): ${describe(parsed.error)}`);
    });
}

/** Refuses a resource of a type that is neither honoured nor known to mean nothing here. */
export function refuseUnknownTypes(assembly: Assembly): void {
  for (const [id, resource] of Object.entries(assembly.resources)) {
    if (passiveTypes.has(resource.Type)) continue;
    if (honouredTypes[resource.Type] === undefined) {
      throw new LocalRunnerError(
        `Resource ${id}: the type ${resource.Type} is not supported by the local runner.`,
      );
    }
    if (resource.Condition !== undefined) {
      throw new LocalRunnerError(
        `Resource ${id} (${resource.Type}): Condition ${resource.Condition} is not supported by the local runner.`,
      );
    }
  }
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'cannot be read';
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return `the property ${[...path, issue.keys[0] ?? ''].join('.')} is not supported by the local runner.`;
  }
  return `the property ${path.join('.')} is not supported by the local runner as it is: ${issue.message}`;
}
