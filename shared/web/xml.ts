/** A piece of XML that is written already: text becomes one by being escaped, and by nothing else. */
interface Xml {
  readonly xml: string;
}

/** An element with attributes and content; texts in it are escaped. Names are ours and are written as they stand. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: readonly (Xml | string)[] = [],
): Xml {
  const given = Object.entries(attributes)
    .map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
    .join('');
  const inner = content.map((part) => (typeof part === 'string' ? escaped(part) : part.xml)).join('');
  return { xml: inner === '' ? `<${name}${given}/>` : `<${name}${given}>${inner}</${name}>` };
}

/** A whole document in UTF-8. */
export function xmlDocument({ xml }: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${xml}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that no XML 1.0 document may hold in any form are written as U+FFFD: one of them in a name would make the whole feed unreadable. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
