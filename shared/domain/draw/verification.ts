import type { DrandVerifier } from './beacon.ts';
import { commitmentHash } from './commitment.ts';
import { PoolReader } from './pool-reader.ts';
import { poolSteps, unreadPool } from './pool-steps.ts';
import { Proof, proofText } from './proof.ts';
import {
  beaconSignatureSteps,
  beaconStep,
  commitmentHashStep,
  matchingStep,
  quotaStep,
  seedStep,
  selectedStep,
} from './proof-steps.ts';
import {
  failed,
  notChecked,
  ok,
  refusalOf,
  reportOf,
  STEP_NAMES,
  type Step,
  type VerificationReport,
} from './report.ts';
import { Selector } from './select.ts';
import { seedOf } from './ticket.ts';

/** Checks that the domain can't do itself; what is not passed in is reported as not checked. */
export interface VerifierOptions {
  readonly drand?: DrandVerifier;
}

/**
 * Verifies a proof against the pool, both as published: text, or bytes as read from the file (prefer bytes: a decoder
 * may hide a byte order mark or bytes that are not UTF-8). Needs no database and no network. Throws nothing for bad
 * input: everything is in the report.
 */
export function verifyProof(
  proof: string | Uint8Array,
  pool: string | Uint8Array | Iterable<string | Uint8Array>,
  options: VerifierOptions = {},
): VerificationReport {
  const verifier = new ProofVerifier(proof, options);
  for (const chunk of typeof pool === 'string' || pool instanceof Uint8Array ? [pool] : pool) {
    verifier.push(chunk);
  }
  return verifier.report();
}

/** The same for a pool that arrives in pieces (a stream being unzipped): `push` each, then `report` once. */
export class ProofVerifier {
  readonly #options: VerifierOptions;
  readonly #format: Step;
  readonly #draw: Draw | undefined;
  readonly #pool: PoolReader;

  constructor(proof: string | Uint8Array, options: VerifierOptions = {}) {
    this.#options = options;
    const { format, proof: read } = readProof(proof);
    this.#format = format;
    const draw = read === undefined ? undefined : recompute(read);
    this.#draw = draw;
    this.#pool = new PoolReader(({ id, stratum }) => {
      // A stratum without quota is reported by the step `quota`; here it only must not stop the reading.
      if (draw?.selector.has(stratum) === true) {
        draw.selector.add(id, stratum);
      }
    });
  }

  /** The next piece of the pool's text, cut anywhere. */
  push(chunk: string | Uint8Array): void {
    this.#pool.push(chunk);
  }

  /** Ends the pool and reports every step. */
  report(): VerificationReport {
    this.#pool.end();
    const pool = poolSteps(this.#pool, this.#draw?.proof.commitment.pool);
    if (this.#draw === undefined) {
      return reportOf([this.#format, ...pool, ...proofUnread()], null);
    }
    const { proof, hash, seed, selector } = this.#draw;
    const steps = [
      this.#format,
      ...pool,
      quotaStep(proof),
      commitmentHashStep(proof, hash),
      beaconStep(proof),
      ...beaconSignatureSteps(proof, this.#options.drand),
      seedStep(proof, seed),
      this.#pool.formatFault === undefined
        ? selectedStep(proof, selector.selected())
        : unreadPool('selected'),
      matchingStep(proof, seed),
    ];
    return reportOf(steps, proof.commitment.beacon);
  }
}

/** What follows from the commitment and the beacon value alone, whatever the proof says it is. */
interface Draw {
  readonly proof: Proof;
  readonly hash: string;
  readonly seed: string;
  readonly selector: Selector;
}

function recompute(proof: Proof): Draw {
  const hash = commitmentHash(proof.commitment);
  const seed = seedOf(hash, proof.beaconValue);
  return { proof, hash, seed, selector: new Selector(seed, proof.commitment.quota) };
}

function proofUnread(): Step[] {
  const about = STEP_NAMES.filter(
    (name) => name !== 'proof-format' && name !== 'beacon-signature' && !name.startsWith('pool-'),
  );
  return about.map((name) => notChecked(name, 'The proof could not be read.', '证明无法读取，本步未核验。'));
}

interface ReadProof {
  readonly format: Step;
  /** Present when the text could be read, even if it is not the canonical one: the other steps still tell something. */
  readonly proof?: Proof;
}

function readProof(received: string | Uint8Array): ReadProof {
  const text = typeof received === 'string' ? received : textOfUtf8(received);
  if (text === undefined) {
    return { format: failed('proof-format', 'The proof is not UTF-8.', '证明文件不是 UTF-8 编码。') };
  }
  const value = parsed(text);
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

function textOfUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
