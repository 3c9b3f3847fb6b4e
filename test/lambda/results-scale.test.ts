import { describe, expect, it } from 'vitest';
import { resultsOf, type Publication } from '#domain/inspection/publication.ts';
import { later } from '#domain/time/time.ts';
import type { StateWrite } from '#store/commit.ts';
import { findPublications } from '#store/finding.ts';
import { metered } from '#store/metering.ts';
import { putPages } from '#store/pages.ts';
import { published } from '#store/publishing.ts';
import { openState } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { at, day } from '../support/samples.ts';

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const numbered = (n: number): Publication => ({
  id: idOf(n),
  version: 1,
  inspection: idOf(n),
  draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
  subjectId: `9141038100000${String(n).padStart(5, '0')}`,
  subjectName: '示例餐饮店',
  items: [{ code: 'YS-001', matter: '成品油零售经营', legalBasis: '办法' }],
  units: ['商务综合执法大队'],
  inspectedOn: day('2026-02-20'),
  results: resultsOf([1]),
  publishedAt: later(at('2026-02-21T01:00:00.000Z'), n * 60_000),
  publishBy: day('2026-03-20'),
  onTime: true,
});

/** The record and its place in the list of its unit: what these searches read, and little enough to write thousands of. */
function isRead({ key }: StateWrite): boolean {
  return key.pk.startsWith('PUBLICATION#') || key.pk.startsWith('FOUND#UNIT#');
}

/** What one page of the search takes: requests of the store, units of capacity, and bytes of what it shows. */
async function costAmong(from: number, stored: number, unit: string | undefined) {
  await putPages(
    openState('State'),
    Array.from({ length: stored - from }, (_, n) => published(numbered(from + n), '410381')).flatMap(
      (writes) => writes.filter(isRead).map(({ key, item }) => ({ ...item, ...key })),
    ),
  );
  const { store, take, close } = metered(openState('State'));
  let requests = 0;
  store.client.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      return next(args);
    },
    { step: 'initialize', name: 'counting' },
  );
  take();
  const { items } = await findPublications(store, { words: [], unit }, { limit: 50, queries: 4 });
  const { read } = take();
  close();
  return { requests, read, bytes: JSON.stringify(items).length };
}

describe('article 14: a page of the search', () => {
  it('takes the same requests, capacity and bytes among 3,000 results as among 300', async () => {
    await openDatabase();
    const unit = '商务综合执法大队';
    const few = await costAmong(0, 300, undefined);
    const fewOfUnit = await costAmong(300, 300, unit);
    const many = await costAmong(300, 3_000, undefined);
    const manyOfUnit = await costAmong(3_000, 3_000, unit);
    expect(few.requests).toBe(1);
    expect(fewOfUnit.requests).toBe(2);
    expect(many).toEqual(few);
    expect(manyOfUnit).toEqual(fewOfUnit);
  });
});
