import type { CellFault } from '#domain/library/table.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { unreadable } from './zip.ts';

/** Rows over which cells are merged (合并单元格), both ends included. */
export interface MergedRows {
  readonly first: number;
  readonly last: number;
  /** As the workbook has it: `A2:A5`. */
  readonly range: string;
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?(\d{1,7}))?"/g;
/** No element that is looked for is longer: what may be cut in two stays until the next piece. */
const LONGEST_ELEMENT = 256;
/** Hand-made sheets have some; a hundred thousand is no sheet to be read by rows. */
const MOST = 100_000;

/**
 * The merged cells of a sheet. They stand behind its rows, where a reader that goes row by row comes too late.
 * @throws Refusal `workbook-unreadable` for a sheet that has no end, `cells-merged` for more of them than a sheet of rows has
 */
export async function mergedRows(xml: AsyncIterable<Buffer>): Promise<MergedRows[]> {
  const found: MergedRows[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of xml) {
    const text = rest + decoder.decode(piece, { stream: true });
    let read = 0;
    for (const match of text.matchAll(MERGE)) {
      const first = Number(match[2]);
      found.push({ first, last: Number(match[3] ?? match[2]), range: rangeOf(match[0]) });
      read = match.index + match[0].length;
      refuseTooMany(found.length);
    }
    rest = text.slice(Math.max(read, text.length - LONGEST_ELEMENT));
  }
  // Its reader would take a sheet that was cut off for a shorter one.
  if (!/<\/(?:\w+:)?worksheet>\s*$/.test(rest)) throw unreadable('工作表不完整 a sheet is cut off');
  return found.toSorted((a, b) => a.first - b.first);
}

function rangeOf(element: string): string {
  return /ref="([^"]*)"/.exec(element)?.[1] ?? '';
}

function refuseTooMany(count: number): void {
  if (count <= MOST) return;
  throw new Refusal(
    'cells-merged',
    `合并单元格超过 ${MOST} 处，请取消合并 There are more than ${MOST} merged cells.`,
  );
}

/**
 * Tells row by row whether it takes part in merged cells: all but the first of them are blank in the file, so a row would
 * be read without what one sees in it. Rows are asked for in ascending order.
 */
export function mergeFinder(merges: readonly MergedRows[]): (row: number) => CellFault[] {
  let next = 0;
  let open: MergedRows[] = [];
  return (row) => {
    while ((merges[next]?.first ?? Infinity) <= row) {
      const begun = merges[next];
      if (begun !== undefined) open.push(begun);
      next += 1;
    }
    open = open.filter(({ last }) => last >= row);
    const [merged] = open;
    return merged === undefined
      ? []
      : [
          {
            value: merged.range,
            reason: 'cell-merged',
            detail: `本行有合并单元格 ${merged.range}，只有第一格有内容：请取消合并并逐行填写`,
          },
        ];
  };
}
