/** A name for those who need not know it: `张三` is `张*`. */
export function maskedName(name: string): string {
  return `${Array.from(name).slice(0, 1).join('')}*`;
}

/** Characters of a contact below which none of it is shown. */
const SHORT = 8;

/** A contact for those who need not use it: `13800001234` is `****34`, so that two requests can be told apart. */
export function maskedContact(contact: string): string {
  const characters = Array.from(contact);
  return `****${characters.length < SHORT ? '' : characters.slice(-2).join('')}`;
}
