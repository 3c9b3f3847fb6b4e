import { JsonText } from '#domain/canonical/json-text.ts';
import { DrandRound, type DrandChain } from '#domain/draw/drand-chain.ts';

import { isRoundOf } from './verify-round.ts';

/** A relay that gave no verified round, and why, in words for a log. */
export interface RelayFailure {
  readonly relay: string;
  readonly why: string;
}

/** A verified round, and the relays that failed before it was had. */
export interface Published extends DrandRound {
  readonly kind: 'published';
  readonly tried: readonly RelayFailure[];
}

/** No relay gave anything that holds. */
export interface Unreachable {
  readonly kind: 'unreachable';
  readonly tried: readonly RelayFailure[];
}

/** The round is in the future: a relay said so and showed a verified round, `latest`, that comes before it. */
export interface NotYet {
  readonly kind: 'not-yet';
  readonly latest: number;
  readonly tried: readonly RelayFailure[];
}

export interface AskingOptions {
  /** For one request; a relay is asked two questions at most. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 4_000;
/** A round is 250 bytes long. */
const BODY_LIMIT_BYTES = 16 * 1024;

/**
 * The newest round that any relay can show, verified. All are asked at once and the newest wins: a relay that holds back
 * rounds, or one that makes them up, changes nothing while another answers honestly. What comes back was public already,
 * so a round that is to be committed to must lie after it, whatever our own clock says.
 * Takes one timeout at most; never throws for a bad relay.
 */
export async function latestRound(
  chain: DrandChain,
  relays: readonly string[],
  { timeoutMs = TIMEOUT_MS }: AskingOptions = {},
): Promise<Published | Unreachable> {
  const answers = await Promise.all(
    relays.map(async (relay) => ({ relay, answer: await ask(chain, relay, 'latest', timeoutMs) })),
  );
  const tried = answers.flatMap(({ relay, answer }) =>
    answer.kind === 'round' ? [] : [{ relay, why: answer.why }],
  );
  const [newest] = answers
    .flatMap(({ answer }) => (answer.kind === 'round' ? [answer.round] : []))
    .toSorted((left, right) => right.round - left.round);
  return newest === undefined
    ? { kind: 'unreachable', tried }
    : { kind: 'published', ...pick(newest), tried };
}

/**
 * One round, verified, from the first relay that can show it. An answer that is not of the shape, is for another round
 * or does not verify counts as that relay's failure, and the next is asked. `not-yet` is believed only of a relay that
 * shows a verified round before the one asked for: a relay that does not know the chain has no such round either.
 * Takes two timeouts for each relay at most; never throws for a bad relay.
 */
export async function fetchRound(
  chain: DrandChain,
  relays: readonly string[],
  round: number,
  { timeoutMs = TIMEOUT_MS }: AskingOptions = {},
): Promise<Published | NotYet | Unreachable> {
  const tried: RelayFailure[] = [];
  let latest = 0;
  for (const relay of relays) {
    const answer = await ask(chain, relay, round, timeoutMs);
    const shown = answer.kind === 'missing' ? await ask(chain, relay, 'latest', timeoutMs) : answer;
    if (shown.kind !== 'round') {
      tried.push({ relay, why: shown.why });
    } else if (shown.round.round === round) {
      return { kind: 'published', ...pick(shown.round), tried };
    } else if (answer.kind === 'missing' && shown.round.round < round) {
      latest = Math.max(latest, shown.round.round);
    } else {
      tried.push({ relay, why: `has no round ${round}, and shows round ${shown.round.round}` });
    }
  }
  return latest > 0 ? { kind: 'not-yet', latest, tried } : { kind: 'unreachable', tried };
}

function pick({ round, randomness, signature }: DrandRound): DrandRound {
  return { round, randomness, signature };
}

type Answer =
  | { readonly kind: 'round'; readonly round: DrandRound }
  /** The relay has nothing there: a round of the future, or a chain that it does not know. */
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** One question to one relay. Whatever goes wrong is the answer's `why`. */
async function ask(
  chain: DrandChain,
  relay: string,
  which: number | 'latest',
  timeoutMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(`${relay.replace(/\/+$/, '')}/${chain.hash}/public/${which}`, {
      headers: { accept: 'application/json' },
      // A relay answers for itself, and not with an address that somebody put there.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      const missing = response.status === 404 || response.status === 425;
      return { kind: missing ? 'missing' : 'failed', why: `answers ${response.status}` };
    }
    return await judge(chain, which, await boundedText(response));
  } catch (error) {
    return { kind: 'failed', why: wordsOf(error, timeoutMs) };
  }
}

async function judge(chain: DrandChain, which: number | 'latest', text: string | undefined): Promise<Answer> {
  if (text === undefined) {
    return { kind: 'failed', why: `answers with more than ${BODY_LIMIT_BYTES} bytes` };
  }
  const read = Body.safeParse(text);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { kind: 'failed', why: `answers with no round: ${issue?.path.join('/')} ${issue?.message}` };
  }
  const round = read.data;
  if (which !== 'latest' && round.round !== which) {
    return { kind: 'failed', why: `answers with round ${round.round} when asked for ${which}` };
  }
  return (await isRoundOf(chain, round))
    ? { kind: 'round', round }
    : { kind: 'failed', why: `shows a round ${round.round} whose signature does not verify` };
}

const Body = JsonText.pipe(DrandRound);

/** The body as text; undefined when it is longer than the limit, the rest then not being read. */
async function boundedText({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) {
      return undefined;
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function wordsOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.name === 'TimeoutError') {
    return `gives no answer within ${timeoutMs} ms`;
  }
  // fetch says only "fetch failed"; what failed is its cause.
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
