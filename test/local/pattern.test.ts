import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../infra/local/bus/pattern.ts';
import type { Json } from '../../infra/local/json.ts';

const event = {
  source: 'mingchou',
  'detail-type': 'DrawCommitted',
  detail: {
    id: 'D-2026-0007',
    count: 12,
    open: true,
    nothing: null,
    tags: ['食品', '药品'],
    rows: [
      { code: 'A', size: 1 },
      { code: 'B', size: 2 },
    ],
  },
};
const matches = (pattern: Json): boolean => compilePattern(pattern, 'Rule')(event);

describe('an event pattern', () => {
  test.each<[string, Json]>([
    ['an exact text', { source: ['mingchou'] }],
    ['one of several texts', { source: ['other', 'mingchou'] }],
    ['a number, a truth value and null', { detail: { count: [12], open: [true], nothing: [null] } }],
    ['one element of a list', { detail: { tags: ['药品'] } }],
    ['one object of a list that fulfils all', { detail: { rows: { code: ['B'], size: [2] } } }],
    ['a prefix', { detail: { id: [{ prefix: 'D-2026' }] } }],
    ['a suffix', { detail: { id: [{ suffix: '0007' }] } }],
    ['anything but a text', { source: [{ 'anything-but': 'aws.events' }] }],
    ['anything but a list of texts', { source: [{ 'anything-but': ['aws.events', 'aws.s3'] }] }],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }],
    ['a field that is there', { detail: { id: [{ exists: true }] } }],
    ['a field that is missing', { detail: { voided: [{ exists: false }] } }],
    ['a field that is missing below a missing one', { detail: { void: { reason: [{ exists: false }] } } }],
    ['a range of numbers', { detail: { count: [{ numeric: ['>', 10, '<=', 12] }] } }],
    ['one of two alternatives', { $or: [{ source: ['other'] }, { detail: { count: [12] } }] }],
  ])('matches %s', (_name, pattern) => {
    expect(matches(pattern)).toBe(true);
  });

  test.each<[string, Json]>([
    ['another text', { source: ['other'] }],
    ['a number written as text', { detail: { count: ['12'] } }],
    ['a field that is missing', { detail: { voided: ['x'] } }],
    [
      'conditions that two objects of a list fulfil only together',
      { detail: { rows: { code: ['A'], size: [2] } } },
    ],
    ['another prefix', { detail: { id: [{ prefix: 'E-' }] } }],
    ['a prefix of a number', { detail: { count: [{ prefix: '1' }] } }],
    ['anything but the text that is there', { source: [{ 'anything-but': ['mingchou'] }] }],
    ['anything but, when the field is missing', { detail: { voided: [{ 'anything-but': 'x' }] } }],
    ['the absence of a field that is there', { detail: { id: [{ exists: false }] } }],
    ['the presence of an object, which is no leaf', { detail: [{ exists: true }] }],
    ['a number outside the range', { detail: { count: [{ numeric: ['>', 12] }] } }],
    ['a range on a text', { detail: { id: [{ numeric: ['>', 0] }] } }],
    [
      'alternatives that hold while another key does not',
      { source: ['other'], $or: [{ detail: { count: [12] } }] },
    ],
  ])('does not match %s', (_name, pattern) => {
    expect(matches(pattern)).toBe(false);
  });

  test.each<[Json, string]>([
    [{ source: [{ 'equals-ignore-case': 'X' }] }, 'operator equals-ignore-case is not supported'],
    [{ source: [{ wildcard: '*x' }] }, 'operator wildcard is not supported'],
    [{ source: [{ cidr: '10.0.0.0/8' }] }, 'operator cidr is not supported'],
    [{ source: [{ prefix: { 'equals-ignore-case': 'x' } }] }, 'operator prefix with'],
    [{ source: [{ 'anything-but': { wildcard: 'x' } }] }, 'operator anything-but/wildcard is not supported'],
    [{ source: [] }, 'empty list'],
    [{}, 'must not be empty'],
    [{ source: 'mingchou' }, 'is no event pattern'],
    [{ detail: { count: [{ numeric: ['>', 'ten'] }] } }, 'numeric does not take'],
    [{ detail: { count: [{ numeric: ['><', 10] }] } }, 'numeric does not take'],
  ])('%j is refused by name', (pattern, message) => {
    expect(() => compilePattern(pattern, 'Resource R (AWS::Events::Rule)')).toThrow(message);
    expect(() => compilePattern(pattern, 'Resource R (AWS::Events::Rule)')).toThrow(
      'Resource R (AWS::Events::Rule)',
    );
  });
});
