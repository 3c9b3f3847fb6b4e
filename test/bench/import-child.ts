import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { dateInShanghai, instantOf } from '#domain/time/time.ts';
import { TableReader } from '#domain/library/table.ts';
import { Subject } from '#domain/subject/subject.ts';
import { openFile, outcomesOf } from '#files/table.ts';
import { IMPORT_BATCH, planRows, type ImportRow } from '#store/importing.ts';
import { libraryItem } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { reviewItem } from '#store/reviews.ts';
import { openState } from '#store/store.ts';

/** `node import-child.ts bare|import ROWS TABLE`: writes a register, and tells the time and the most memory that it took. */
const [mode = '', count = '', table = ''] = process.argv.slice(2);
const rows = Number(count);
const store = openState(table);
const AT = instantOf(Date.UTC(2026, 8, 1, 1, 30));

function codeOf(n: number): string {
  const first = `91410381MA${String(n).padStart(7, '0')}`;
  return first + creditCodeCheckCharacter(first);
}

/** A line of the register, about as long as a real one. */
function cellsOf(n: number): readonly string[] {
  return [
    codeOf(n),
    `洛阳市偃师区示例${n}商贸有限公司`,
    `4103810${String(n % 10).padStart(2, '0')}`,
    'F5211',
    `示例路${n}号`,
    '示例市场监督管理局',
  ];
}

/** Each subject with the review that makes it due. Half of the time of a bare write would go into making its items: they are made off the clock, a batch at a time. */
async function bare(): Promise<number> {
  const day = dateInShanghai(AT);
  let milliseconds = 0;
  for (let from = 0; from < rows; from += IMPORT_BATCH) {
    const items = Array.from({ length: Math.min(IMPORT_BATCH, rows - from) }, (_, n) => itemOf(from + n));
    const reviews = items.map(({ pk, digest }) => reviewItem(pk, { day, digest, awaits: digest }));
    const start = performance.now();
    await putPages(store, [...reviews, ...items]);
    milliseconds += performance.now() - start;
  }
  return milliseconds;
}

function itemOf(n: number) {
  const [id, name, territory, industry, address, registrationAuthority] = cellsOf(n);
  return libraryItem(
    'subjects',
    Subject.parse({
      id,
      name,
      kind: 'enterprise',
      status: 'active',
      territory,
      industry,
      tags: [],
      licences: [],
      address,
      registrationAuthority,
    }),
  );
}

/** What the steps of an import do, without the storage between them. */
async function imported(): Promise<number> {
  const header = '统一社会信用代码,企业名称,行政区划,行业,住所,登记机关';
  // Written line by line: what is measured is the import and not the making of its file.
  const whole = Buffer.alloc((rows + 1) * 256);
  let length = whole.write(`${header}\n`);
  for (let n = 0; n < rows; n += 1) length += whole.write(`${cellsOf(n).join(',')}\n`, length);
  const bytes = whole.subarray(0, length);
  const start = performance.now();
  let batch: ImportRow<'subjects'>[] = [];
  const write = async () => {
    const plan = await planRows(store, 'subjects', batch, AT);
    await plan.apply();
    batch = [];
  };
  for await (const found of outcomesOf(openFile(bytes, 'subjects'), new TableReader('subjects'))) {
    if (found.kind !== 'record') throw new Error(`row ${found.row} was not read as a record`);
    batch.push(found);
    if (batch.length === IMPORT_BATCH) await write();
  }
  if (batch.length > 0) await write();
  return performance.now() - start;
}

const milliseconds = mode === 'bare' ? await bare() : await imported();
process.stdout.write(JSON.stringify({ milliseconds, maxRssKb: process.resourceUsage().maxRSS }));
