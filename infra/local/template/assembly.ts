import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { LocalRunnerError } from '../failure.ts';
import { Json, JsonObject, parseJson } from '../json.ts';

const Manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({ type: z.string(), properties: z.looseObject({}).optional() }),
  ),
});
const StackArtifact = z.looseObject({ templateFile: z.string(), stackName: z.string().optional() });
const AssetArtifact = z.looseObject({ file: z.string() });
const Assets = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

const Resource = z.strictObject({
  Type: z.string(),
  Properties: JsonObject.default({}),
  Condition: z.string().optional(),
  // None of these four means anything on one machine: everything is made at once, and kept or dropped as a whole.
  DependsOn: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  DeletionPolicy: z.unknown().optional(),
  UpdateReplacePolicy: z.unknown().optional(),
});
export type Resource = z.infer<typeof Resource>;

/** Mappings and Transform are left out on purpose: a template that needs them is refused by that name. */
const Template = z.strictObject({
  Resources: z.record(z.string(), Resource),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: Json.optional() })).default({}),
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Outputs: z.unknown().optional(),
  Conditions: z.unknown().optional(),
  Rules: z.unknown().optional(),
});

export interface Assembly {
  stackName: string;
  resources: Record<string, Resource>;
  parameters: Record<string, { Type: string; Default?: Json | undefined }>;
  /** Folders of the assets by their object key in S3 (`HASH.zip`). */
  assets: Map<string, string>;
}

/** Reads a synthesized stack: manifest, template and list of assets. */
export function loadAssembly(folder: string): Assembly {
  const manifest = read(folder, 'manifest.json', Manifest);
  const artifacts = Object.entries(manifest.artifacts);
  const stacks = artifacts.filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack, ...others] = stacks;
  if (stack === undefined || others.length > 0) {
    throw new LocalRunnerError(
      `The assembly ${folder} holds ${stacks.length} stacks; the local runner runs exactly one.`,
    );
  }
  const properties = StackArtifact.parse(stack[1].properties);
  const template = read(folder, properties.templateFile, Template);
  const assets = new Map<string, string>();
  for (const [, artifact] of artifacts) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    for (const file of Object.values(
      read(folder, AssetArtifact.parse(artifact.properties).file, Assets).files,
    )) {
      for (const destination of Object.values(file.destinations)) {
        assets.set(destination.objectKey, path.resolve(folder, file.source.path));
      }
    }
  }
  return {
    stackName: properties.stackName ?? stack[0],
    resources: template.Resources,
    parameters: template.Parameters,
    assets,
  };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name);
  if (!existsSync(file)) throw new LocalRunnerError(`The assembly has no ${file}: synthesize the app first.`);
  const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : ` at ${issue.path.join('.') || 'the top'}: ${issue.message}`;
  throw new LocalRunnerError(`${file} is not something the local runner can read${where}`);
}
