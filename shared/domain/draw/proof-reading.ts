import { Proof, proofText } from './proof.ts';
import { failed, ok, refusalOf, type Step } from './report.ts';

/** A proof as far as it can be read. */
export interface ReadProof {
  readonly format: Step;
  /** Present when the text could be read, even if it is not the canonical one: the other steps still tell something. */
  readonly proof?: Proof;
}

/** Reads a proof's text, or the bytes of its file; throws nothing, the step says what is wrong. */
export function readProof(received: string | Uint8Array): ReadProof {
  const text = typeof received === 'string' ? received : textOfUtf8(received);
  if (text === undefined) {
    return { format: failed('proof-format', 'The proof is not UTF-8.', '证明文件不是 UTF-8 编码。') };
  }
  const value = parsedJson(text);
  const proof = Proof.safeParse(value);
  if (!proof.success) {
    const issue = proof.error.issues[0];
    const where = value === undefined ? 'it is no JSON' : `/${issue?.path.join('/')}: ${issue?.message}`;
    return {
      format: failed('proof-format', `The proof can't be read: ${where}.`, `证明无法读取（${where}）。`),
    };
  }
  let canonical = '';
  const refusal = refusalOf(() => {
    canonical = proofText(proof.data);
  });
  if (refusal !== undefined) {
    return { format: failed('proof-format', refusal, `证明无法读取（${refusal}）`) };
  }
  if (canonical !== text) {
    const en =
      'The proof is not in its one text: RFC 8785 with a line feed at the end (other spaces, order of members, escapes or repeated members).';
    const zh =
      '证明不是规定的唯一文本（RFC 8785 规范形式加一个换行符）：空白、成员顺序、转义或重复成员不同。';
    return { format: failed('proof-format', en, zh), proof: proof.data };
  }
  return {
    format: ok('proof-format', 'The proof is in its one canonical text.', '证明为规定的唯一规范文本。'),
    proof: proof.data,
  };
}

/** The text of UTF-8 bytes, a byte order mark kept; undefined when they are none. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The value of a JSON text; undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
