import { describe, expect, it } from 'vitest';
import { archiveNumber, packable, sha256Sums } from '#domain/archive/archive.ts';
import { missingIn, type CaseFile } from '#domain/archive/completeness.ts';
import { Evidence } from '#domain/evidence/evidence.ts';
import { raiseFollowUp, type FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { Clue, raiseHandover, type Handover } from '#domain/handover/handover.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { publicationHash, publicationOf } from '#domain/inspection/publication.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY } from '../../support/samples.ts';

const CITED = `V-${'1'.repeat(24)}`;
const inspection: Inspection = {
  ...assignedInspection,
  status: 'closed',
  begunAt: MONDAY,
  endedAt: at('2026-03-02T08:00:00.000Z'),
  publishBy: { date: day('2026-03-30'), provisional: false },
  publishedAt: at('2026-03-20T02:00:00.000Z'),
  record: { ...cleanRecord, results: [3], evidence: [CITED], followUps: ['rectification'] },
};
const given = { by: 'HEAD', at: MONDAY };
const followUp: FollowUpCase = {
  ...raiseFollowUp(inspection, 'rectification', { due: day('2026-04-20'), at: MONDAY }),
  status: 'closed',
  documents: [{ ...given, kind: 'rectification-order', number: '责改 1 号', on: day('2026-03-20') }],
  evidence: [{ ...given, reference: '复查照片' }],
  outcome: { ...given, kind: 'rectified', text: '复查合格' },
};
const handover: Handover = {
  ...raiseHandover(
    { ...inspection, status: 'begun' },
    Clue.parse({ clue: '线索', field: '计量法', receiver: { kind: 'unit', unit: '节能监察中心' } }),
    { id: 'H-1', by: 'GX-001', at: MONDAY, receiptBy: day('2026-03-05') },
  ),
  status: 'closed',
  receipt: { ...given, number: '收 8', on: day('2026-03-04') },
};
const evidence = {
  ...Evidence.parse({
    id: CITED,
    version: 2,
    inspection: inspection.id,
    name: '现场.jpg',
    mediaType: 'image/jpeg',
    size: 10,
    sha256: 'a'.repeat(64),
    by: 'GX-001',
    at: MONDAY,
    status: 'stored',
    storedAt: MONDAY,
  }),
  kept: true,
};
const publication = publicationOf(inspection);
const complete: CaseFile = {
  inspection,
  followUps: [followUp],
  handovers: [handover],
  evidence: [evidence],
  publications: [publication],
  toldHashes: [publicationHash(publication)],
  openCorrections: [],
  unledgered: [],
};
const partsMissing = (change: Partial<CaseFile>) =>
  missingIn({ ...complete, ...change }).map(({ part }) => part);

describe('article 13: the file of an inspection', () => {
  it('is complete when everything is there, and one that had nothing to follow has nothing to show for it', () => {
    expect(missingIn(complete)).toEqual([]);
    expect(partsMissing({ followUps: [], handovers: [] })).toEqual([]);
  });

  it('lacks the record, and the dates of a visit that has none', () => {
    const { record: _, begunAt: __, ...bare } = inspection;
    expect(partsMissing({ inspection: bare, evidence: [] })).toEqual(['form', 'record']);
  });

  it('lacks the people of an agency that was commissioned, when nobody is entered', () => {
    const record = { ...cleanRecord, methods: ['on-site' as const, 'commissioned' as const] };
    expect(partsMissing({ inspection: { ...inspection, record } })).toEqual(['experts']);
  });

  it('lacks evidence that the record cites and nobody stored, or that is not kept as it was stored', () => {
    expect(partsMissing({ evidence: [] })).toEqual(['evidence']);
    expect(partsMissing({ evidence: [{ ...evidence, status: 'announced' }] })).toEqual(['evidence']);
    expect(partsMissing({ evidence: [{ ...evidence, kept: false }] })).toEqual(['evidence']);
    const other = { ...evidence, id: `V-${'2'.repeat(24)}`, status: 'announced' as const, kept: false };
    expect(partsMissing({ evidence: [evidence, other] })).toEqual([]);
  });

  it('lacks a publication, a version of it, or one that is what was told', () => {
    expect(partsMissing({ publications: [] })).toEqual(['publication']);
    const third = { ...publication, version: 3 };
    expect(partsMissing({ publications: [publication, third] })).toEqual(['corrections', 'corrections']);
    expect(partsMissing({ toldHashes: [] })).toEqual(['corrections']);
    expect(partsMissing({ openCorrections: ['C-1'] })).toEqual(['corrections']);
  });

  it('lacks the number of an order, and what shows that things were put right', () => {
    expect(partsMissing({ followUps: [{ ...followUp, documents: [] }] })).toEqual(['follow-ups']);
    expect(partsMissing({ followUps: [{ ...followUp, evidence: [] }] })).toEqual(['follow-ups']);
    const { outcome: _, ...open } = { ...followUp, status: 'open' as const };
    expect(partsMissing({ followUps: [open] })).toEqual(['follow-ups']);
  });

  it('lacks the receipt of a clue, unless it was returned', () => {
    const { receipt: _, ...unanswered } = handover;
    expect(partsMissing({ handovers: [{ ...unanswered, status: 'sent' }] })).toEqual([
      'handovers',
      'handovers',
    ]);
    const returned = { ...unanswered, returned: { ...given, reason: '不属职责' } };
    expect(partsMissing({ handovers: [returned] })).toEqual([]);
  });

  it('lacks what the ledger has not entered yet, and says all of it at once', () => {
    expect(
      missingIn({
        ...complete,
        evidence: [],
        followUps: [{ ...followUp, documents: [] }],
        unledgered: ['E-1'],
      }).map(({ detail }) => detail),
    ).toEqual([
      `证据：记录引用的 ${CITED} 未留存 is cited by the record and not stored`,
      `后续处置文书：责令改正（${followUp.id}）缺少责令改正通知书文号 the number of its rectification-order`,
      '账本存证：E-1 尚未写入账本 has no entry in the ledger yet',
    ]);
  });
});

describe('an archive', () => {
  it('is numbered by unit, year and serial', () => {
    expect(archiveNumber('节能监察中心', 2026, 7)).toBe('节能监察中心-SSJ·2026-0007');
  });

  it('lists its files as sha256sum reads them, by name', () => {
    const files = [
      { name: 'b.txt', size: 1, sha256: 'b'.repeat(64) },
      { name: 'a/c.txt', size: 1, sha256: 'c'.repeat(64) },
    ];
    expect(sha256Sums(files)).toBe(`${'c'.repeat(64)}  a/c.txt\n${'b'.repeat(64)}  b.txt\n`);
  });

  it('packs what fits, by name, and keeps the rest beside it', () => {
    const file = (name: string, size: number) => ({ name, size, sha256: 'a'.repeat(64) });
    const { packed, beside } = packable([file('c', 3), file('a', 6), file('b', 5)], 10);
    expect([packed.map(({ name }) => name), beside.map(({ name }) => name)]).toEqual([['a', 'c'], ['b']]);
  });
});
