const WIDTH = 28;

/** One line that tells how far something is, drawn over itself on a terminal; nothing where there is no terminal. */
export interface Progress {
  show(line: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Progress on standard error when that is a terminal. */
export function progress(): Progress {
  if (!process.stderr.isTTY) {
    return { show: () => undefined, clear: () => undefined };
  }
  return {
    show: (line) => process.stderr.write(`\r\u001B[2K${line}`),
    clear: () => process.stderr.write('\r\u001B[2K'),
  };
}

/** `[#######---------] 44%  1.8 of 4.1 MB` */
export function bar(done: number, whole: number): string {
  return `${drawn(done, whole)}  ${megabytes(done)} of ${megabytes(whole)} MB`;
}

/** `[#######---------] 44%  44,000 of 100,000 rows` */
export function rowBar(done: number, whole: number, what = 'rows'): string {
  return `${drawn(done, whole)}  ${part(done, whole, what)}`;
}

/** Progress by lines, for where there is no terminal to draw on: one for every tenth that is done. */
export function lines(say: (line: string) => void, what = 'rows'): (done: number, whole: number) => void {
  let said = -1;
  return (done, whole) => {
    const tenth = whole === 0 ? 0 : Math.floor((done / whole) * 10);
    if (tenth <= said) return;
    said = tenth;
    say(part(done, whole, what));
  };
}

function part(done: number, whole: number, what: string): string {
  return `${done.toLocaleString('en-US')} of ${whole.toLocaleString('en-US')} ${what}`;
}

function drawn(done: number, whole: number): string {
  const share = whole === 0 ? 1 : Math.min(1, done / whole);
  const filled = Math.round(share * WIDTH);
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${Math.floor(share * 100)}%`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
