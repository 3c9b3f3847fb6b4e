import { describe, expect, it } from 'vitest';
import type { RiskReason } from '#domain/risk/assessment.ts';
import {
  changed,
  changeOf,
  cleared,
  decideWarning,
  RiskWarningStatus,
  riskWarningLabels,
  type WarningCommand,
} from '#domain/risk/warning.ts';
import { reasonOf, riskWarning, saying } from '../../support/risk-samples.ts';
import { refusalOf } from '../../support/refusals.ts';
import { at, MONDAY } from '../../support/samples.ts';

const LATER = at('2026-03-05T02:00:00.000Z');
const acknowledge: WarningCommand = { kind: 'acknowledge', by: 'GX-001', at: LATER };
const dismiss: WarningCommand = { kind: 'dismiss', by: 'GX-001', at: LATER, note: '投诉已撤回' };

describe('a person’s decision about a warning', () => {
  const commands = { acknowledge, dismiss };

  it.each([
    ['acknowledge', 'open', 'acknowledged'],
    ['dismiss', 'open', 'dismissed'],
    ['dismiss', 'acknowledged', 'dismissed'],
  ] as const)('%s on one that is %s makes it %s', (kind, status, after) => {
    expect(decideWarning(riskWarning({ status }), commands[kind]).status).toBe(after);
  });

  it.each([
    ['acknowledge', 'acknowledged', 'open'],
    ['acknowledge', 'dismissed', 'open'],
    ['acknowledge', 'cleared', 'open'],
    ['dismiss', 'dismissed', 'open or acknowledged'],
    ['dismiss', 'cleared', 'open or acknowledged'],
  ] as const)('%s on one that is %s is refused: it needs %s', (kind, status, needed) => {
    const refusal = refusalOf(() => decideWarning(riskWarning({ status }), commands[kind]));
    expect(refusal.reason).toBe('wrong-state');
    expect(refusal.message).toContain(`is ${status}; ${kind} needs ${needed}.`);
  });

  it('is the next version, with who, when and why, and changes nothing else', () => {
    const warning = riskWarning();
    expect(decideWarning(warning, dismiss)).toEqual({
      ...warning,
      version: 4,
      status: 'dismissed',
      decided: { by: 'GX-001', at: LATER, note: '投诉已撤回' },
    });
    expect(decideWarning(warning, acknowledge)).toEqual({
      ...warning,
      version: 4,
      status: 'acknowledged',
      decided: { by: 'GX-001', at: LATER },
    });
  });

  it('takes the place of the one before', () => {
    const before = decideWarning(riskWarning(), { ...acknowledge, at: MONDAY, note: '已约谈' });
    expect(decideWarning(before, dismiss).decided).toEqual({ by: 'GX-001', at: LATER, note: '投诉已撤回' });
  });
});

describe('what a new assessment makes of the warning in force', () => {
  const complaints = (level: RiskReason['level'], version = 1) => reasonOf('complaints', level, version);
  const lapsed = (level: RiskReason['level']) => reasonOf('lapsed', level);
  const assessments = {
    nothing: saying(),
    'the same': saying(complaints('warning')),
    'the same in another version': saying(complaints('warning', 2)),
    less: saying(complaints('watch')),
    graver: saying(complaints('severe')),
    'another rule, less': saying(lapsed('watch')),
    'another rule, the same level': saying(lapsed('warning')),
    'another rule besides': saying(complaints('warning'), lapsed('watch')),
  };

  it.each([
    ['nothing', 'clear', 'clear', 'clear', 'none'],
    ['the same', 'none', 'none', 'none', 'raise'],
    ['the same in another version', 'none', 'none', 'none', 'raise'],
    ['less', 'change', 'change', 'none', 'raise'],
    ['graver', 'change', 'change', 'raise', 'raise'],
    ['another rule, less', 'change', 'change', 'raise', 'raise'],
    ['another rule, the same level', 'change', 'change', 'raise', 'raise'],
    ['another rule besides', 'change', 'change', 'raise', 'raise'],
  ] as const)(
    'that says %s: open %s, acknowledged %s, dismissed %s, none in force %s',
    (said, ...expected) => {
      const warnings = [
        riskWarning({ status: 'open' }),
        riskWarning({ status: 'acknowledged' }),
        riskWarning({ status: 'dismissed' }),
        undefined,
      ];
      expect(warnings.map((warning) => changeOf(warning, assessments[said]))).toEqual(expected);
    },
  );

  it.each([
    ['less', 'acknowledged'],
    ['graver', 'open'],
    ['another rule, less', 'open'],
    ['another rule besides', 'open'],
  ] as const)('that says %s leaves an acknowledged one %s', (said, status) => {
    const assessment = assessments[said];
    const { level = 'watch', reasons } = assessment;
    const warning = riskWarning({ status: 'acknowledged' });
    expect(changed(warning, level, assessment)).toEqual({ ...warning, version: 4, status, level, reasons });
  });

  it('asks again after one rule of two is gone and has come back', () => {
    const both = assessments['another rule besides'];
    const warning = riskWarning({ status: 'acknowledged', reasons: [...both.reasons] });
    const one = changed(warning, 'warning', assessments['the same']);
    expect([one.status, changed(one, 'warning', both).status]).toEqual(['acknowledged', 'open']);
  });

  it('takes two rules that swap their levels for a change', () => {
    const warning = riskWarning({ reasons: [complaints('warning'), lapsed('watch')] });
    expect(changeOf(warning, saying(lapsed('warning'), complaints('watch')))).toBe('change');
  });
});

describe('a warning that the rules no longer say', () => {
  it('is cleared with the moment, whatever it was, and keeps its reasons and what was decided', () => {
    const warning = decideWarning(riskWarning(), dismiss);
    expect(cleared(warning, LATER)).toEqual({
      ...warning,
      version: 5,
      status: 'cleared',
      clearedAt: LATER,
    });
  });
});

describe('the statuses of a warning', () => {
  it('have Chinese labels', () => {
    expect(RiskWarningStatus.options.map((status) => riskWarningLabels[status])).toEqual([
      '待确认',
      '已确认',
      '已排除',
      '已解除',
    ]);
  });
});
