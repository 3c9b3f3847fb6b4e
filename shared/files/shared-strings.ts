import { unreadable } from './zip.ts';

const ITEM = /<(?:\w+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
/** How a Chinese or Japanese name is read aloud stands beside it, and is not part of it. */
const READING_ALOUD = /<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g;
const TEXT = /<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g;
const END = /<\/(?:\w+:)?sst>\s*$/;
const EMPTY = /<(?:\w+:)?sst[^>]*\/>\s*$/;

/**
 * The texts of a workbook to which the cells of its sheets refer by number. Read here and not by the workbook's reader, which
 * decodes each piece of the file by itself and so breaks the characters that stand across two of them.
 * @throws Refusal `workbook-unreadable` when the list has no end: later cells would be blank
 */
export async function sharedStrings(pieces: AsyncIterable<string>): Promise<string[]> {
  const strings: string[] = [];
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece;
    let read = 0;
    for (const match of text.matchAll(ITEM)) {
      strings.push(textIn(match[1] ?? ''));
      read = match.index + match[0].length;
    }
    rest = text.slice(read);
  }
  if (!END.test(rest) && !EMPTY.test(rest)) throw unreadable('文字表不完整 its list of texts is cut off');
  return strings;
}

/** A rich text is several runs, of which the text is all of them. */
function textIn(item: string): string {
  return [...item.replaceAll(READING_ALOUD, '').matchAll(TEXT)]
    .map(([, text = '']) => decoded(text))
    .join('');
}

const LAST_CODE_POINT = 0x10_ffff;
const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The text of XML character data. */
function decoded(text: string): string {
  return text
    .replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => inner.replaceAll('&', '&amp;'))
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(
      /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
      (entity, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return NAMED.get(name) ?? entity;
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        if (code > LAST_CODE_POINT) throw unreadable(`${entity} 不是字符 is no character`);
        return String.fromCodePoint(code);
      },
    );
}
