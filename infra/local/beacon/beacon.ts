import type { IncomingMessage, ServerResponse } from 'node:http';
import { infoOf, roundAt, type DrandRound } from '#domain/draw/drand-chain.ts';
import { type Instant, later } from '#domain/time/time.ts';
import type { BeaconAnswer } from '../options.ts';
import { LOCAL_CHAIN, LOCAL_KEY_TEXT, LOCAL_RELAY_PATH } from './chain.ts';
import { signerOf, type RoundSigner } from './signer.ts';

/** How far a relay that is late lags behind. */
const LATE_MS = 3_600_000;

/**
 * A drand relay (HTTP API v1) of the local chain. Rounds follow the runner's clock: one of the future is a 404, as real
 * relays answer it. The signatures are real ones, of a key that is not secret.
 */
export class LocalBeacon {
  readonly #now: () => Instant;
  #how: BeaconAnswer;
  #honest: RoundSigner | undefined;
  #stranger: RoundSigner | undefined;

  constructor(now: () => Instant, how: BeaconAnswer) {
    this.#now = now;
    this.#how = how;
  }

  static owns(pathname: string): boolean {
    return pathname.startsWith(`${LOCAL_RELAY_PATH}/`);
  }

  /** Answers in another way from now on. */
  set(how: BeaconAnswer): void {
    this.#how = how;
  }

  answer(request: IncomingMessage, response: ServerResponse, pathname: string): void {
    if (this.#how === 'unreachable') {
      request.socket.destroy();
      return;
    }
    const [chain, ...rest] = pathname.slice(LOCAL_RELAY_PATH.length + 1).split('/');
    const what = rest.join('/');
    if (request.method !== 'GET' || chain !== LOCAL_CHAIN.hash) return send(response, 404);
    if (what === 'info') return send(response, 200, infoOf(LOCAL_CHAIN));
    const latest = roundAt(LOCAL_CHAIN, this.#how === 'late' ? later(this.#now(), -LATE_MS) : this.#now());
    const round =
      what === 'public/latest' ? latest : Number(/^public\/([1-9]\d{0,14})$/.exec(what)?.[1] ?? Number.NaN);
    if (Number.isNaN(round)) return send(response, 400);
    if (round < 1 || round > latest) return send(response, 404);
    return send(response, 200, this.#sign(round));
  }

  /** Keys are made when first needed: most starts of the runner draw nothing. */
  #sign(round: number): DrandRound {
    if (this.#how === 'wrong') {
      this.#stranger ??= signerOf(`${LOCAL_KEY_TEXT}, and another`);
      return this.#stranger.sign(round);
    }
    this.#honest ??= signerOf(LOCAL_KEY_TEXT);
    return this.#honest.sign(round);
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
