import { describe, expect, it } from 'vitest';
import type { Deadline } from '#domain/deadline/deadline.ts';
import { awaitedDeadline, summaryCounts, summaryRow } from '#domain/inspection/draw-summary.ts';
import { InspectionStatus, type Inspection } from '#domain/inspection/inspection.ts';
import { assignedInspection, at, cleanRecord, day, openDeadline } from '../../support/samples.ts';

const today = day('2026-03-31');
const rowOf = (change: Partial<Inspection>, deadline?: Deadline) =>
  summaryRow({ ...assignedInspection, ...change }, 'drawn', deadline, today);
const publishBy = { date: day('2026-03-30'), provisional: false };
const publishedAt = (time: string) =>
  rowOf({ status: 'published', record: cleanRecord, publishBy, publishedAt: at(time) });

describe('a row of the summary of a draw', () => {
  it('waits for the deadline of its state, and for the statutory day once the visit has ended', () => {
    expect(InspectionStatus.options.map((status) => awaitedDeadline({ status }))).toEqual([
      'accept',
      'finish',
      'finish',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(rowOf({}, openDeadline).due).toEqual({ date: '2026-03-30', provisional: false, overdue: true });
    const last = { ...openDeadline, due: today, provisional: true };
    expect(rowOf({}, last).due).toEqual({ date: '2026-03-31', provisional: true, overdue: false });
    expect(rowOf({ status: 'ended', publishBy }).due).toEqual({ ...publishBy, overdue: true });
    expect(rowOf({ status: 'begun' }).due).toBeUndefined();
  });

  it('article 14: says whether it was published by the statutory day, in days of Shanghai', () => {
    const onTime = publishedAt('2026-03-30T15:59:59.000Z');
    expect([onTime.publishedOn, onTime.onTime, onTime.due]).toEqual(['2026-03-30', true, undefined]);
    const late = publishedAt('2026-03-30T16:00:00.000Z');
    expect([late.publishedOn, late.onTime]).toEqual(['2026-03-31', false]);
  });

  it('says the result, the follow-up and the day of the check in the words of the form', () => {
    const record = { ...cleanRecord, inspectedOn: day('2026-03-03') };
    const { results, followUps, inspectedOn } = rowOf({ status: 'recorded', record });
    expect([results, followUps, inspectedOn]).toEqual([
      [{ code: 1, text: '未发现问题' }],
      ['无需后续处置'],
      '2026-03-03',
    ]);
    expect(rowOf({ status: 'ended' }).results).toEqual([]);
  });

  it('is counted as not entered, to be published, published and overdue', () => {
    const rows = [
      rowOf({}, openDeadline),
      rowOf({ status: 'begun' }),
      rowOf({ status: 'recorded', record: cleanRecord, publishBy }),
      publishedAt('2026-03-30T02:00:00.000Z'),
    ];
    expect(summaryCounts(rows)).toEqual({ all: 4, notEntered: 2, toPublish: 1, published: 1, overdue: 2 });
  });
});
