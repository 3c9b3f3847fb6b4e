import { describe, expect, it } from 'vitest';
import { commit, type StateWrite } from '#store/commit.ts';
import { dueThrough, reviewPartitions, stateKey } from '#store/keys.ts';
import { putPages } from '#store/pages.ts';
import { Review, reviewed, reviewItem, staysDue, subjectsAreDue, type Cause } from '#store/reviews.ts';
import { load, queryAll } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom } from '../support/refusals.ts';
import { day, MONDAY } from '../support/samples.ts';

const { state } = await openDatabase();
const put = (...writes: StateWrite[]) => commit(state, { at: MONDAY, writes, events: [] });
/** Makes subjects due, as what is committed with their changes does. */
const due = async (...causes: readonly (readonly [string, Cause])[]) =>
  put(...(await subjectsAreDue(state, new Map(causes))));
const stored = (subject: string) => load(state, Review, stateKey('REVIEW', subject));
const because = (digest: string, on = '2026-03-02', more: Partial<Cause> = {}): Cause => ({
  day: day(on),
  digest,
  ...more,
});
const dueBy = async (on: string) => {
  const parts = await Promise.all(
    reviewPartitions.map((partition) =>
      queryAll(state, Review, { index: 'due', partition, through: dueThrough(day(on)) }),
    ),
  );
  return parts.flatMap((reviews) => reviews.map(({ id }) => id)).toSorted();
};
/** The review as a scan sees it. */
const seen = async (subject: string): Promise<Review> => Review.parse(await stored(subject));

describe('a subject that is to be looked at', () => {
  it('is due from its day on, found by one of eight partitions', async () => {
    await due(['S-1', because('G-1')], ['S-2', because('G-2', '2026-03-05')]);
    expect(await dueBy('2026-03-01')).toEqual([]);
    expect(await dueBy('2026-03-02')).toEqual(['S-1']);
    expect(await dueBy('2026-03-05')).toEqual(['S-1', 'S-2']);
    expect(reviewPartitions).toHaveLength(8);
    expect(await stored('S-1')).toEqual({ id: 'S-1', digest: 'G-1', dueSk: '2026-03-02#S-1' });
  });

  it('is due once, by what made it so last, whatever day was set before', async () => {
    await due(['S-3', because('time', '2026-06-01')]);
    await due(['S-3', because('G-3')]);
    expect(await stored('S-3')).toEqual({ id: 'S-3', digest: 'G-3', dueSk: '2026-03-02#S-3' });
    expect((await dueBy('2026-06-01')).filter((id) => id === 'S-3')).toEqual(['S-3']);
  });

  it('is made due by a row that is about to be written, in one batch with others', async () => {
    await putPages(state, [
      reviewItem('S-4', because('row-1', '2026-03-02', { awaits: 'row-1' })),
      reviewItem('S-5', because('row-2', '2026-03-02', { awaits: 'row-2' })),
    ]);
    expect(await stored('S-4')).toEqual({
      id: 'S-4',
      digest: 'row-1',
      awaits: 'row-1',
      dueSk: '2026-03-02#S-4',
    });
    expect(await dueBy('2026-03-02')).toEqual(['S-1', 'S-3', 'S-4', 'S-5']);
  });
});

