import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { Refusal } from '#domain/refusal/refusal.ts';

/** One file of an archive, as its central directory tells. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all files together, unpacked. */
  readonly bytes: number;
  /** Unpacked bytes for each packed one: text repeats itself, but not a thousand times. */
  readonly ratio: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** A zip ends in a comment of at most this length. */
const LONGEST_COMMENT = 0xffff;
/** After the data of a file whose sizes were not known when it was begun. */
const LONGEST_DESCRIPTOR = 24;
const STORED = 0;
const DEFLATED = 8;

/**
 * The files of an archive, from its central directory, and nothing between them that the directory does not name: a reader
 * that goes from file to file would unpack it.
 * @throws Refusal `workbook-unreadable`, `workbook-too-large`
 */
export function zipEntries(bytes: Uint8Array, limits: ZipLimits): ZipEntry[] {
  try {
    return entriesIn(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes, limits);
  } catch (error) {
    // A place outside the file: the archive was cut off.
    if (error instanceof RangeError) throw unreadable('文件不完整 the archive is cut off');
    throw error;
  }
}

function entriesIn(view: DataView, bytes: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  const first = view.getUint32(end + 16, true);
  if (count > limits.entries) throw tooLarge(`${count} 个内部文件 files inside`);
  const entries: ZipEntry[] = [];
  let at = first;
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw unreadable('目录损坏 its directory is broken');
    if ((view.getUint16(at + 8, true) & 1) === 1) throw unreadable('文件已加密 it is encrypted');
    const length = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + length)),
      method: view.getUint16(at + 10, true),
      compressed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += CENTRAL_BYTES + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  refuseHoles(view, entries, first);
  refuseBombs(entries, limits);
  return entries;
}

function endOf(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw unreadable('找不到目录 it has no directory');
}

/** The bytes of one file as they stand in the archive, its header and all that is its own. */
export function recordOf(bytes: Uint8Array, all: readonly ZipEntry[], { offset }: ZipEntry): Uint8Array {
  const later = all.map((entry) => entry.offset).filter((other) => other > offset);
  return bytes.subarray(offset, Math.min(directoryOf(bytes), ...later));
}

/** The directory and what follows it. */
export function tailOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(directoryOf(bytes));
}

function directoryOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(endOf(view) + 16, true);
}

/** Each file begins where the one before ends, and the directory where the last one does. */
function refuseHoles(view: DataView, entries: readonly ZipEntry[], directory: number): void {
  let expected = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    refuseHole(entry.offset - expected);
    expected = dataOf(view, entry) + entry.compressed;
  }
  refuseHole(directory - expected);
}

function refuseHole(gap: number): void {
  if (gap < 0 || gap > LONGEST_DESCRIPTOR)
    throw unreadable('目录与内容不符 its directory and contents differ');
}

function refuseBombs(entries: readonly ZipEntry[], { bytes, ratio }: ZipLimits): void {
  const whole = entries.reduce((sum, { size }) => sum + size, 0);
  if (whole > bytes) throw tooLarge(`解压后 ${whole} 字节 bytes unpacked`);
  const bomb = entries.find(({ size, compressed }) => size > 1_000_000 && size > compressed * ratio);
  if (bomb !== undefined) {
    throw tooLarge(`${bomb.name} 压缩比超过 ${ratio} is packed more than ${ratio} times`);
  }
}

/**
 * The unpacked bytes of one file, piece by piece.
 * @throws Refusal `workbook-unreadable` when they are not as many as the directory says: that was only the archive's word
 */
export async function* unpacked(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<Buffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = dataOf(view, entry);
  const data = bytes.subarray(from, from + entry.compressed);
  let size = 0;
  for await (const piece of inflated(data, entry)) {
    size += piece.length;
    if (size > entry.size) break;
    yield piece;
  }
  if (size !== entry.size)
    throw unreadable('解压后的长度与目录不符 a file is not as long as the directory says');
}

async function* inflated(data: Uint8Array, { method }: ZipEntry): AsyncGenerator<Buffer> {
  if (method === STORED) {
    yield Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return;
  }
  if (method !== DEFLATED) throw unreadable('压缩方式不支持 its way of packing is not known');
  try {
    for await (const piece of Readable.from([data]).pipe(createInflateRaw())) {
      yield Buffer.from(piece);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

function dataOf(view: DataView, { offset }: ZipEntry): number {
  if (view.getUint32(offset, true) !== LOCAL) throw unreadable('目录损坏 its directory is broken');
  return offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
}

/** A workbook that can't be opened, with the reason that was found. */
export function unreadable(why: string): Refusal {
  return new Refusal(
    'workbook-unreadable',
    `工作簿打不开：${why}。请用 Excel 或 WPS 打开后另存为 .xlsx The workbook can't be read; save it anew as XLSX.`,
  );
}

function tooLarge(what: string): Refusal {
  return new Refusal(
    'workbook-too-large',
    `工作簿过大：${what}。请另存为“CSV UTF-8” The workbook is too large inside; save it as CSV.`,
  );
}
