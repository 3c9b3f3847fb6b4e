import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchRound, latestRound } from '#beacon/relays.ts';
import { ownChain } from './own-chain.ts';

const { chain, sign } = ownChain('one');
const other = ownChain('two');
const [seventh, eighth] = [sign(7), sign(8)];

type Answering = (response: ServerResponse, which: string, request: IncomingMessage) => void;
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) {
    close();
  }
});

/** A relay on this machine that answers as told; `which` is `latest` or a round's number. */
async function relay(answering: Answering): Promise<string> {
  const server = createServer((request, response) => {
    const [, prefix, which = ''] = /^(\/[^/]+\/public\/)(.+)$/.exec(request.url ?? '') ?? [];
    if (prefix !== `/${chain.hash}/public/` || request.method !== 'GET') {
      throw new Error(`a relay was asked for ${request.method} ${request.url}`);
    }
    answering(response, which, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const status = (code: number) => async () => relay((response) => response.writeHead(code).end());
const json = (value: unknown) => async () => relay((response) => response.end(JSON.stringify(value)));
/** A relay that has the rounds up to the newest. */
const honest = (newest: number) => async () =>
  relay((response, which) => {
    const round = which === 'latest' ? newest : Number(which);
    if (round > newest) {
      response.writeHead(404).end();
    } else {
      response.end(JSON.stringify({ ...sign(round), previous_signature: undefined }));
    }
  });

/** Each a way in which a relay can fail, and what is said of it. */
const failing: readonly (readonly [string, () => Promise<string>, RegExp])[] = [
  ['is down', async () => Promise.resolve('http://127.0.0.1:1'), /ECONNREFUSED|bad port|fetch failed/],
  ['is no URL', async () => Promise.resolve('relay'), /Failed to parse URL/],
  ['fails', status(500), /^answers 500$/],
  ['answers with no JSON', async () => relay((response) => response.end('<html>')), /is not JSON$/],
  ['answers with another shape', json({ round: 7 }), /^answers with no round: randomness /],
  ['answers for another round', json(eighth), /^answers with round 8 when asked for 7$/],
  ['shows another signature', json({ ...eighth, round: 7 }), /signature does not verify$/],
  ['shows another randomness', json({ ...seventh, randomness: eighth.randomness }), /does not verify$/],
  ['shows the round of another chain', json(other.sign(7)), /signature does not verify$/],
  ['never ends', async () => relay((response) => response.write(' ')), /^gives no answer within 200 ms$/],
  [
    'answers with too much',
    async () => relay((response) => response.end(' '.repeat(16 * 1024) + JSON.stringify(seventh))),
    /^answers with more than 16384 bytes$/,
  ],
  [
    'sends one elsewhere',
    async () => relay((response) => response.writeHead(302, { location: 'https://example.org/' }).end()),
    /redirect/,
  ],
  ['cuts the connection', async () => relay((response) => response.destroy()), /socket|terminated|failed/],
];

describe('a round that is fetched', () => {
  it('is the verified one of the first relay, and no other relay is asked', async () => {
    const relays = [`${await honest(9)()}/`, 'http://127.0.0.1:1'];
    expect(await fetchRound(chain, relays, 7)).toEqual({ kind: 'published', ...seventh, tried: [] });
  });

  it.each(failing)('comes from the next relay when one %s', async (_, made, why) => {
    const bad = await made();
    const outcome = await fetchRound(chain, [bad, await honest(9)()], 7, { timeoutMs: 200 });
    expect(outcome).toEqual({
      kind: 'published',
      ...seventh,
      tried: [{ relay: bad, why: expect.stringMatching(why) }],
    });
  });

  it('is unreachable when every relay fails, each with its reason', async () => {
    const relays = await Promise.all(failing.map(async ([, made]) => made()));
    const outcome = await fetchRound(chain, relays, 7, { timeoutMs: 200 });
    expect(outcome).toEqual({
      kind: 'unreachable',
      tried: failing.map(([, , why], at) => ({ relay: relays[at], why: expect.stringMatching(why) })),
    });
    expect(await fetchRound(chain, [], 7)).toEqual({ kind: 'unreachable', tried: [] });
  });

  it('is not yet there when a relay shows that an earlier one is the newest', async () => {
    expect(await fetchRound(chain, [await honest(6)()], 7)).toEqual({
      kind: 'not-yet',
      latest: 6,
      tried: [],
    });
  });

  it('is not yet there when a relay says 425 Too Early', async () => {
    const early = await relay((response, which) => {
      response
        .writeHead(which === 'latest' ? 200 : 425)
        .end(which === 'latest' ? JSON.stringify(sign(3)) : '');
    });
    expect(await fetchRound(chain, [early, await status(503)()], 7)).toEqual({
      kind: 'not-yet',
      latest: 3,
      tried: [{ relay: expect.any(String), why: 'answers 503' }],
    });
  });

  it('is had from a relay that is ahead of one that lags behind', async () => {
    expect(await fetchRound(chain, [await honest(6)(), await honest(7)()], 7)).toEqual({
      kind: 'published',
      ...seventh,
      tried: [],
    });
  });

  it('is had when it appears between the two questions', async () => {
    const late = await relay((response, which) => {
      response
        .writeHead(which === 'latest' ? 200 : 404)
        .end(which === 'latest' ? JSON.stringify(seventh) : '');
    });
    expect(await fetchRound(chain, [late], 7)).toMatchObject({ kind: 'published', round: 7 });
  });

  it('is not believed to be in the future by a 404 alone', async () => {
    const [stranger, liar, forger] = await Promise.all([
      status(404)(),
      relay((response, which) => {
        response.writeHead(which === 'latest' ? 200 : 404).end(JSON.stringify(sign(9)));
      }),
      relay((response, which) => {
        response.writeHead(which === 'latest' ? 200 : 404).end(JSON.stringify(other.sign(6)));
      }),
    ]);
    expect(await fetchRound(chain, [stranger, liar, forger], 7)).toEqual({
      kind: 'unreachable',
      tried: [
        { relay: stranger, why: 'answers 404' },
        { relay: liar, why: 'has no round 7, and shows round 9' },
        { relay: forger, why: 'shows a round 6 whose signature does not verify' },
      ],
    });
  });
});

describe('the latest round', () => {
  it('is the newest that any relay can show', async () => {
    const relays = [await honest(3)(), await honest(8)(), await honest(5)()];
    expect(await latestRound(chain, relays)).toEqual({ kind: 'published', ...eighth, tried: [] });
  });

  it('is not one that a relay made up', async () => {
    const [forger, down, good] = [await json(other.sign(99))(), await status(500)(), await honest(8)()];
    expect(await latestRound(chain, [forger, down, good])).toEqual({
      kind: 'published',
      ...eighth,
      tried: [
        { relay: forger, why: 'shows a round 99 whose signature does not verify' },
        { relay: down, why: 'answers 500' },
      ],
    });
  });

  it('is unreachable when no relay shows a verified one', async () => {
    const silent = await relay(() => {});
    expect(await latestRound(chain, [silent, 'http://127.0.0.1:1'], { timeoutMs: 200 })).toEqual({
      kind: 'unreachable',
      tried: [
        { relay: silent, why: 'gives no answer within 200 ms' },
        { relay: 'http://127.0.0.1:1', why: expect.any(String) },
      ],
    });
  });
});
