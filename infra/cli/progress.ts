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
  const share = whole === 0 ? 1 : Math.min(1, done / whole);
  const filled = Math.round(share * WIDTH);
  const drawn = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  return `[${drawn}] ${Math.floor(share * 100)}%  ${megabytes(done)} of ${megabytes(whole)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
