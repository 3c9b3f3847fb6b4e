import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import * as z from 'zod';
import type { Bilingual } from '#domain/draw/beacon.ts';
import type { VerificationReport } from '#domain/draw/report.ts';
import { ProofVerifier } from '#domain/draw/verification.ts';
import { chainOf } from './drand-chain.ts';
import { codeOf, Failure, messageOf } from './failure.ts';
import { bytesOf, opened } from './files.ts';
import { note, print, printJson } from './output.ts';

const Options = z.object({ json: z.boolean().default(false), chain: z.string().optional() });

const STATUS = { ok: 'ok', failed: 'FAILED', 'not-checked': 'not checked' } as const;
const MEMORY_BYTES = 1024 * 1024;

/** `draw verify PROOF.json POOL`: the pool is streamed, however long it is. */
export async function verify(proofFile: string, poolFile: string, given: unknown): Promise<void> {
  const { json, chain: chainFile } = Options.parse(given);
  const proof = await bytesOf('PROOF', proofFile);
  const chain = await chainOf(proof, chainFile);
  const verifier = new ProofVerifier(proof, chain.with);
  await readPool(poolFile, (chunk) => {
    verifier.push(chunk);
  });
  const report = verifier.report();
  const { warning } = chain;
  if (json) {
    printJson(report);
    if (warning !== undefined) {
      note(`mingchou: ${warning.en}`);
    }
  } else {
    printReport(report, warning);
  }
  if (!report.verified) {
    const failure = report.steps.find(({ name }) => name === report.firstFailure);
    throw new Failure(`verification failed at the step ${report.firstFailure}: ${failure?.detail.en ?? ''}`);
  }
}

/** Hands on the pool's text in pieces; gzip is told by its first two bytes, whatever the file is called. */
async function readPool(file: string, onChunk: (chunk: Uint8Array) => void): Promise<void> {
  const handle = await opened('POOL', file);
  try {
    const zipped = await isGzip(handle);
    const source = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: MEMORY_BYTES });
    const consume = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        onChunk(chunk);
      }
    };
    if (zipped) {
      const unzip = createGunzip({ chunkSize: MEMORY_BYTES });
      await pipeline(source, unzip, consume);
      // Node leaves out zeros behind the end of a gzip file without a word.
      if (unzip.bytesWritten < (await handle.stat()).size) {
        throw damaged(file, 'there is something behind its end');
      }
    } else {
      await pipeline(source, consume);
    }
  } catch (error) {
    if (codeOf(error)?.startsWith('Z_') === true) {
      throw damaged(file, messageOf(error));
    }
    throw error;
  } finally {
    await handle.close();
  }
}

function damaged(file: string, why: string): Failure {
  return new Failure(
    `verification failed at the step pool-format: ${file} is a gzip file that is damaged or cut off (${why})`,
  );
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(2);
  await handle.read(head, 0, 2, 0);
  return head.toString('hex') === '1f8b';
}

function printReport(
  { steps, beacon, notChecked, verified }: VerificationReport,
  warning: Bilingual | undefined,
): void {
  for (const { name, status, detail } of steps) {
    print(`${STATUS[status].padEnd(12)} ${name.padEnd(17)} ${detail.en}`);
    print(`${' '.repeat(31)}${detail.zh}`);
  }
  print('');
  if (beacon !== null) {
    print(`Beacon 随机信标: ${beacon.kind}`);
    print(`  ${beacon.meaning.en}`);
    print(`  ${beacon.meaning.zh}`);
  }
  if (warning !== undefined) {
    print(warning.en);
    print(warning.zh);
  }
  print(
    notChecked.length === 0
      ? 'Every step was checked. 各步均已核验。'
      : `NOT CHECKED 未核验: ${notChecked.join(', ')} — nothing is said about ${notChecked.length === 1 ? 'it' : 'them'}.`,
  );
  print(
    verified
      ? 'Verified: every step that was checked holds. 核验通过：已核验的各步均成立。'
      : 'NOT VERIFIED 核验未通过',
  );
}
