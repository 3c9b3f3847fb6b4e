import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';
import { publicationOf } from '#domain/inspection/publication.ts';
import { commit } from '#store/commit.ts';
import { createdPublication } from '#store/publications.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY } from '../support/samples.ts';

const Page = z.object({ results: z.array(z.object({ id: z.string() })), next: z.string().optional() });

beforeAll(async () => {
  const { state } = await openDatabase();
  const writes = Array.from({ length: 51 }, (_, n) =>
    createdPublication(
      publicationOf({
        ...assignedInspection,
        id: `I-${n.toString(16).padStart(24, '0')}`,
        status: 'published',
        endedAt: MONDAY,
        publishBy: { date: day('2026-03-30'), provisional: false },
        publishedAt: at(`2026-03-05T01:00:${String(n).padStart(2, '0')}.000Z`),
        record: cleanRecord,
      }),
    ),
  );
  await commit(state, { at: MONDAY, writes, events: [] });
});

async function page(query: string) {
  const portal = await handlerOf('portal');
  return answerOf(await portal(gatewayEvent({ route: 'GET /public/inspections', query })));
}

describe('the list of published results', () => {
  it('article 14: goes on where the page before ended, by the position that it gave', async () => {
    const first = Page.parse(JSON.parse((await page('format=json')).body));
    expect(first.results.length).toBe(50);
    expect(first.next).toBe('2026-03-05T01:00:01.000Z_I-000000000000000000000001');
    const second = Page.parse(
      JSON.parse((await page(`format=json&after=${encodeURIComponent(first.next ?? '')}`)).body),
    );
    expect(second).toEqual({ results: [{ id: 'I-000000000000000000000000' }] });
  });

  it('article 14: links its next page in HTML so that following the link gives the rest', async () => {
    const link = /href="\/public\/inspections\?([^"]+)"/.exec((await page('')).body)?.[1] ?? 'none';
    const rest = await page(link.replaceAll('&amp;', '&'));
    expect([rest.statusCode, rest.body.split('<tr').length - 2]).toEqual([200, 1]);
  });
});
