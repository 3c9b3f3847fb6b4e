import { describe, expect, it } from 'vitest';
import { checkRecord, completedRecord, type RecordedVisit } from '#domain/inspection/record-rules.ts';
import { InspectionRecord } from '#domain/inspection/record.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { pointersOf } from '../../support/refusals.ts';
import { cleanRecord, day } from '../../support/samples.ts';

/** Assigned on Monday, ended on Wednesday, recorded on Friday. */
const visit: RecordedVisit = {
  items: ['YS-001', 'YS-002'],
  team: ['GX-001', 'GX-002'],
  evidence: ['V-1', 'V-2'],
  assignedOn: day('2026-03-02'),
  endedOn: day('2026-03-04'),
  today: day('2026-03-06'),
};
const finding = (item: string) => ({ item, checked: true, finding: '无', handling: '无' });

/** Where a record is at fault; nothing when it is accepted. */
function faults(part: Partial<InspectionRecord>, at: RecordedVisit = visit): string[] {
  try {
    checkRecord({ ...cleanRecord, ...part }, at);
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
    ['no follow-up at all', { followUps: [] }, ['/followUps']],
    ['no follow-up beside another one', { followUps: ['none', 'rectification'] }, ['/followUps']],
  ];

  it.each(cases)('article 7(6): %s', (_, part, pointers) => {
    expect(faults(part)).toEqual(pointers);
  });

  const resisted: typeof cases = [
    ['result 8 without kind and evidence', { results: [8] }, ['/nonCooperation', '/evidence']],
    ['result 8 without a kind', { results: [8], evidence: ['V-1'] }, ['/nonCooperation']],
    ['result 8 without evidence', { results: [8], nonCooperation: ['obstruction'] }, ['/evidence']],
    [
      'result 8 with an empty list of evidence',
      { results: [8], nonCooperation: ['obstruction'], evidence: [] },
      ['/evidence'],
    ],
    ['result 8 with both', { results: [8], nonCooperation: ['entry-refused'], evidence: ['V-1'] }, []],
    [
      'result 8 with two of the four kinds',
      { results: [8], nonCooperation: ['entry-refused', 'obstruction'], evidence: ['V-1', 'V-2'] },
      [],
    ],
    [
      'result 8 with evidence that never arrived',
      { results: [8], nonCooperation: ['obstruction'], evidence: ['V-1', 'V-9'] },
      ['/evidence/1'],
    ],
    ['a kind without result 8', { results: [3], nonCooperation: ['obstruction'] }, ['/nonCooperation']],
  ];

  it.each(resisted)('article 12: %s', (_, part, pointers) => {
    expect(faults(part)).toEqual(pointers);
  });

  it('article 12: knows the four kinds of serious non-cooperation and no other', () => {
    const kinds = ['entry-refused', 'material-refused', 'untruthful-material', 'obstruction'];
    const fits = (kind: string) =>
      InspectionRecord.safeParse({ ...cleanRecord, nonCooperation: kind }).success;
    expect(kinds.map(fits)).toEqual([true, true, true, true]);
    expect(fits('rudeness')).toBe(false);
  });

  it('article 12: reads the one word of an old record as the first of its kinds', () => {
    const { nonCooperation } = InspectionRecord.parse({ ...cleanRecord, nonCooperation: 'obstruction' });
    expect(nonCooperation).toEqual(['obstruction']);
  });

  it.each([
    ['without a follow-up', [], ['abnormal-list']],
    ['with another one', ['rectification'], ['rectification', 'abnormal-list']],
    ['with the proposal itself', ['abnormal-list'], ['abnormal-list']],
  ] as const)(
    'result 6, not to be found at its address, %s proposes the list of abnormal operations',
    (_, said, followUps) => {
      const record = completedRecord(
        { ...cleanRecord, results: [6], followUps: [...said] },
        day('2026-03-04'),
      );
      expect(record.followUps).toEqual(followUps);
      expect(faults(record)).toEqual([]);
    },
  );

  it('result 6 with the word that nothing follows is refused, not mended', () => {
    const record = completedRecord({ ...cleanRecord, results: [6] }, day('2026-03-04'));
    expect([record.followUps, faults(record)]).toEqual([['none'], ['/followUps']]);
  });

  const dates: readonly (readonly [string, string, boolean])[] = [
    ['the day of the assignment', '2026-03-02', true],
    ['the day before the assignment', '2026-03-01', false],
    ['the day of the end', '2026-03-04', true],
    ['the day after the end', '2026-03-05', false],
  ];
  it.each(dates)('article 10: a visit on %s', (_, on, accepted) => {
    expect(faults({ inspectedOn: day(on) })).toEqual(accepted ? [] : ['/inspectedOn']);
  });

  it('article 10: a visit in the future is none, whenever it is said to end', () => {
    const ahead = { ...visit, endedOn: day('2026-03-09') };
    expect(faults({ inspectedOn: day('2026-03-06') }, ahead)).toEqual([]);
    expect(faults({ inspectedOn: day('2026-03-07') }, ahead)).toEqual(['/inspectedOn']);
  });

  it('was made on the day of the end when nothing else is said', () => {
    expect(completedRecord(cleanRecord, day('2026-03-04')).inspectedOn).toBe('2026-03-04');
    const said = { ...cleanRecord, inspectedOn: day('2026-03-03') };
    expect(completedRecord(said, day('2026-03-04')).inspectedOn).toBe('2026-03-03');
  });

  const conclusion = {
    department: '生态环境局',
    documentNumber: '偃环〔2026〕7号',
    date: day('2026-02-20'),
    summary: '排放达标',
  };
  const adopted: typeof cases = [
    [
      'a conclusion with its source',
      { methods: ['on-site', 'other-department'], conclusions: [conclusion] },
      [],
    ],
    ['a conclusion that no method tells of', { conclusions: [conclusion] }, ['/methods']],
    ['the method without a source', { methods: ['other-department'] }, ['/conclusions']],
    [
      'a conclusion of tomorrow, with a copy that is not there',
      {
        methods: ['other-department'],
        conclusions: [conclusion, { ...conclusion, date: day('2026-03-07'), evidence: 'V-9' }],
      },
      ['/conclusions/1/date', '/conclusions/1/evidence'],
    ],
    [
      'a method of one item that the record does not name',
      {
        findings: [
          { ...finding('YS-001'), methods: ['on-site'] },
          { ...finding('YS-002'), methods: ['testing'] },
        ],
      },
      ['/findings/1/methods'],
    ],
  ];
  it.each(adopted)('article 9: %s', (_, part, pointers) => {
    expect(faults(part)).toEqual(pointers);
  });

  it('is led by one of the team', () => {
    expect(faults({ leader: { inspector: 'GX-002', opinion: '同意' } })).toEqual([]);
    expect(faults({ leader: { inspector: 'GX-003', opinion: '同意' } })).toEqual(['/leader/inspector']);
  });

  it('names every field at fault at once', () => {
    const signature = { signed: true as const, by: '王五' };
    const inspectedOn = day('2026-03-09');
    expect(
      faults({ results: [1, 6, 8], findings: [], followUps: ['none', 'other'], signature, inspectedOn }),
    ).toEqual([
      '/results',
      '/inspectedOn',
      '/findings',
      '/findings',
      '/signature/capacity',
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

  it.each([
    ['without saying who they are', { signed: true, by: '王五' }, ['/signature/capacity']],
    ['by an authorised person', { signed: true, by: '王五', capacity: 'authorised-person' }, []],
    [
      'by nobody, before a witness of nowhere',
      { signed: false, reason: '拒绝', witness: '赵六' },
      ['/signature/witness/organisation'],
    ],
    [
      'by nobody, before a witness',
      { signed: false, reason: '拒绝', witness: { name: '赵六', organisation: '社区居委会' } },
      [],
    ],
    ['by nobody, with the reason alone', { signed: false, reason: '拒绝' }, []],
  ])('article 10: %s', (_, signature, pointers) => {
    expect(faults(InspectionRecord.parse({ ...cleanRecord, signature }))).toEqual(pointers);
  });
});
