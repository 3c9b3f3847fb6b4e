/** A table of Markdown. A bar or a line break inside a cell would end it, so both are written differently. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cellOf).join(' | ')} |\n`)
    .join('');
}

/** Text as code: names, keys, types. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Several of them, or a dash when there is none. */
export function codes(texts: readonly string[]): string {
  return texts.length === 0 ? '–' : texts.map(code).join(', ');
}

/** A page: what it is generated from stands in it, so that nobody corrects the page instead. */
export function page(title: string, source: string, ...parts: readonly string[]): string {
  const notice = `<!-- Generated from ${source} by "npm run docs". Change that, not this. -->`;
  return `${[`# ${title}`, notice, ...parts].map((part) => part.trim()).join('\n\n')}\n`;
}

function cellOf(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
