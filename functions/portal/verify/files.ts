import type { Bilingual } from '#domain/draw/beacon.ts';

/** How much is handed on at a time: a few thousand pool lines, hashed in about twenty milliseconds. */
const SLICE_BYTES = 64 * 1024;

/** A file that can't be read to its end. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly file: string;
  readonly detail: Bilingual;

  constructor(file: string, detail: Bilingual) {
    super(`${file}: ${detail.en}`);
    this.file = file;
    this.detail = detail;
  }
}

/** Parts of a pool in the order of their names, numbers within a name counting as numbers: `pool (2)` before `pool (10)`. */
export function inOrder(files: Iterable<File>): File[] {
  return Array.from(files).toSorted((left, right) =>
    left.name.localeCompare(right.name, 'en', { numeric: true }),
  );
}

/**
 * The bytes of a file in small slices, unzipped when it is gzip (told by its first two bytes). The page gets a turn after each,
 * so that a file of any size neither freezes it nor fills its memory. `onRead` is told the bytes of the file itself.
 * @throws FileFault
 */
export async function* slicesOf(
  file: File,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const zipped = await isGzip(file);
  const counted = inSlices(file.stream(), onRead);
  const reader = (zipped ? counted.pipeThrough(new DecompressionStream('gzip')) : counted).getReader();
  for (;;) {
    const { done, value } = await next(reader, file, zipped);
    if (done) {
      return;
    }
    for (let from = 0; from < value.byteLength; from += SLICE_BYTES) {
      yield value.subarray(from, from + SLICE_BYTES);
      await pageTurn();
    }
  }
}

/**
 * The same bytes in slices, each taken when it is asked for: browsers hand over pieces of megabytes, well ahead of who reads
 * them, and what is told of progress would be told too early.
 */
function inSlices(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  onRead: (bytes: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let rest = new Uint8Array();
  return new ReadableStream(
    {
      pull: async (controller) => {
        while (rest.byteLength === 0) {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          rest = value;
        }
        const slice = rest.subarray(0, SLICE_BYTES);
        rest = rest.subarray(SLICE_BYTES);
        onRead(slice.byteLength);
        controller.enqueue(slice);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The whole of a small file. @throws FileFault */
export async function bytesOf(file: File): Promise<Uint8Array> {
  const slices = await Array.fromAsync(slicesOf(file));
  return new Uint8Array(await new Blob(slices.map((slice) => slice.slice())).arrayBuffer());
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  file: File,
  zipped: boolean,
): Promise<
  { readonly done: true; readonly value?: undefined } | { readonly done: false; readonly value: Uint8Array }
> {
  try {
    const { done, value } = await reader.read();
    return done ? { done } : { done, value };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileFault(
      file.name,
      zipped
        ? {
            zh: `gzip 文件损坏、不完整，或由几个 gzip 文件拼接而成（${why}）。请先解压再选择，或分别选择各部分。`,
            en: `This gzip file is damaged, cut off, or several of them put together (${why}). Unzip it first, or choose its parts as separate files.`,
          }
        : {
            zh: `文件无法读取（${why}）。若选择后文件被改动过，请重新选择。`,
            en: `The file can't be read (${why}). If it was changed since, choose it again.`,
          },
    );
  }
}

async function isGzip(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** Lets the page draw and answer its reader before the work goes on. */
function pageTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
