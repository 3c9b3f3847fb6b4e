import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../infra/local/schedule/expression.ts';
import { Scheduler } from '../../infra/local/schedule/scheduler.ts';
import { Instant } from '#domain/time/time.ts';

const at = (text: string): Instant => Instant.parse(text);
const after = (expression: string, from: string): string | undefined =>
  parseSchedule(expression, 'R')(at(from));

const rule = (id: string, expression: string) => ({
  id,
  bus: 'default',
  arn: id,
  matches: undefined,
  schedule: parseSchedule(expression, id),
  functions: [],
});

describe('a schedule expression', () => {
  test.each([
    ['cron(0 1 ? * MON-FRI *)', '2026-03-06T01:00:00.000Z', '2026-03-09T01:00:00.000Z'],
    ['cron(30 0 * * ? *)', '2026-03-06T00:29:59.999Z', '2026-03-06T00:30:00.000Z'],
    ['cron(0 0 L * ? *)', '2026-02-01T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
    ['cron(0 0 ? * 2#1 *)', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['cron(0 0 31 * ? *)', '2026-03-31T00:00:00.000Z', '2026-05-31T00:00:00.000Z'],
    ['rate(5 minutes)', '2026-03-06T00:01:00.000Z', '2026-03-06T00:05:00.000Z'],
    ['rate(1 day)', '2026-03-06T00:00:00.000Z', '2026-03-07T00:00:00.000Z'],
  ])('%s after %s is next due at %s', (expression, from, next) => {
    expect(after(expression, from)).toBe(next);
  });

  test('has no next time after its last year', () => {
    expect(after('cron(0 0 1 1 ? 2025)', '2026-01-01T00:00:00.000Z')).toBeUndefined();
  });

  test.each([
    ['cron(0 1 * * * *)', 'exactly one ?'],
    ['cron(0 1 ? * ? *)', 'exactly one ?'],
    ['cron(0 1 * * ?)', 'six fields'],
    ['cron(61 1 * * ? *)', 'is not understood'],
    ['cron(0 1 * * ? XYZ)', 'is no cron expression'],
    ['rate(1 minutes)', 'singular and plural'],
    ['rate(5 minute)', 'singular and plural'],
    ['rate(0 minutes)', 'has no interval'],
    ['at(2026-03-01T00:00:00)', 'neither rate() nor cron()'],
  ])('%s is refused', (expression, message) => {
    expect(() => parseSchedule(expression, 'R')).toThrow(message);
    expect(() => parseSchedule(expression, 'R')).toThrow('Resource R (AWS::Events::Rule)');
  });
});

describe('the scheduler', () => {
  const rules = [rule('B', 'rate(1 hour)'), rule('A', 'rate(2 hours)')];

  test('gives what is due in order of time, and by id at one time', () => {
    const scheduler = new Scheduler(rules, at('2026-03-02T00:30:00.000Z'));
    const taken: string[] = [];
    const until = at('2026-03-02T03:00:00.000Z');
    for (let due = scheduler.take(until); due !== undefined; due = scheduler.take(until))
      taken.push(`${due.rule.id} ${due.at.slice(11, 16)}`);
    expect(taken).toEqual(['B 01:00', 'A 02:00', 'B 02:00', 'B 03:00']);
    expect(scheduler.next).toBe('2026-03-02T04:00:00.000Z');
  });

  test('gives what was missed once for each schedule, at its latest time', () => {
    const scheduler = new Scheduler(rules, at('2026-03-02T00:30:00.000Z'));
    const missed = scheduler.takeMissed(at('2026-03-05T01:30:00.000Z'));
    expect(missed.map((due) => `${due.rule.id} ${due.at}`)).toEqual([
      'A 2026-03-05T00:00:00.000Z',
      'B 2026-03-05T01:00:00.000Z',
    ]);
  });
});
