import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import * as z from 'zod';
import { environments, type FunctionName } from '#contracts/environment.ts';

const Workshop = z.object({ endpoint: z.string(), assembly: z.string(), local: z.string() });

/** The engine and the assembly that all test files share. */
export async function workshop(): Promise<z.infer<typeof Workshop>> {
  const answer = await fetch(inject('workshop'));
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(text);
  }
  return Workshop.parse(JSON.parse(text));
}

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
export const Template = z.object({ Resources: z.record(z.string(), Resource) });
export type Template = z.infer<typeof Template>;

/** The one template of an assembly, as CloudFormation gets it. */
export function templateIn(assembly: string): Template {
  const file = readdirSync(assembly).find((name) => name.endsWith('.template.json'));
  if (file === undefined) {
    throw new Error(`no template in ${assembly}`);
  }
  return Template.parse(JSON.parse(readFileSync(path.join(assembly, file), 'utf8')));
}

/** The resources of a type with their properties parsed, by logical id. */
export function resourcesOf<T extends z.ZodType>(
  template: Template,
  type: string,
  properties: T,
): Map<string, z.infer<T>> {
  return new Map(
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => [id, properties.parse(resource.Properties)]),
  );
}

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export const Reference = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((attribute) => attribute['Fn::GetAtt'][0]),
]);

const RoleOfFunction = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }) })),
});

/** The statements of each role, by its logical id. A role's rights are all inside of it: a policy beside it would be missed here, so there must be none. */
export function rightsOf<T extends z.ZodType>(template: Template, statement: T): Map<string, z.infer<T>[]> {
  if (Object.values(template.Resources).some(({ Type }) => Type === 'AWS::IAM::Policy')) {
    throw new Error('the template has a policy beside a role');
  }
  return new Map(
    [...resourcesOf(template, 'AWS::IAM::Role', RoleOfFunction)].map(([id, { Policies }]) => [
      id,
      Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map((one) => statement.parse(one))),
    ]),
  );
}

/** The function of functions/ behind a logical id, which begins with its construct's path. */
export function nameOf(logicalId: string): FunctionName | undefined {
  const names = Object.keys(environments).filter((name): name is FunctionName =>
    Object.hasOwn(environments, name),
  );
  // A logical id has letters and digits only.
  return names.find((name) =>
    new RegExp(`^(outbox|consumers|schedules|api)${name.replaceAll('-', '')}Function[0-9A-F]{8}$`).test(
      logicalId,
    ),
  );
}

/** One text, or several. */
export const List = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
/** What is read of a role's statement. */
export const Statement = z.object({
  Effect: z.string(),
  Action: List,
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
