/** Writes a line of the answer to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a value as indented JSON to standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Writes a line beside the answer to standard error, so that the answer alone can be piped on. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** How many of something, with thousands apart: `4,980 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** The first words of a list, and how many more there are. */
export function listed(words: readonly string[], most: number): string {
  const rest = words.length - most;
  return words.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
