import { SaxesParser } from 'saxes';

/** An element of a document, with the address of its namespace before its name: `{http://…}entry`. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** A document as a strict parser reads it. @throws Error when it is not well-formed */
export function xmlIn(text: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const given = Object.values(attributes).map(({ name, value }) => [name, value] as const);
    const node = { name: `{${uri}}${local}`, attributes: Object.fromEntries(given), children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (part) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += part;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  const [document] = root.children;
  if (document === undefined) throw new Error('the document is empty');
  return document;
}
