import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { classesByMonth } from '#domain/figures/classes.ts';
import { classesCounted } from '#store/classes.ts';
import { historyOf } from '#store/history.ts';
import { CLASSES_PARTITION } from '#store/keys.ts';
import { queryAll, type StateTable } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { enterprise, importSubjects, openScanner, scanOn, type Scanner } from '../support/scanning.ts';

let state: StateTable;
let scanner: Scanner;

beforeAll(async () => {
  ({ state } = await openDatabase());
  scanner = await openScanner();
});

describe('article 6: the counts of credit-risk classes', () => {
  it('have each subject under one class in the month of its change, whatever comes again, moves or closes', async () => {
    const rows = async (...months: string[]) =>
      classesByMonth(await classesCounted(state, '2026-12'), months).map((row) => Object.values(row));
    const classed = (n: number, creditClass: string, change = {}) =>
      enterprise(n, { creditClass, classedOn: '2026-02-01', ...change });
    await importSubjects(
      state,
      '2026-02-27',
      classed(1, 'A'),
      classed(2, 'A'),
      classed(3, 'B'),
      enterprise(4),
    );
    await scanOn(state, scanner, '2026-02-28');
    expect(await rows('2026-02')).toEqual([['2026-02', 2, 1, 0, 0, 1]]);

    // Found on the first morning of March, it came in February. A row that says nothing new is looked at, and changes nothing.
    await importSubjects(state, '2026-02-28', classed(2, 'D'), classed(3, 'B'));
    await scanOn(state, scanner, '2026-03-01');
    expect(await rows('2026-02', '2026-03')).toEqual([
      ['2026-02', 1, 1, 0, 1, 1],
      ['2026-03', 1, 1, 0, 1, 1],
    ]);

    await importSubjects(
      state,
      '2026-03-02',
      classed(1, 'A', { status: 'deregistered' }),
      classed(2, 'C', { territory: '410382001' }),
      enterprise(4, { name: '又名', creditClass: 'B', classedOn: '2026-03-01' }),
    );
    await scanOn(state, scanner, '2026-03-03');
    expect(await rows('2026-02', '2026-03')).toEqual([
      ['2026-02', 1, 1, 0, 1, 1],
      ['2026-03', 0, 2, 1, 0, 0],
    ]);
    const before = await queryAll(state, z.object({ sk: z.string() }), { partition: CLASSES_PARTITION });

    // Handed over once more, its events count nothing again.
    for (const event of await historyOf(state, 'scan', 'scan-2026-03-03')) {
      if (event.type === 'scan.continued') await scanner.deliver(event);
    }
    expect(await rows('2026-03')).toEqual([['2026-03', 0, 2, 1, 0, 0]]);

    // It is told once more, comes back, and closes before anybody has looked.
    await importSubjects(state, '2026-03-03', classed(1, 'A'));
    await importSubjects(state, '2026-03-03', classed(1, 'A', { status: 'deregistered' }), classed(3, 'B'));
    await scanOn(state, scanner, '2026-03-04');
    expect(await rows('2026-03')).toEqual([['2026-03', 0, 2, 1, 0, 0]]);
    expect(await queryAll(state, z.object({ sk: z.string() }), { partition: CLASSES_PARTITION })).toEqual(
      before,
    );
  });
});
