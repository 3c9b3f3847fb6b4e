import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type * as z from 'zod';
import { faultsOf } from './argument.ts';
import { environment } from './environment.ts';
import { codeOf, Failure, messageOf, UsageError } from './failure.ts';

/** The path of a file named on the command line. */
export function pathOf(file: string): string {
  return resolve(environment.folder, file);
}

/** The bytes of a file named on the command line. @throws UsageError when it can't be read */
export async function bytesOf(what: string, file: string): Promise<Buffer> {
  try {
    return await readFile(pathOf(file));
  } catch (error) {
    throw unreadable(what, file, error);
  }
}

/** Opens a file named on the command line. @throws UsageError when it can't be read */
export async function opened(what: string, file: string) {
  try {
    const handle = await open(pathOf(file));
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new UsageError(`${what} ${file} is a folder; name a file`);
    }
    return handle;
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(what, file, error);
  }
}

/** The JSON of a file named on the command line. @throws UsageError when it is no JSON or not of the shape */
export async function jsonFile<T extends z.ZodType>(
  what: string,
  file: string,
  schema: T,
): Promise<z.infer<T>> {
  return parseJsonFile(what, file, (await bytesOf(what, file)).toString('utf8'), schema);
}

/** The same for a text that was read already. @throws UsageError */
export function parseJsonFile<T extends z.ZodType>(
  what: string,
  file: string,
  text: string,
  schema: T,
): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} ${file} is not JSON: ${messageOf(error)}`);
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    throw new UsageError(`${what} ${file} is not of the shape that is accepted: ${faultsOf(read.error)}`);
  }
  return read.data;
}

/** Writes a file whole or not at all: a crash half-way leaves the old one. @throws Failure when it can't be written */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const path = pathOf(file);
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(beside, content);
    await rename(beside, path);
  } catch (error) {
    throw new Failure(`${file} could not be written: ${messageOf(error)}`);
  }
}

function unreadable(what: string, file: string, error: unknown): UsageError {
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new UsageError(
      `${what} ${file} does not exist; name a file that does (looked in ${environment.folder})`,
    );
  }
  return code === 'EISDIR'
    ? new UsageError(`${what} ${file} is a folder; name a file`)
    : new UsageError(`${what} ${file} can't be read: ${messageOf(error)}`);
}
