import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where each function's bundle stands: `.build/functions/NAME/index.mjs`. The same files are deployed and run locally. */
export const bundleFolder = (name: string): string => `${root}.build/functions/${name}`;

/** The functions that there are: the folders of functions/. */
export function functionFolders(): string[] {
  return readdirSync(`${root}functions`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Bundles every function in one call of esbuild. What a function needs is inside: the pinned SDK too, not whatever the runtime happens to carry. */
export async function bundleFunctions(): Promise<void> {
  const entries = functionFolders().map((name) => [`${name}/index`, entryOf(name)] as const);
  rmSync(`${root}.build/functions`, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries),
    outdir: '.build/functions',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import', 'node'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'error',
    // Some dependencies are CommonJS and call require for built-in modules, which an ES module does not have.
    banner: {
      js: "import{createRequire as mingchouRequire}from'node:module';const require=mingchouRequire(import.meta.url);",
    },
  });
}

function entryOf(name: string): string {
  const handler = readdirSync(`${root}functions/${name}`).find((file) => /^handler\.tsx?$/.test(file));
  if (handler === undefined) {
    throw new Error(`functions/${name} has no handler.ts`);
  }
  return `functions/${name}/${handler}`;
}
