/** Characters of an error that are shown at most: a function may put a whole document into its message. */
const LENGTH = 300;

const MASK = '****';

/** What may stand in an error and is nobody's business here, by how it looks. */
const hidden: readonly (readonly [RegExp, string])[] = [
  // Robots of chats carry their key in the path or the query of an address.
  [/(https?:\/\/)[^\s"'<>）)]+/gi, `$1${MASK}`],
  [/[^\s"'<>()（），。；:：]+@[^\s"'<>()（），。；:：]+/g, MASK],
  [/\b(whsec_|Bearer\s+|Basic\s+)[\w+/=.~-]+/gi, `$1${MASK}`],
  // Telephone numbers, and the numbers of people's identity cards.
  [/(?<![\w.-])\+?\d{7,17}[\dXx]?(?![\w-])/g, MASK],
];

/** The message of an error for those who look after a queue: shortened, and without addresses, telephone numbers and secrets. */
export function maskedError(message: string): string {
  const masked = hidden.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), message);
  const characters = Array.from(masked);
  return characters.length <= LENGTH ? masked : `${characters.slice(0, LENGTH - 1).join('')}…`;
}
