import { expect, test } from 'vitest';
import type { Form } from '#console/kit/form.ts';
import { changesOf } from '#console/pages/corrections.tsx';
import { askedOfList } from '#console/pages/inspections.tsx';
import { draftFields, recordOf, typedAtFirst } from '#console/pages/record-fields.ts';
import { Instant } from '#domain/time/time.ts';

const form = (values: Form['values']): Form => ({ once: 'once', values, files: {} });
const item = { code: 'X-1', matter: '台账', legalBasis: '某法', unit: '某所' };
const visit = { items: [item], team: [], evidence: [] };

test('a record says what was typed, an empty finding as 无 where all are said to be, and of the signature what fits its answer', () => {
  const typed = form({
    results: ['1'],
    methods: ['on-site', 'written'],
    allNothing: ['yes'],
    'findings.0.checked': ['yes'],
    'findings.0.handling': ['已当场改正'],
    'signature.signed': ['no'],
    'signature.by': ['某经理'],
    'signature.reason': ['拒签'],
    followUps: ['none'],
  });
  expect(recordOf(typed, visit)).toEqual({
    results: [1],
    methods: ['on-site', 'written'],
    findings: [{ item: 'X-1', checked: true, finding: '无', handling: '已当场改正' }],
    signature: { signed: false, reason: '拒签' },
    followUps: ['none'],
  });
});

test('a conclusion of which nothing was typed is none, and one that was begun is sent to be told what is missing', () => {
  const typed = form({ 'conclusions.0.department': ['某局'], 'conclusions.1.department': [''] });
  expect(recordOf(typed, visit)['conclusions']).toEqual([{ department: '某局' }]);
});

test('a draft keeps every field, several values a line each, and the form holds them again', () => {
  const fields = draftFields(
    form({ results: ['2', '3'], opinion: ['一\n二'], 'seen.draft': ['4'], 'contact.name': [''] }),
  );
  expect(fields).toEqual({ results: '2\n3', opinion: '一\n二' });
  const draft = { version: 5, at: Instant.parse('2026-03-02T01:30:00.000Z'), fields };
  expect(typedAtFirst({ draft, record: undefined, items: [item] })).toEqual({
    results: ['2', '3'],
    opinion: ['一', '二'],
  });
});

test('without draft and record every item is said to be checked at first', () => {
  expect(typedAtFirst({ draft: undefined, record: undefined, items: [item] })).toEqual({
    'findings.0.checked': ['yes'],
  });
});

test('a correction changes what was filled in, and nothing else', () => {
  expect(changesOf(form({ version: ['2'], reason: ['笔误'], 'changes.subjectName': ['某公司'] }))).toEqual({
    kind: 'correct',
    version: 2,
    reason: '笔误',
    changes: { subjectName: '某公司' },
  });
});

test('what is no filter of the list is named and left out', () => {
  expect(askedOfList({ group: 'published', result: '13', of: '某所', subject: '' })).toEqual({
    fit: { group: 'published' },
    unfit: ['13'],
  });
});
