/** A name as it is compared: full-width and half-width forms, capitals, spaces and punctuation make no other name. */
export function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '');
}

/** What somebody typed as words of a name, each as it is compared, each once. */
export function wordsIn(text: string): string[] {
  const words = text.split(/\s+/u).map(plainName);
  return [...new Set(words)].filter((word) => word !== '');
}

/** What nearly every enterprise's name ends in: a list of these would be the list of everything, at the price of a write for each. */
const EVERYWHERE: ReadonlySet<string> = new Set(pairs('股份有限责任公司有限公司'));

/** A name's pairs of characters beyond this many are in no list: a publication and a correction of it are one transaction of 100 items. */
const MAX_PAIRS = 22;

/**
 * The pairs of characters that a name is found by: Chinese writes no spaces, so every two that stand side by side count as a
 * word. 示例加油站 has 示例, 例加, 加油 and 油站.
 */
export function pairsOfName(name: string): string[] {
  return told(plainName(name)).slice(0, MAX_PAIRS);
}

/** The pairs that every name with this word in it has; none for a single character, and for words like 有限公司. */
export function pairsOfWord(word: string): string[] {
  return told(word);
}

function told(plain: string): string[] {
  return [...new Set(pairs(plain))].filter((pair) => !EVERYWHERE.has(pair));
}

function pairs(plain: string): string[] {
  const characters = Array.from(plain);
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** Whether a name has all the words in it. */
export function hasWords(name: string, words: readonly string[]): boolean {
  const plain = plainName(name);
  return words.every((word) => plain.includes(word));
}
