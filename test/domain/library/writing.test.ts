import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Item } from '#domain/item/item.ts';
import { libraries, rowOf, headerOf } from '#domain/library/library.ts';
import { readLicences, writeLicences } from '#domain/library/licences.ts';
import { withPermit } from '#domain/library/permits.ts';
import { readFrequency, readRatio, readStatutory } from '#domain/library/reading.ts';
import { withClass } from '#domain/library/subjects.ts';
import { parseTable } from '#domain/library/table.ts';
import { writeFrequency, writeRatio, writeStatutory } from '#domain/library/writing.ts';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';

const share = fc.integer({ min: 0, max: 10_000 });
const subject = Subject.parse({
  id: '91350100M000100Y43',
  name: '甲',
  kind: 'enterprise',
  status: 'active',
  territory: '410381001',
  creditClass: 'B',
  classedOn: '2026-04-30',
  tags: ['餐饮'],
  licences: [{ name: '食品经营许可证', number: 'JY1', validThrough: '2027-03-02' }],
});

describe('a cell that is written', () => {
  test('reads as the same shares, whatever they are', () => {
    fc.assert(
      fc.property(share, share, share, share, (A, B, C, D) => {
        expect(readRatio(writeRatio({ A, B, C, D }))).toEqual({ ok: true, value: { A, B, C, D } });
      }),
    );
    expect(writeRatio({ A: 1, B: 100, C: 2999, D: 10_000 })).toBe('A 0.01%，B 1%，C 29.99%，D 100%');
  });

  test('reads as the same frequency', () => {
    for (const perMonths of [1, 6, 12, 18, 24]) {
      const value = { maxTimes: 2, perMonths };
      expect(readFrequency(writeFrequency(value))).toEqual({ ok: true, value });
    }
  });

  test('reads as the same statutory period, and as none where there is none', () => {
    for (const everyMonths of [1, 6, 12, 18, 24, 120]) {
      expect(readStatutory(writeStatutory({ everyMonths }))).toEqual({ ok: true, value: { everyMonths } });
    }
    expect([writeStatutory({ everyMonths: 24 }), writeStatutory({ everyMonths: 6 })]).toEqual([
      '每2年1次',
      '每6个月1次',
    ]);
    expect(writeStatutory(undefined)).toBe('');
  });

  test('makes a row of an item that is the item again, its statutory period included', () => {
    const item = Item.parse({
      code: 'YS-001',
      matter: '特种设备安全',
      legalBasis: '特种设备安全法',
      unit: '特种设备科',
      appliesTo: { kinds: ['enterprise'], industries: ['C30'] },
      ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
      frequency: { maxTimes: 1, perMonths: 24 },
      statutory: { everyMonths: 12 },
      methods: ['on-site', 'testing'],
      content: '检查内容',
    });
    const { records, errors } = parseTable('items', [headerOf('items'), rowOf('items', item)]);
    expect([records.map(({ record }) => record), errors]).toEqual([[item], []]);
  });

  test('holds licences with brackets in their names and authorities', () => {
    const licences = [
      { name: '许可证（副本）', number: 'JY-1', issuer: '市商务局（窗口）', validThrough: '2027-03-02' },
      { name: '成品油零售经营批准证书', approvedOn: '2024-01-02', validThrough: '9999-09-09' },
    ];
    expect(writeLicences(licences)).toBe(
      '许可证（副本）（编号 JY-1，发证机关 市商务局（窗口），至2027-03-02）；成品油零售经营批准证书（批准日期 2024-01-02，长期）',
    );
    expect(readLicences(writeLicences(licences))).toEqual({ ok: true, value: licences });
  });

  test('makes a row of the template that is the record again', () => {
    const { records, errors } = parseTable('subjects', [headerOf('subjects'), rowOf('subjects', subject)]);
    expect([records.map(({ record }) => record), errors]).toEqual([[subject], []]);
    expect(headerOf('subjects')).toHaveLength(libraries.subjects.columns.length);
  });
});

describe('a line that amends a subject', () => {
  const line = { id: subject.id, library: '食品经营户', tags: ['餐饮', '校园周边'] };

  test('adds tags once and takes none away', () => {
    expect(withPermit(subject, line)?.tags).toEqual(['餐饮', '食品经营户', '校园周边']);
    const once = withPermit(subject, line) ?? subject;
    expect(withPermit(once, line)).toEqual(once);
  });

  test('renews the licence of its name and number, and adds any other', () => {
    const renewed = {
      ...line,
      licence: { name: '食品经营许可证', number: 'JY1', validThrough: CalendarDate.parse('2032-03-02') },
    };
    expect(withPermit(subject, renewed)?.licences).toEqual([
      { name: '食品经营许可证', number: 'JY1', validThrough: '2032-03-02' },
    ]);
  });

  test('has no room for a thirty-first tag', () => {
    const full = { ...subject, tags: Array.from({ length: 30 }, (_, n) => `标签${n}`) };
    expect(withPermit(full, line)).toBeUndefined();
  });

  test('article 6: gives a class of the same day or later, never an older one', () => {
    const on = (day: string, creditClass: 'C' | 'D') =>
      withClass(subject, { id: subject.id, creditClass, classedOn: CalendarDate.parse(day) });
    expect(on('2026-03-31', 'D')).toBe(subject);
    expect(on('2026-04-30', 'C')).toEqual({ ...subject, creditClass: 'C' });
    expect(on('2026-05-31', 'D')).toEqual({ ...subject, creditClass: 'D', classedOn: '2026-05-31' });
  });
});
