import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

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

/** How a function is bundled: one ES module with everything inside, as small as it gets: what is loaded at a cold start counts. */
export const BUNDLING = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // Beside the bundle, for the stack traces of errors; loading a function does not read it.
  sourcemap: 'linked',
  sourcesContent: false,
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
} as const satisfies BuildOptions;

/** Scripts that run in a reader's browser, by the file that a function's own folder gives out: what is deployed with the function carries them. */
const BROWSER_SCRIPTS = {
  'portal/verify': 'functions/portal/verify/open.ts',
  'portal/verifier': 'functions/portal/verify/verify.tsx',
  'console/comfort': 'functions/console/browser/comfort.ts',
} as const;

/** Descriptions that a function gives out, by the file beside its bundle: `npm run docs` makes them, and a test says that they are up to date. */
const DOCUMENTS = {
  'portal/openapi.json': 'docs/openapi.json',
  'portal/events.json': 'docs/events.json',
} as const;

/** How such a script is bundled. The same domain code as on the server: `#sha256` is the one for browsers there, by the condition. */
const BROWSER_BUNDLING = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Bundles every function in one call of esbuild, and the scripts for browsers in another. What a function needs is inside: the pinned SDK too, not whatever the runtime happens to carry. */
export async function bundleFunctions(): Promise<void> {
  const entries = functionFolders().map((name) => [`${name}/index`, entryOf(name)] as const);
  const [functions, scripts] = await Promise.all([
    build({
      ...BUNDLING,
      entryPoints: Object.fromEntries(entries),
      outdir: '.build/functions',
      outExtension: { '.js': '.mjs' },
      write: false,
    }),
    build({ ...BROWSER_BUNDLING, entryPoints: BROWSER_SCRIPTS, outdir: '.build/functions', write: false }),
  ]);
  for (const { path, contents } of [...functions.outputFiles, ...scripts.outputFiles]) {
    replace(path, contents);
  }
  for (const [path, source] of Object.entries(DOCUMENTS)) {
    const document: unknown = JSON.parse(readFileSync(`${root}${source}`, 'utf8'));
    replace(`${root}.build/functions/${path}`, Buffer.from(JSON.stringify(document)));
  }
}

/** Whole or not at all: another process may be reading the bundles that this one makes anew. */
function replace(file: string, contents: Uint8Array): void {
  if (existsSync(file) && readFileSync(file).equals(contents)) {
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, contents);
  renameSync(fresh, file);
}

function entryOf(name: string): string {
  const handler = readdirSync(`${root}functions/${name}`).find((file) => /^handler\.tsx?$/.test(file));
  if (handler === undefined) {
    throw new Error(`functions/${name} has no handler.ts`);
  }
  return `functions/${name}/${handler}`;
}
