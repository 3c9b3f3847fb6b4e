import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every TypeScript file under a folder, by its path from the root. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The text without its comments, so that a rule is about code and not about what is said of it. */
export const codeOf = (file: string): string =>
  textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');

const rooms = ['domain', 'contracts', 'store', 'lambda', 'web', 'files', 'reference', 'rules', 'beacon'];

/** The files of this repository that a file imports, and that those import, itself included. */
export function reachableFrom(file: string, seen: Set<string> = new Set()): Set<string> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const [, named] of codeOf(file).matchAll(/(?:from|import)\s+'([^']+)'/g)) {
      const target = resolved(file, named ?? '');
      if (target !== undefined) {
        reachableFrom(target, seen);
      }
    }
  }
  return seen;
}

function resolved(from: string, named: string): string | undefined {
  const room = rooms.find((name) => named.startsWith(`#${name}/`));
  const target = named.startsWith('.')
    ? path.join(path.dirname(from), named)
    : room === undefined
      ? undefined
      : `shared/${named.slice(1)}`;
  if (target !== undefined && !existsSync(path.join(root, target))) {
    throw new Error(`${from} imports ${named}, which is not there`);
  }
  return target;
}
