import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LedgerEntry, verifyChain } from '#domain/ledger/ledger.ts';
import type { Runner } from '#infra/local/runner.ts';

/** All that a run left behind, in an order that does not depend on when it was written. */
export interface Snapshot {
  /** Every item of the state table by its key. */
  readonly state: ReadonlyMap<string, string>;
  /** Every event of the ledger with its hash; the chain itself was verified. */
  readonly ledger: readonly string[];
  readonly deadLetters: number;
}

/** Reads both tables whole. @throws Error when the ledger's chain is broken */
export async function snapshot(runner: Runner): Promise<Snapshot> {
  const tables = Object.entries(runner.tables);
  const items = async (part: string) => {
    const found = tables.find(([logicalId]) => logicalId.includes(part));
    if (found === undefined) {
      throw new Error(`the stack has no table ${part}`);
    }
    return scan(runner, found[1]);
  };
  const state = (await items('State')).map(
    ({ pk, sk, ...rest }) => [`${String(pk)} ${String(sk)}`, ordered(rest)] as const,
  );
  const entries = z
    .array(LedgerEntry.strip())
    .parse((await items('Ledger')).filter((item) => item['chain'] === 'CHAIN'));
  const chain = verifyChain(entries.toSorted((a, b) => a.seq - b.seq));
  if (!chain.ok) {
    throw new Error(`the ledger is broken: ${chain.why}`);
  }
  return {
    state: new Map(
      state.filter(([key]) => !key.startsWith('RUNNER#')).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    ledger: entries
      .map((entry) => `${entry.type} ${entry.about} ${entry.event} ${entry.eventHash}`)
      .toSorted(),
    deadLetters: runner.deadLetters().length,
  };
}

/** What one run has and the other has not, or has otherwise: nothing when they are equal. */
export function differences(expected: Snapshot, actual: Snapshot): string[] {
  const keys = new Set([...expected.state.keys(), ...actual.state.keys()]);
  const state = [...keys].flatMap((key) => {
    const [before, after] = [expected.state.get(key), actual.state.get(key)];
    return before === after ? [] : [`${key}: ${before ?? 'absent'} became ${after ?? 'absent'}`];
  });
  const ledger = [
    ...expected.ledger
      .filter((entry) => !actual.ledger.includes(entry))
      .map((entry) => `ledger lost ${entry}`),
    ...actual.ledger
      .filter((entry) => !expected.ledger.includes(entry))
      .map((entry) => `ledger gained ${entry}`),
    ...(actual.ledger.length === new Set(actual.ledger).size ? [] : ['the ledger holds an event twice']),
  ];
  const dead = actual.deadLetters === 0 ? [] : [`${actual.deadLetters} dead letters`];
  return [...state, ...ledger, ...dead];
}

const Item = z.record(z.string(), z.unknown());

async function scan({ dynamodb }: Runner, table: string): Promise<z.infer<typeof Item>[]> {
  const client = new DynamoDBClient(dynamodb);
  const documents = DynamoDBDocumentClient.from(client);
  const items: z.infer<typeof Item>[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(new ScanCommand({ TableName: table, ExclusiveStartKey: after }));
    items.push(...z.array(Item).parse(page.Items ?? []));
    after = page.LastEvaluatedKey;
  } while (after !== undefined);
  client.destroy();
  return items;
}

/** JSON with sorted members: the engine gives attributes in no order. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