describe('a subject whose row is about to be written', () => {
  const announced = (subject: string, row: string, on = '2026-03-02') =>
    putPages(state, [reviewItem(subject, because(row, on, { awaits: row }))]);

  it('waits for the row all the same when a signal about it comes first', async () => {
    await announced('R-1', 'row-1');
    await due(['R-1', because('G-1')]);
    expect(await stored('R-1')).toEqual({
      id: 'R-1',
      digest: 'G-1',
      awaits: 'row-1',
      dueSk: '2026-03-02#R-1',
    });
    expect(staysDue(await stored('R-1'), undefined, day('2026-03-02'))).toBe(true);
    expect(staysDue(await stored('R-1'), 'row-1', day('2026-03-02'))).toBe(false);
    expect(staysDue(await stored('R-1'), undefined, day('2026-03-03'))).toBe(false);
  });

  it('waits for another one no longer than until somebody else writes what he has read', async () => {
    await announced('R-2', 'row-1');
    await due(['R-2', because('row-2', '2026-03-02', { replaces: 'row-0' })]);
    expect((await stored('R-2'))?.awaits).toBe('row-1');
    await due(['R-2', because('row-3', '2026-03-02', { replaces: 'row-1' })]);
    expect(await stored('R-2')).toEqual({ id: 'R-2', digest: 'row-3', dueSk: '2026-03-02#R-2' });
  });

  it('is not made due over an announcement that came meanwhile: that is read first', async () => {
    const writes = await subjectsAreDue(state, new Map([['R-3', because('G-1')]]));
    await announced('R-3', 'row-1');
    expect((await refusalFrom(put(...writes))).reason).toBe('version-conflict');
    const again = await subjectsAreDue(state, new Map([['R-3', because('G-1')]]));
    await announced('R-3', 'row-2');
    expect((await refusalFrom(put(...again))).reason).toBe('version-conflict');
    expect((await stored('R-3'))?.awaits).toBe('row-2');
  });

  it('waits for nothing more once a scan has let it go', async () => {
    await announced('R-4', 'row-1');
    await put(...reviewed(await seen('R-4'), { digest: 'seen-1' }));
    await due(['R-4', because('G-1', '2026-03-03')]);
    expect(await stored('R-4')).toEqual({ id: 'R-4', digest: 'G-1', dueSk: '2026-03-03#R-4' });
  });
});

describe('a subject that was looked at', () => {
  it('is off the index when time alone changes nothing', async () => {
    await due(['T-1', because('G-1', '2026-03-02', { awaits: 'row-1' })]);
    await put(...reviewed(await seen('T-1'), { digest: 'seen-1' }));
    expect(await stored('T-1')).toEqual({ id: 'T-1', digest: 'seen-1' });
    expect(await dueBy('9999-12-31')).not.toContain('T-1');
  });

  it('comes back on the day on which time may change something', async () => {
    await due(['T-2', because('G-1')]);
    await put(...reviewed(await seen('T-2'), { digest: 'seen-1', on: day('2026-05-31') }));
    expect(await dueBy('2026-05-30')).not.toContain('T-2');
    expect(await dueBy('2026-05-31')).toContain('T-2');
    await put(...reviewed(await seen('T-2'), { digest: 'seen-2', on: day('2026-06-30') }));
    expect(await dueBy('2026-06-29')).not.toContain('T-2');
  });

  it('stays due, and nothing is written, when something changed meanwhile', async () => {
    await due(['T-3', because('G-1')]);
    const before = await seen('T-3');
    await due(['T-3', because('G-2', '2026-03-03')]);
    const beside: StateWrite = { key: stateKey('RISK', 'T-3'), item: { id: 'T-3' }, expect: 'absent' };
    const refusal = await refusalFrom(put(...reviewed(before, { digest: 'seen-1' }), beside));
    expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual(['version-conflict', 'REVIEW#T-3']);
    expect(await stored('T-3')).toEqual({ id: 'T-3', digest: 'G-2', dueSk: '2026-03-03#T-3' });
    expect(await load(state, Review.pick({ id: true }), stateKey('RISK', 'T-3'))).toBeUndefined();
  });

  it('can not be looked at twice for one cause: the second is refused', async () => {
    await due(['T-4', because('G-1')]);
    const both = await seen('T-4');
    await put(...reviewed(both, { digest: 'seen-1' }));
    expect((await refusalFrom(put(...reviewed(both, { digest: 'seen-1' })))).reason).toBe('version-conflict');
  });

  it('is due again by the next cause', async () => {
    await due(['T-5', because('G-1')]);
    await put(...reviewed(await seen('T-5'), { digest: 'seen-1' }));
    await due(['T-5', because('G-2', '2026-03-04')]);
    expect(await dueBy('2026-03-04')).toContain('T-5');
  });
});
