import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod';
import { BUNDLING } from '#infra/bundle.ts';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const Code = z.object({ S3Key: z.string() });

/** Puts another bundle into an assembly in place of a function's own: for showing that the tests see what is wrong with it. */
export async function replaceFunction(assembly: string, name: string, entry: string): Promise<void> {
  const text = readFileSync(join(assembly, 'mingchou-local.template.json'), 'utf8');
  const resources = Object.entries(Template.parse(JSON.parse(text)).Resources);
  const found = resources.find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.includes(`${name}Function`),
  );
  const asset = Code.parse(found?.[1].Properties?.['Code']).S3Key.replace(/\.zip$/, '');
  const folder = join(assembly, `asset.${asset}`);
  // A link into the assembly of all tests would let this bundle run in theirs.
  rmSync(folder, { recursive: true });
  await build({ ...BUNDLING, entryPoints: [entry], outfile: join(folder, 'index.mjs') });
}
