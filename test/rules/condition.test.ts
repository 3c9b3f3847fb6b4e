import { describe, expect, it } from 'vitest';
import { Trigger } from '#domain/trigger/trigger.ts';
import { conditionError, holds } from '#rules/condition.ts';

const report = (fields: object): Trigger =>
  Trigger.parse({
    id: 'T-1',
    version: 1,
    status: 'received',
    source: 'hotline-12345',
    senderId: 'm-1',
    receivedAt: '2026-03-02T01:30:00.000Z',
    report: { category: 'complaint', title: '加油站计量不准', ...fields },
  });

describe('a condition is checked before it is adopted', () => {
  it.each([
    'trigger.category == "complaint"',
    'trigger.industry.startsWith("F52") && trigger.evidence > 0',
    'trigger.category in ["complaint", "referral"] || trigger.title.contains("加油站")',
    'trigger.title.matches("^加油站")',
  ])('%s is accepted', (condition) => {
    expect(conditionError(condition)).toBeUndefined();
  });

  it.each([
    ['trigger.categry == "complaint"', 'No such key: categry'],
    ['trigger.evidence', 'gives int, a condition gives bool'],
    ['trigger.evidence == "two"', 'no such overload: int == string'],
    ['1 +', 'Unexpected token: EOF'],
    ['reporter.name == "x"', 'Unknown variable: reporter'],
    ['trigger.title.matches("(")', 'Invalid regular expression: ('],
    ['trigger.evidence / 0 == 1', 'division by zero'],
  ])('%s is refused: %s', (condition, reason) => {
    expect(conditionError(condition)).toBe(reason);
  });
});

describe('a condition meets a report', () => {
  it('takes what the report leaves out for an empty string, and no evidence for zero', () => {
    const bare = report({});
    expect(holds('trigger.territory == "" && trigger.industry == "" && trigger.evidence == 0', bare)).toBe(
      true,
    );
    expect(holds('trigger.subjectId == "" && trigger.subjectName == "" && trigger.text == ""', bare)).toBe(
      true,
    );
  });

  it('takes a report without a severity for a normal one', () => {
    expect(holds('trigger.severity == "normal"', report({}))).toBe(true);
    expect(holds('trigger.severity == "severe"', report({ severity: 'severe' }))).toBe(true);
  });

  it('sees category, source, words, cohort, subject and evidence', () => {
    const full = report({
      text: '少油',
      cohort: { territory: '410381', industry: 'F5265' },
      subject: { id: '91410381PDY000247B', name: '示例加油站' },
      evidence: [{ name: '照片', url: 'https://example.org/1.jpg' }],
    });
    expect(holds('trigger.source == "hotline-12345" && trigger.text.contains("少油")', full)).toBe(true);
    expect(holds('trigger.territory.startsWith("4103") && trigger.industry == "F5265"', full)).toBe(true);
    expect(holds('trigger.subjectName == "示例加油站" && trigger.evidence == 1', full)).toBe(true);
    expect(holds('trigger.category == "referral"', full)).toBe(false);
  });

  it('fails, rather than not holding, when it can not be computed', () => {
    expect(() => holds('10 / trigger.evidence > 1', report({}))).toThrow('division by zero');
  });
});
