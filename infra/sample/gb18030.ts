/** The platform decodes GB18030 but does not encode it: the decoder is turned round once, over the basic multilingual plane. */
let encodings: ReadonlyMap<string, readonly number[]> | undefined;

/**
 * GB18030 bytes of a text, as a Chinese spreadsheet program saves CSV.
 * @throws RangeError for a character outside the basic multilingual plane
 */
export function encodeGb18030(text: string): Uint8Array {
  encodings ??= turnDecoderRound();
  const bytes: number[] = [];
  for (const character of text) {
    const encoding = encodings.get(character);
    if (encoding === undefined) throw new RangeError(`no GB18030 encoding known for ${character}`);
    bytes.push(...encoding);
  }
  return Uint8Array.from(bytes);
}

function turnDecoderRound(): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  for (const sequences of [oneByte(), twoBytes(), fourBytes()]) {
    for (const [index, character] of decodeEach(sequences).entries()) {
      const sequence = sequences[index];
      // The shortest encoding of a character is the one that is written.
      if (
        sequence !== undefined &&
        character.length === 1 &&
        character !== '\uFFFD' &&
        !table.has(character)
      ) {
        table.set(character, sequence);
      }
    }
  }
  return table.set('\n', [0x0a]);
}

/** Each sequence is followed by a line feed, which is part of no sequence, so one call decodes them all apart. */
function decodeEach(sequences: readonly (readonly number[])[]): string[] {
  const bytes = Uint8Array.from(sequences.flatMap((sequence) => sequence.concat(0x0a)));
  return new TextDecoder('gb18030').decode(bytes).split('\n');
}

function oneByte(): number[][] {
  return range(0, 0x7f).flatMap((byte) => (byte === 0x0a ? [] : [[byte]]));
}

function twoBytes(): number[][] {
  const trails = [...range(0x40, 0x7e), ...range(0x80, 0xfe)];
  return range(0x81, 0xfe).flatMap((lead) => trails.map((trail) => [lead, trail]));
}

/** 0x81308130 to 0x8431A439, 39,420 places in order. */
function fourBytes(): number[][] {
  return range(0, 39_419).map((place) => [
    0x81 + Math.floor(place / 12_600),
    0x30 + (Math.floor(place / 1_260) % 10),
    0x81 + (Math.floor(place / 10) % 126),
    0x30 + (place % 10),
  ]);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
