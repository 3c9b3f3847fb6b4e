import { describe, expect, it } from 'vitest';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { publicationHash, publicationOf } from '#domain/inspection/publication.ts';
import { InspectionRecord, resultLabels } from '#domain/inspection/record.ts';
import { assignedInspection, at, cleanRecord, day } from '../../support/samples.ts';

const published = (publishedAt: string, record = cleanRecord): Inspection => ({
  ...assignedInspection,
  status: 'published',
  endedAt: at('2026-03-02T08:00:00.000Z'),
  publishBy: { date: day('2026-03-30'), provisional: false },
  publishedAt: at(publishedAt),
  record,
});

describe('the publication of an inspection', () => {
  it('article 14: is what the public reads, literally', () => {
    expect(publicationOf(published('2026-03-20T02:00:00.000Z'))).toEqual({
      id: 'I-000000000000000000000001',
      version: 1,
      inspection: 'I-000000000000000000000001',
      draws: [{ id: 'D-000000000000000000000001', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
      subjectId: '91410381MA00000001',
      subjectName: '示例加油站',
      items: [
        { code: 'YS-001', matter: '成品油零售经营', legalBasis: '成品油市场管理办法' },
        { code: 'YS-002', matter: '加油机计量', legalBasis: '计量法' },
      ],
      units: ['商务综合执法大队', '节能监察中心'],
      inspectedOn: '2026-03-02',
      results: [{ code: 1, text: '未发现问题' }],
      publishedAt: '2026-03-20T02:00:00.000Z',
      publishBy: '2026-03-30',
      onTime: true,
    });
  });

  it.each([
    ['2026-03-30T15:59:59.999Z', true],
    ['2026-03-30T16:00:00.000Z', false],
  ])('article 14: at %s is on time: %s, since the day ends at midnight in Shanghai', (time, onTime) => {
    expect(publicationOf(published(time)).onTime).toBe(onTime);
  });

  it('names none of the people who came or were met', () => {
    const record = InspectionRecord.parse({
      ...cleanRecord,
      results: [8],
      signature: { signed: false, reason: '王五拒绝签字', witness: '赵六' },
      nonCooperation: ['obstruction'],
      evidence: ['与王五的录音'],
      opinion: '张三意见',
      contact: { name: '钱七', phone: '13800001234' },
      leader: { inspector: 'GX-001', opinion: '同意' },
      methods: ['other-department'],
      conclusions: [
        { department: '环保局', documentNumber: '1号', date: '2026-03-01', summary: '钱七所报属实' },
      ],
    });
    const text = JSON.stringify(publicationOf(published('2026-03-20T02:00:00.000Z', record)));
    const people = [
      '张三',
      '李四',
      '王五',
      '赵六',
      'GX-001',
      'GX-002',
      '16030001',
      '16030002',
      '钱七',
      '138',
    ];
    expect(people.filter((person) => text.includes(person))).toEqual([]);
  });

  it('article 7(6): prints each result in the words of the form', () => {
    const results = Object.keys(resultLabels).map(Number);
    expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const texts = publicationOf(published('2026-03-20T02:00:00.000Z', { ...cleanRecord, results })).results;
    expect(texts.slice(4, 8).map(({ text }) => text)).toEqual([
      '公示信息隐瞒真实情况、弄虚作假',
      '通过登记的住所（经营场所）无法联系',
      '已关闭停业或正在组织清算',
      '不配合检查情节严重',
    ]);
  });

  it('does not exist before the inspection has ended and been recorded', () => {
    const { record: _, ...unrecorded } = published('2026-03-20T02:00:00.000Z');
    expect(() => publicationOf(unrecorded)).toThrow(TypeError);
    expect(() => publicationOf(assignedInspection)).toThrow(TypeError);
  });

  it('article 16: has a hash that changes with any word of it', () => {
    const publication = publicationOf(published('2026-03-20T02:00:00.000Z'));
    expect(publicationHash(structuredClone(publication))).toBe(publicationHash(publication));
    expect(publicationHash({ ...publication, subjectName: '示例加油站 ' })).not.toBe(
      publicationHash(publication),
    );
  });
});
