import { describe, expect, it } from 'vitest';
import { checkRecord, InspectionRecord } from '#domain/inspection/record.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { pointersOf } from '../../support/refusals.ts';
import { cleanRecord } from '../../support/samples.ts';

const ITEMS = ['YS-001', 'YS-002'];
const finding = (item: string) => ({ item, checked: true, finding: '无', handling: '无' });

/** Where a record is at fault; nothing when it is accepted. */
function faults(part: Partial<InspectionRecord>): string[] {
  try {
    checkRecord({ ...cleanRecord, ...part }, ITEMS);
    return [];
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'record-invalid') {
      return pointersOf(error);
    }
    throw error;
  }
}

describe('the rules of the record', () => {
  const cases: readonly (readonly [string, Partial<InspectionRecord>, string[]])[] = [
    ['a clean record', {}, []],
    ['result 1 beside another one', { results: [1, 4] }, ['/results']],
    ['a result that stands twice', { results: [3, 3] }, ['/results']],
    ['two results that go together', { results: [3, 4], followUps: ['rectification'] }, []],
    ['an item without an answer', { findings: [finding('YS-001')] }, ['/findings']],
    [
      'an item answered twice',
      { findings: [...cleanRecord.findings, finding('YS-001')] },
      ['/findings/2/item'],
    ],
    [
      'an item of another form',
      { findings: [...cleanRecord.findings, finding('YS-009')] },
      ['/findings/2/item'],
    ],
    ['no answers at all', { findings: [] }, ['/findings', '/findings']],
    ['no follow-up beside another one', { followUps: ['none', 'rectification'] }, ['/followUps']],
  ];

  it.each(cases)('article 7(6): %s', (_, part, pointers) => {
    expect(faults(part)).toEqual(pointers);
  });

  const nonCooperation: typeof cases = [
    ['result 8 without kind and evidence', { results: [8] }, ['/nonCooperation', '/evidence']],
    ['result 8 without a kind', { results: [8], evidence: ['照片 1'] }, ['/nonCooperation']],
    ['result 8 without evidence', { results: [8], nonCooperation: 'obstruction' }, ['/evidence']],
    [
      'result 8 with an empty list of evidence',
      { results: [8], nonCooperation: 'obstruction', evidence: [] },
      ['/evidence'],
    ],
    ['result 8 with both', { results: [8], nonCooperation: 'entry-refused', evidence: ['照片 1'] }, []],
    ['a kind without result 8', { results: [3], nonCooperation: 'obstruction' }, ['/nonCooperation']],
  ];

  it.each(nonCooperation)('article 12: %s', (_, part, pointers) => {
    expect(faults(part)).toEqual(pointers);
  });

  it('article 12: knows the four kinds of serious non-cooperation and no other', () => {
    const kinds = ['entry-refused', 'material-refused', 'untruthful-material', 'obstruction'];
    const fits = (kind: string) =>
      InspectionRecord.safeParse({ ...cleanRecord, nonCooperation: kind }).success;
    expect(kinds.map(fits)).toEqual([true, true, true, true]);
    expect(fits('rudeness')).toBe(false);
  });

  it('result 6, not to be found at its address, proposes the list of abnormal operations', () => {
    expect(faults({ results: [6] })).toEqual(['/followUps']);
    expect(faults({ results: [6], followUps: ['abnormal-list'] })).toEqual([]);
  });

  it('names every field at fault at once', () => {
    expect(faults({ results: [1, 6, 8], findings: [], followUps: ['none', 'other'] })).toEqual([
      '/results',
      '/findings',
      '/findings',
      '/nonCooperation',
      '/evidence',
      '/followUps',
      '/followUps',
    ]);
  });
});

describe('the signature', () => {
  const fits = (signature: unknown) => InspectionRecord.safeParse({ ...cleanRecord, signature }).success;

  it.each([
    ['signed by the legal representative', { signed: true, by: '王五' }, true],
    ['signed by nobody', { signed: true }, false],
    ['not signed, with the reason', { signed: false, reason: '拒绝签字' }, true],
    [
      'not signed, with the reason and a witness',
      { signed: false, reason: '拒绝签字', witness: '赵六' },
      true,
    ],
    ['not signed, without a reason', { signed: false }, false],
    ['not signed, with an empty reason', { signed: false, reason: '  ' }, false],
    ['signed and yet with a reason', { signed: true, by: '王五', reason: '拒绝签字' }, false],
  ])('article 10: %s', (_, signature, accepted) => {
    expect(fits(signature)).toBe(accepted);
  });
});
