import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pages, stalePages } from './pages.ts';

/*
 * `node infra/docs/generate.ts` writes the reference pages into docs/; `--check` writes nothing and fails with the names of those that are stale.
 * A folder may be named instead of docs/.
 */

const args = process.argv.slice(2);
const check = args.includes('--check');
const [named, ...rest] = args.filter((argument) => argument !== '--check');
const unknown = [named, ...rest].find((argument) => argument?.startsWith('-') === true) ?? rest[0];
if (unknown === undefined) {
  const folder = named === undefined ? new URL('../../docs/', import.meta.url) : folderUrl(named);
  process.exitCode = check ? await tellStale(folder) : await write(folder);
} else {
  process.stderr.write(`docs: "${unknown}" is not understood; usage: npm run docs [-- --check] [FOLDER]\n`);
  process.exitCode = 2;
}

async function write(folder: URL): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of pages()) {
    await writeFile(new URL(name, folder), text);
    process.stdout.write(`${fileURLToPath(new URL(name, folder))}\n`);
  }
  return 0;
}

async function tellStale(folder: URL): Promise<number> {
  const stale = await stalePages(folder);
  for (const name of stale) {
    process.stderr.write(`docs: ${name} is stale; write it anew with "npm run docs"\n`);
  }
  return stale.length === 0 ? 0 : 1;
}

function folderUrl(path: string): URL {
  return new URL(`${path.replace(/\/$/, '')}/`, `file://${process.cwd()}/`);
}
