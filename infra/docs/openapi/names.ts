import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import { catalogue, eventTypes } from '#contracts/catalogue.ts';

const Module = z.record(z.string(), z.unknown());

/** A schema that a file exports, and what tells it from another of the same name. */
interface Exported {
  readonly name: string;
  readonly file: string;
  readonly schema: z.ZodType;
}

/** The events by `event.` and their type. */
export const eventSchemas: ReadonlyMap<string, z.ZodType> = new Map(
  eventTypes.map((type) => [`event.${type}`, catalogue[type].schema]),
);

/**
 * Every schema that has a name of its own: those that the domain and the contracts export, by the name that their code
 * has for them, and the events. Of two of one name each carries its file's name too, since a reader has to tell them apart.
 */
export async function namedSchemas(): Promise<ReadonlyMap<string, z.ZodType>> {
  const found = [...(await exportedBy('domain')), ...(await exportedBy('contracts'))];
  // A name that another file hands on is still the one schema's.
  const first = found.filter(({ schema }, at) => found.findIndex((one) => one.schema === schema) === at);
  return new Map([
    ...eventSchemas,
    ...first.map((one): [string, z.ZodType] => [
      first.some(({ name, schema }) => name === one.name && schema !== one.schema)
        ? `${one.file}.${one.name}`
        : one.name,
      one.schema,
    ]),
  ]);
}

async function exportedBy(room: string): Promise<Exported[]> {
  const folder = fileURLToPath(new URL(`../../../shared/${room}/`, import.meta.url));
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    // What runs in browsers only has a twin for servers.
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.browser.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const modules = await Promise.all(
    files.map(async (file) => {
      const loaded: unknown = await import(pathToFileURL(file).href);
      return [path.basename(file, '.ts'), Module.parse({ ...Object(loaded) })] as const;
    }),
  );
  return modules.flatMap(([file, exports]) =>
    Object.entries(exports).flatMap(([name, schema]) =>
      /^[A-Z]/.test(name) && schema instanceof z.ZodType ? [{ name, file, schema }] : [],
    ),
  );
}
