import type { DrandVerifier } from './beacon.ts';
import { commitmentHash } from './commitment.ts';
import { PoolReader } from './pool-reader.ts';
import { poolSteps, unreadPool } from './pool-steps.ts';
import type { Proof } from './proof.ts';
import { readProof } from './proof-reading.ts';
import {
  beaconSignatureSteps,
  beaconStep,
  commitmentHashStep,
  matchingStep,
  quotaStep,
  seedStep,
  selectedStep,
} from './proof-steps.ts';
import { notChecked, reportOf, STEP_NAMES, type Step, type VerificationReport } from './report.ts';
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
