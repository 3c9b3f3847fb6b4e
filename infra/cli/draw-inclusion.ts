import * as z from 'zod';
import type { Bilingual } from '#domain/draw/beacon.ts';
import { verifyInclusion, type InclusionReport } from '#domain/draw/inclusion.ts';
import { chainOf } from './drand-chain.ts';
import { Failure } from './failure.ts';
import { bytesOf } from './files.ts';
import { note, print, printJson } from './output.ts';

const Options = z.object({ json: z.boolean().default(false), chain: z.string().optional() });

const STATUS = { ok: 'ok', failed: 'FAILED', 'not-checked': 'not checked' } as const;

/** `draw inclusion PROOF INCLUSION`: one enterprise's line, without the pool. */
export async function verify(proofFile: string, inclusionFile: string, given: unknown): Promise<void> {
  const { json, chain: chainFile } = Options.parse(given);
  const proof = await bytesOf('PROOF', proofFile);
  const chain = await chainOf(proof, chainFile);
  const report = verifyInclusion(proof, await bytesOf('INCLUSION', inclusionFile), chain.with);
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

function printReport(
  { steps, beacon, notChecked, conclusion }: InclusionReport,
  warning: Bilingual | undefined,
): void {
  for (const { name, status, detail } of steps) {
    print(`${STATUS[status].padEnd(12)} ${name.padEnd(19)} ${detail.en}`);
    print(`${' '.repeat(33)}${detail.zh}`);
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
  print(`NOT CHECKED 未核验: ${notChecked.join(', ')} — nothing is said about it.`);
  print(conclusion.en);
  print(conclusion.zh);
}
