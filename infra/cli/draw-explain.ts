import * as z from 'zod';
import { explainProof } from '#domain/draw/explanation.ts';
import { readProof } from '#domain/draw/proof-reading.ts';
import { Failure } from './failure.ts';
import { bytesOf } from './files.ts';
import { note, print, printJson } from './output.ts';

const Options = z.object({ json: z.boolean().default(false) });

/** `draw explain PROOF`: the proof in plain words. */
export async function explain(proofFile: string, given: unknown): Promise<void> {
  const { json } = Options.parse(given);
  const { format, proof } = readProof(await bytesOf('PROOF', proofFile));
  if (proof === undefined) {
    throw new Failure(format.detail.en);
  }
  const paragraphs = explainProof(proof);
  if (json) {
    printJson(paragraphs);
    return;
  }
  for (const { zh, en } of paragraphs) {
    print(zh);
    print(en);
    print('');
  }
  note(
    'This is what the proof says; "draw verify" finds out whether it is true. 以上为证明所载，是否属实请用 draw verify 核验。',
  );
}
