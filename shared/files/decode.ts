import { Refusal } from '#domain/refusal/refusal.ts';

/** The encodings that a text file from a Chinese office comes in. */
export type TextEncoding = 'utf-8' | 'gb18030';

/**
 * The text of a file: UTF-8 (with or without byte order mark) when every byte of it fits, else GB18030, which
 * spreadsheets write in China. Both strictly: a file that is neither is refused instead of filled with question marks.
 * @throws Refusal `file-empty`, `file-is-workbook`, `file-is-binary`, `file-is-utf-16`, `file-encoding`
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: TextEncoding } {
  refuseOtherFiles(bytes);
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== undefined) return { text, encoding };
  }
  throw new Refusal(
    'file-encoding',
    '文件既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8” The file is neither UTF-8 nor GB18030 text.',
  );
}

/** The decoder drops a byte order mark by itself. */
function decodeStrictly(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** GB18030 would decode almost anything: what is plainly another kind of file is told by its first bytes and by NULs. */
function refuseOtherFiles(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Refusal('file-empty', '文件是空的 The file is empty.');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new Refusal(
      'file-is-workbook',
      '这是 Excel 工作簿（或压缩包），请另存为“CSV UTF-8（逗号分隔）”后上传 This is an Excel workbook or an archive; save it as CSV.',
    );
  }
  if (isUtf16(bytes)) {
    throw new Refusal(
      'file-is-utf-16',
      '这是“Unicode 文本”（UTF-16），请另存为“CSV UTF-8（逗号分隔）”后上传 This is UTF-16 text; save it as CSV UTF-8.',
    );
  }
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46]) || bytes.includes(0)) {
    throw new Refusal('file-is-binary', '这不是文本文件，请上传 CSV This is not a text file; CSV is needed.');
  }
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
