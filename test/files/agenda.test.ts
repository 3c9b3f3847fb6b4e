import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { agendaFile } from '#files/agenda.ts';
import { at, day } from '../support/samples.ts';

const entry = {
  uid: 'L-1@mingchou',
  version: 3,
  at: at('2026-03-02T08:00:00.000Z'),
  day: day('2026-03-30'),
  summary: '公示检查结果（法定期限）：第一加油站, 偃师; “分站” Publish the result (statutory)',
  description: '还剩 20 个工作日，编号 I-1\n20 working day(s) left, I-1',
  tentative: false,
};

test('a calendar file is as RFC 5545 says, octet by octet', () => {
  expect(agendaFile('明抽期限', [{ ...entry, summary: '归档 Archive' }])).toBe(
    [
      'BEGIN:VCALENDAR',
      'PRODID:-//Mingchou//deadlines//ZH',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'X-WR-CALNAME:明抽期限',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'BEGIN:VEVENT',
      'UID:L-1@mingchou',
      'SEQUENCE:2',
      'DTSTAMP:20260302T080000Z',
      'DTSTART;VALUE=DATE:20260330',
      'DTEND;VALUE=DATE:20260331',
      'SUMMARY:归档 Archive',
      'DESCRIPTION:还剩 20 个工作日，编号 I-1\\n20 working day(s) left\\, I',
      ' -1',
      'STATUS:CONFIRMED',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

test('what stands in it is read as it was written, whatever signs it has, and no line is longer than 75 octets', () => {
  const text = agendaFile('明抽期限', [entry, { ...entry, uid: 'L-2@mingchou', tentative: true }]);
  const [first, second] = ICAL.Component.fromString(text).getAllSubcomponents('vevent');
  const event = first && new ICAL.Event(first);
  expect([event?.uid, event?.summary, event?.description, event?.sequence]).toEqual([
    'L-1@mingchou',
    entry.summary,
    entry.description,
    2,
  ]);
  expect([event?.startDate.isDate, event?.startDate.toString()]).toEqual([true, '2026-03-30']);
  expect(second?.getFirstPropertyValue('status')).toBe('TENTATIVE');
  expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
});

test('a calendar without deadlines is one that subscriptions can read', () => {
  expect(ICAL.Component.fromString(agendaFile('明抽期限', [])).getAllSubcomponents()).toEqual([]);
});
