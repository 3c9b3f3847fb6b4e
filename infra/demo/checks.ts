import * as z from 'zod';
import { verifyProof } from '#domain/draw/verification.ts';
import { GENESIS, verifyChain } from '#domain/ledger/ledger.ts';
import { Failure } from '../cli/failure.ts';
import { LedgerPage } from './chronicle.ts';
import type { Client } from './client.ts';
import type { Line } from './timeline.ts';

type Told = Omit<Line, 'at'>;

const PublicDraw = z.object({ committed: z.object({ hash: z.string() }) });

/**
 * Downloads proof and pool as anyone can, and verifies them with the code of `draw verify`; then once more with one object
 * taken out of the pool, which has to be found out.
 */
export async function checkDraw(client: Client, draw: string, committed: string): Promise<Told[]> {
  const shown = await client.look(`/public/draws/${draw}`, PublicDraw);
  if (shown.committed.hash !== committed) {
    throw new Failure(`the public page of ${draw} shows another commitment than its event`);
  }
  const proof = await client.download(`/public/draws/${draw}/proof`);
  const pool = await client.download(`/public/draws/${draw}/pool`);
  const report = verifyProof(proof, pool);
  if (!report.verified || report.notChecked.length > 0) {
    throw new Failure(
      `the proof of ${draw} does not verify: ${report.firstFailure ?? report.notChecked.join(', ')}`,
    );
  }
  const shorter = pool.subarray(pool.indexOf(LINE_FEED) + 1);
  const { firstFailure } = verifyProof(proof, shorter);
  if (firstFailure === null) {
    throw new Failure(`a pool from which an object was taken out verifies all the same`);
  }
  const lines = pool.filter((byte) => byte === LINE_FEED).length;
  return [
    {
      step: 'proof.verified',
      zh: `任何人可复核：下载证明与名单（${lines} 户），${report.steps.length} 步全部通过，随机源 ${report.beacon?.kind}`,
      en: `proof and pool downloaded and verified: all ${report.steps.length} steps hold`,
      facts: { draw, steps: report.steps.map(({ name, status }) => `${name} ${status}`), pool: lines },
    },
    {
      step: 'proof.tampered',
      zh: `从名单中删去一户再核验：在 ${firstFailure} 一步被发现`,
      en: `with one object taken out of the pool, verification fails at ${firstFailure}`,
      facts: { draw, firstFailure },
    },
  ];
}

const LINE_FEED = 10;

/** Walks the public ledger from its first entry and recomputes every link. */
export async function checkLedger(client: Client): Promise<{ readonly seq: number; readonly hash: string }> {
  let head = { seq: 0, hash: GENESIS };
  for (let more = true; more;) {
    const { entries, next } = await client.look(`/public/ledger?after=${head.seq}`, LedgerPage);
    const report = verifyChain(entries, head);
    if (!report.ok) {
      throw new Failure(`the ledger is broken at entry ${report.seq}: ${report.why}`);
    }
    head = report.after;
    more = next !== undefined;
  }
  return head;
}
