import { existsSync } from 'node:fs';
import * as z from 'zod';
import { GENESIS, LedgerEntry, verifyChain } from '#domain/ledger/ledger.ts';
import { answered } from './answer.ts';
import { faultsOf } from './argument.ts';
import { connectionFor } from './connection.ts';
import { Failure } from './failure.ts';
import { jsonFile, pathOf, writeWhole } from './files.ts';
import { exchange } from './http.ts';
import { counted, print } from './output.ts';
import { progress } from './progress.ts';

const Options = z.object({ url: z.string().optional(), checkpoint: z.string().optional() });

const Head = z.strictObject({ seq: z.int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) });
type Head = z.infer<typeof Head>;

const Page = z.object({ entries: z.array(z.unknown()), next: z.int().positive().optional() });

/** Strict, because a member that the hash doesn't cover could say anything. */
const Entry = LedgerEntry;

/** `ledger verify`: every link from the first entry on, and that an earlier head is still among them. */
export async function verify(given: unknown): Promise<void> {
  const { url: asked, checkpoint } = Options.parse(given);
  const { url } = connectionFor(asked);
  const remembered =
    checkpoint !== undefined && existsSync(pathOf(checkpoint))
      ? await jsonFile('--checkpoint', checkpoint, Head)
      : undefined;
  const head = await walk(url, remembered);
  print(`${url}: ${counted(head.seq, 'entry', 'entries')}, every link holds`);
  print(`head ${head.seq} ${head.hash}`);
  if (remembered !== undefined) {
    print(`the remembered head ${remembered.seq} is still in the chain`);
  }
  if (checkpoint !== undefined) {
    await writeWhole(checkpoint, `${JSON.stringify(head)}\n`);
    print(`remembered in ${checkpoint}`);
  }
}

async function walk(url: string, remembered: Head | undefined): Promise<Head> {
  const line = progress();
  let head: Head = { seq: 0, hash: GENESIS };
  let more = true;
  assertRemembered(url, head, remembered);
  try {
    while (more) {
      const { entries, next } = await page(url, head.seq);
      for (const entry of entries) {
        head = follow(entry, head);
        assertRemembered(url, head, remembered);
      }
      if (next !== undefined && (entries.length === 0 || next !== head.seq)) {
        throw new Failure(
          `${url} says that the ledger goes on after entry ${next}, but its page ends with ${head.seq}`,
        );
      }
      more = next !== undefined;
      line.show(counted(head.seq, 'entry', 'entries'));
    }
  } finally {
    line.clear();
  }
  if (remembered !== undefined && head.seq < remembered.seq) {
    throw new Failure(
      `the ledger of ${url} ends with entry ${head.seq}, but entry ${remembered.seq} was its head before: its tail was cut off`,
    );
  }
  return head;
}

async function page(url: string, after: number): Promise<z.infer<typeof Page>> {
  const answer = await exchange({
    method: 'GET',
    url: `${url}/public/ledger?after=${after}`,
    // A page kept by a cache may end before a head that was remembered since, and look like a tail that was cut off.
    headers: { 'cache-control': 'no-cache' },
  });
  return answered(`the ledger of ${url}`, answer, Page);
}

function follow(value: unknown, head: Head): Head {
  const entry = Entry.safeParse(value);
  if (!entry.success) {
    throw new Failure(`entry ${head.seq + 1} of the ledger is broken: ${faultsOf(entry.error)}`);
  }
  const report = verifyChain([entry.data], head);
  if (!report.ok) {
    throw new Failure(`the ledger is broken at entry ${report.seq}: ${report.why}`);
  }
  return report.after;
}

function assertRemembered(url: string, head: Head, remembered: Head | undefined): void {
  if (remembered !== undefined && remembered.seq === head.seq && remembered.hash !== head.hash) {
    throw new Failure(
      `entry ${head.seq} of the ledger of ${url} has the hash ${head.hash}, but it was ${remembered.hash} when it was remembered: the chain was rewritten`,
    );
  }
}
