import * as z from 'zod';

/**
 * The types of evidence: each is shown by every browser without being run, and is known by its first bytes. HEIC is not among
 * them: few browsers show it, and the file has to open in ten years; phones give JPEG when they are asked for it.
 */
export const MediaType = z.enum(
  ['image/jpeg', 'image/png', 'application/pdf', 'video/mp4', 'audio/mpeg', 'audio/mp4', 'audio/wav'],
  {
    error: ({ input }) =>
      `不接受的文件类型“${String(input)}”，可用：JPEG、PNG、PDF、MP4、MP3、M4A、WAV accepted: image/jpeg, image/png, application/pdf, video/mp4, audio/mpeg, audio/mp4, audio/wav`,
  },
);
export type MediaType = z.infer<typeof MediaType>;

interface EvidenceType {
  readonly zh: string;
  /** Of a name's ending, without the dot. */
  readonly extension: string;
  readonly maxBytes: number;
  /** Whether these first bytes can be such a file's. */
  readonly begins: (head: Uint8Array) => boolean;
}

const MB = 1024 * 1024;
/** How many first bytes tell a type. */
export const HEAD_BYTES = 16;

export const evidenceTypes: Readonly<Record<MediaType, EvidenceType>> = {
  'image/jpeg': {
    zh: 'JPEG 照片',
    extension: 'jpg',
    maxBytes: 20 * MB,
    begins: startsWith(0xff, 0xd8, 0xff),
  },
  'image/png': {
    zh: 'PNG 图片',
    extension: 'png',
    maxBytes: 20 * MB,
    begins: startsWith(0x89, ...ascii('PNG')),
  },
  'application/pdf': {
    zh: 'PDF 文书',
    extension: 'pdf',
    maxBytes: 50 * MB,
    begins: startsWith(...ascii('%PDF-')),
  },
  'video/mp4': { zh: 'MP4 录像', extension: 'mp4', maxBytes: 500 * MB, begins: isBaseMedia },
  'audio/mpeg': { zh: 'MP3 录音', extension: 'mp3', maxBytes: 100 * MB, begins: isMp3 },
  'audio/mp4': { zh: 'M4A 录音', extension: 'm4a', maxBytes: 100 * MB, begins: isBaseMedia },
  'audio/wav': {
    zh: 'WAV 录音',
    extension: 'wav',
    maxBytes: 100 * MB,
    begins: (head) => startsWith(...ascii('RIFF'))(head) && startsWith(...ascii('WAVE'))(head.subarray(8)),
  },
};

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function startsWith(...bytes: readonly number[]): (head: Uint8Array) => boolean {
  return (head) => bytes.every((byte, at) => head[at] === byte);
}

/** ISO base media (MP4, M4A): a box `ftyp` comes first, after its length. */
function isBaseMedia(head: Uint8Array): boolean {
  return startsWith(...ascii('ftyp'))(head.subarray(4));
}

/** An ID3 tag, or the eleven set bits with which a frame of audio begins. */
function isMp3(head: Uint8Array): boolean {
  const [first, second = 0] = head;
  return startsWith(...ascii('ID3'))(head) || (first === 0xff && second >= 0xe0);
}
