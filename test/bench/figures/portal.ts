import { createServer, request as httpRequest } from 'node:http';
import {
  DynamoDB,
  type BatchGetItemCommandInput,
  type GetItemCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { resultsOf, type Publication } from '#domain/inspection/publication.ts';
import { later } from '#domain/time/time.ts';
import { putPages } from '#store/pages.ts';
import { published } from '#store/publishing.ts';
import { openState, type StateTable } from '#store/store.ts';
import { gatewayEvent, handlerOf } from '../../lambda/invoke.ts';
import { fillLibrary } from '../../support/draws.ts';
import { poolOf, storeDrawn } from '../../support/public-draw.ts';
import { at, day } from '../../support/samples.ts';
import { withEngine } from '../engine.ts';
import { compared, duration, interleaved, turns, type Figure } from '../measure.ts';

const FEW = 200;
const MANY = 200_000;
/** Pages of 2,000 results each are put at a time, so that this process holds few. */
const PUT_AT_A_TIME = 2_000;
const ROUNDS = 31;

/** A request to the store as it went over the wire. */
interface Sent {
  readonly target: string;
  readonly body: string;
}

/**
 * What drawing a public page adds to its own queries: the function as it is deployed, asked for pages, against the same requests
 * sent again by the SDK's bare client, in turns. And the search among 200,000 results against the search among 200.
 */
export async function portalPages(): Promise<Figure[]> {
  return withEngine('portal', async () => {
    const proxy = await recordingProxy(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    try {
      process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.url;
      const state = openState(process.env['STATE_TABLE'] ?? '');
      await fillLibrary(state, 10);
      const { draw } = await storeDrawn(state, 900, poolOf(200));
      await publish(state, 0, FEW);
      const handler = await handlerOf('portal');
      const asking =
        (route: string, params: Record<string, string> = {}, query = '') =>
        () =>
          handler(gatewayEvent({ route, params, query, headers: { accept: 'text/html' } }));
      const pages = [
        ['results', asking('GET /public/inspections')],
        ['one result', asking('GET /public/inspections/{id}', { id: idOf(7) })],
        ['draws', asking('GET /public/draws')],
        ['one draw', asking('GET /public/draws/{id}', { id: draw.id })],
        ['items', asking('GET /public/items')],
        ['directory', asking('GET /public/directory')],
      ] as const;
      const bare = new DynamoDB();
      const figures: Figure[] = [];
      for (const [name, page] of pages) {
        await page();
        proxy.take();
        await page();
        const sent = proxy.take();
        const { baseline, measured, ratio } = await interleaved(() => resent(bare, sent), page, ROUNDS);
        figures.push({
          name: `public page: ${name}`,
          measured: duration(measured),
          baseline: `${duration(baseline)} for its ${sent.length} queries alone`,
          ratio,
          target: { bound: 'at most', ratio: 2 },
        });
      }
      figures.push(await amongMany(state, asking('GET /public/inspections', {}, UNIT_QUERY)));
      return figures;
    } finally {
      proxy.close();
    }
  });
}

const UNIT = '商务综合执法大队';
const UNIT_QUERY = new URLSearchParams({ unit: UNIT }).toString();

/** The same page of the search, before and after all the others are there. */
async function amongMany(state: StateTable, page: () => Promise<unknown>): Promise<Figure> {
  const [few = []] = await turns([page], ROUNDS, () => {});
  await publish(state, FEW, MANY);
  const [many = []] = await turns([page], ROUNDS, () => {});
  const { baseline, measured } = compared(few, many);
  return {
    name: `a search among ${MANY} results`,
    measured: duration(measured),
    baseline: `${duration(baseline)} among ${FEW}`,
    ratio: measured / baseline,
    target: { bound: 'at most', ratio: 2 },
  };
}

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const numbered = (n: number): Publication => ({
  id: idOf(n),
  version: 1,
  inspection: idOf(n),
  draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
  subjectId: `91410381000${String(n).padStart(7, '0')}`,
  subjectName: '示例餐饮店',
  items: [{ code: 'YS-001', matter: '成品油零售经营', legalBasis: '办法' }],
  units: [UNIT],
  inspectedOn: day('2026-02-20'),
  results: resultsOf([1]),
  publishedAt: later(at('2026-02-21T01:00:00.000Z'), n * 60_000),
  publishBy: day('2026-03-20'),
  onTime: true,
});

/** The records and their places in the list of their unit: what the pages measured here read. The places of words, forty each, are not. */
async function publish(state: StateTable, from: number, through: number): Promise<void> {
  for (let first = from; first < through; first += PUT_AT_A_TIME) {
    const some = Array.from({ length: Math.min(PUT_AT_A_TIME, through - first) }, (_, n) => first + n);
    await putPages(
      state,
      some.flatMap((n) =>
        published(numbered(n), '410381')
          .filter(({ key }) => key.pk.startsWith('PUBLICATION#') || key.pk.startsWith('FOUND#UNIT#'))
          .map(({ key, item }) => ({ ...item, ...key })),
      ),
    );
  }
}

/** Sends requests again one after the other, as a page that knows nothing beforehand has to. */
async function resent(client: DynamoDB, sent: readonly Sent[]): Promise<void> {
  for (const { target, body } of sent) {
    switch (target) {
      case 'Query':
        await client.query(z.custom<QueryCommandInput>().parse(JSON.parse(body)));
        break;
      case 'GetItem':
        await client.getItem(z.custom<GetItemCommandInput>().parse(JSON.parse(body)));
        break;
      case 'BatchGetItem':
        await client.batchGetItem(z.custom<BatchGetItemCommandInput>().parse(JSON.parse(body)));
        break;
      default:
        throw new Error(`${target} is no reading`);
    }
  }
}

/** Hands every request on to the engine, and keeps what it was: both that are compared go this way. */
async function recordingProxy(engine: string) {
  let sent: Sent[] = [];
  const { hostname, port } = new URL(engine);
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const target = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
      sent.push({ target, body: body.toString('utf8') });
      const outgoing = httpRequest(
        { hostname, port, method: 'POST', headers: incoming.headers },
        (response) => {
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
        },
      );
      outgoing.on('error', () => answer.destroy());
      outgoing.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${own}`,
    take: (): Sent[] => {
      const taken = sent;
      sent = [];
      return taken;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
