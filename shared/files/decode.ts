import { Refusal } from '#domain/refusal/refusal.ts';

/** The encodings that a text file from a Chinese office comes in. */
export type TextEncoding = 'utf-8' | 'gb18030';

/** Bytes decoded at a time: a big file is never there as one text. */
const PIECE_BYTES = 64 * 1024;

/**
 * The text of a file in pieces: UTF-8 (with or without byte order mark) when every byte of it fits, else GB18030, which
 * spreadsheets write in China. Both strictly: a file that is neither is refused instead of filled with question marks.
 * @throws Refusal `file-empty`, `file-is-workbook`, `file-is-binary`, `file-is-utf-16`, `file-encoding`, `file-encoding-mixed`
 */
export function decodeText(bytes: Uint8Array): {
  readonly encoding: TextEncoding;
  readonly pieces: Iterable<string>;
} {
  refuseOtherFiles(bytes);
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    if (encoding === 'gb18030') refuseMixture(bytes);
    if (fits(bytes, encoding))
      return { encoding, pieces: { [Symbol.iterator]: () => pieces(bytes, encoding) } };
  }
  throw new Refusal(
    'file-encoding',
    '文件既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8” The file is neither UTF-8 nor GB18030 text.',
  );
}

function fits(bytes: Uint8Array, encoding: TextEncoding): boolean {
  try {
    const decoded = pieces(bytes, encoding);
    while (decoded.next().done !== true);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The decoder drops a byte order mark by itself, and throws TypeError at the first byte that does not fit. */
function* pieces(bytes: Uint8Array, encoding: TextEncoding): Generator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: true });
  }
  yield decoder.decode();
}

/**
 * Refuses a file that two programs wrote: decoded as GB18030 without a complaint, its lines in UTF-8 would be other
 * characters (企业 turns into 浼佷笟), and names would be imported that nobody has.
 */
function refuseMixture(bytes: Uint8Array): void {
  const marked = startsWith(bytes, [0xef, 0xbb, 0xbf]);
  let line = 1;
  let unlike: number | undefined;
  let alike: number | undefined = marked ? 1 : undefined;
  for (let from = 0; from < bytes.length && (unlike === undefined || alike === undefined); line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    const kind = lineKind(bytes.subarray(from, to));
    if (kind === 'utf-8') alike ??= line;
    if (kind === 'not-utf-8') unlike ??= line;
    from = to + 1;
  }
  if (alike === undefined) return;
  throw new Refusal(
    'file-encoding-mixed',
    `文件中混有两种编码：第 ${alike} 行是 UTF-8，第 ${unlike ?? '?'} 行不是。请用一个软件打开核对后另存为“CSV UTF-8” Two encodings are mixed in the file.`,
  );
}

/** Three bytes each, as Chinese has in UTF-8; four of them in a row are no accident of GB18030. */
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/gu;
const ACCIDENTS = 3;

function lineKind(line: Uint8Array): 'ascii' | 'utf-8' | 'not-utf-8' | 'either' {
  if (line.every((byte) => byte < 0x80)) return 'ascii';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    // The decoder throws for nothing else.
    return 'not-utf-8';
  }
  const others = text.replaceAll(CHINESE, '').search(/[^\0-\x7f]/u);
  return others < 0 && (text.match(CHINESE)?.length ?? 0) > ACCIDENTS ? 'utf-8' : 'either';
}

/** GB18030 would decode almost anything: what is plainly another kind of file is told by its first bytes and by NULs. */
function refuseOtherFiles(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Refusal('file-empty', '文件是空的 The file is empty.');
  if (isZip(bytes) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new Refusal(
      'file-is-workbook',
      '这是旧格式（.xls）或加密的 Excel 工作簿，请另存为“Excel 工作簿（.xlsx）”或“CSV UTF-8（逗号分隔）”后上传 This is an old or encrypted Excel workbook; save it as XLSX or CSV.',
    );
  }
  if (isUtf16(bytes)) {
    throw new Refusal(
      'file-is-utf-16',
      '这是“Unicode 文本”（UTF-16），请另存为“CSV UTF-8（逗号分隔）”后上传 This is UTF-16 text; save it as CSV UTF-8.',
    );
  }
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46]) || bytes.includes(0)) {
    throw new Refusal(
      'file-is-binary',
      '这不是文本文件，请上传 CSV 或 XLSX This is not a text file; CSV or XLSX is needed.',
    );
  }
}

/** Whether the bytes begin as a zip archive does, which an XLSX workbook is. */
export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
}

/** By its byte order mark, or without one by a NUL in every other place of the first bytes (a header with a comma or digits). */
function isUtf16(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return true;
  const head = [...bytes.subarray(0, 512)];
  const zeros = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zeros(0), zeros(1)];
  return (
    even + odd > 0 && (even === 0 || odd === 0) && bytes.length % 2 === 0 && even + odd >= head.length / 32
  );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
