import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACTIVITY, SIZES } from '#infra/cost/activity.ts';
import { monthOf } from '#infra/cost/bill.ts';
import { measuredCosts, Operation, operations } from '#infra/cost/measured.ts';
import { PRICES } from '#infra/cost/prices.ts';
import { root } from '../support/sources.ts';

const page = readFileSync(path.join(root, 'docs/cost.md'), 'utf8');
const measured = measuredCosts();

describe('docs/cost.md', () => {
  test('tells the sum of each size, as it follows from what was measured', () => {
    const totals = SIZES.map(
      ({ subjects }) => monthOf(subjects, measured.operations, ACTIVITY, PRICES).total,
    );
    const [, row = ''] = /^\| \*\*all\*\* \| (.*) \|$/m.exec(page) ?? [];
    const told = row.split(' | ').map((cell) => Number(cell.replaceAll(/[*,]/g, '')));
    expect(told).toHaveLength(3);
    told.forEach((dollars, at) => {
      expect(Math.abs(dollars - (totals[at] ?? 0))).toBeLessThan(dollars >= 100 ? 0.51 : 0.0051);
    });
  });

  test('has a line for each part of the bill and for each price', () => {
    const rowsAfter = (header: string): number => {
      const [, after = ''] = page.split(`\n| ${header} |`);
      return after.split('\n\n')[0]?.split('\n').slice(2).length ?? 0;
    };
    const { bill } = monthOf(1, measured.operations, ACTIVITY, PRICES);
    // And the line of all of it.
    expect(rowsAfter('US dollars a month')).toBe(Object.keys(bill).length + 1);
    // All but the region and the month of the list.
    expect(rowsAfter('price')).toBe(Object.keys(PRICES).length - 2);
  });

  test('tells the units of everything that was measured, when and on what', () => {
    expect(page).toContain(
      `Measured on ${measured.measuredOn} on ${measured.engine}, Node ${measured.node}.`,
    );
    for (const name of Operation.options) {
      expect(page).toContain(`\n| ${operations[name].zh} ${operations[name].en} | `);
    }
  });

  test('says that the prices are a list to be checked, of which region and when', () => {
    expect(page).toContain('of us-east-1, US dollars, as known for June 2025. **Check them');
    expect(page).toContain(
      'The China regions (cn-north-1,\ncn-northwest-1) have a list of their own, in CNY',
    );
  });
});

describe('docs/cost.json', () => {
  test('has a subject, its review and their places on two indexes for a new one, and nothing written for one that is as it was', () => {
    const { 'import-new': added, 'import-unchanged': same } = measured.operations;
    expect([Math.round(added.each.write), added.each.indexWrite]).toEqual([4, 2]);
    // Less than one write in all the rows of a run: how the stream was cut into batches differs between two runs.
    expect(Math.abs(same.each.write * (same.runs[1] ?? 0))).toBeLessThan(3);
    expect(same.each.events).toBe(0);
  });
});
