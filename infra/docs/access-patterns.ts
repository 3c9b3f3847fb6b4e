import { readFileSync } from 'node:fs';
import { access, type Access } from '#infra/capabilities/access.ts';
import { code, codes, page, table } from './markdown.ts';

const KEYS_FILE = 'shared/store/keys.ts';

/** docs/access-patterns.md: which function may use which keys, and what the keys are. */
export function accessPatternsPage(): string {
  const rows = Object.entries(access).map(([name, keys]) => [code(name), ...columnsOf(keys)]);
  return page(
    'Access patterns 数据访问',
    `infra/capabilities/access.ts and ${KEYS_FILE}`,
    `No request and no schedule scans a table: every access goes by key, and these are all the keys there are.

## Patterns`,
    patternsIn(readFileSync(new URL(`../../${KEYS_FILE}`, import.meta.url), 'utf8')),
    `## Who may use which

Partition keys of the state table and its indexes, as in the \`dynamodb:LeadingKeys\` condition of each function's role: a
key that is missing here is denied. \`*\` stands for the rest of the key. 
Records are put whole; UpdateItem only adds to counters (\`CELL#*\`, \`CLASSES\`, \`PUNCTUALITY#*\`, \`TALLY#*\`, \`FIGURES#*\`), and no function may call DeleteItem.`,
    table(['function', 'get', 'query', 'put', 'listing index', 'cohort index', 'due index'], rows),
    `The outbox is read from the table's stream by \`relay\` and \`ledger\`. The ledger's own table is read and added to by \`ledger\` and
read by \`portal\`, \`archive\` and \`packaging\`; nothing there is ever put twice.`,
  );
}

function columnsOf({ get, query, put, list, cohort, due }: Access): string[] {
  return [get, query, put, list, cohort, due].map((keys) => codes(keys ?? []));
}

/** The table in the comment at the head of the keys. @throws Error when there is none any more */
function patternsIn(source: string): string {
  const rows = source.split('\n').flatMap((line) => /^ \* (\|.*\|)$/.exec(line)?.[1] ?? []);
  if (rows.length < 3) {
    throw new Error(`${KEYS_FILE} has no table of access patterns in a comment`);
  }
  return rows.join('\n');
}
