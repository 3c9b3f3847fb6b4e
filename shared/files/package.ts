import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file for a package: a text, or bytes as they come. */
export type PackageFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> };

/** The same for every file: the day on which ZIP's calendar begins, read by whatever clock. */
const MTIME = '1980-01-01T00:00:00';
const UNIX = 3;
const READABLE = 0o100_644;
/** Attributes of a file of Unix stand in the upper half. */
const ATTRIBUTES = READABLE * 65_536;

/**
 * A ZIP of these files in their order, as its bytes come: the same files make the same bytes, whenever and wherever. Texts are
 * compressed; photos and recordings are already, and stand as they are. Never more than a chunk is in memory.
 */
export async function* zipped(files: Iterable<PackageFile>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error;
    else ready.push(chunk);
  });
  const taken = (): Uint8Array[] => {
    if (failure !== undefined) throw failure;
    return ready.splice(0);
  };
  for (const file of files) {
    const entry = 'text' in file ? new ZipDeflate(file.name, { level: 9 }) : new ZipPassThrough(file.name);
    Object.assign(entry, { mtime: MTIME, os: UNIX, attrs: ATTRIBUTES });
    zip.add(entry);
    if ('text' in file) {
      entry.push(new TextEncoder().encode(file.text), true);
    } else {
      for await (const chunk of file.bytes) {
        entry.push(chunk);
        yield* taken();
      }
      entry.push(new Uint8Array(), true);
    }
    yield* taken();
  }
  zip.end();
  yield* taken();
}
