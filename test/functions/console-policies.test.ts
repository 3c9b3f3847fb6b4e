import { describe, expect, it } from 'vitest';
import { ApiRefusal } from '#console/api/api.ts';
import type { Form } from '#console/kit/form.ts';
import { policyBody, typedPolicy, valuesOf } from '#console/pages/policies/policy-form.ts';
import { CohortRule, SubjectRule } from '#domain/risk/rule.ts';
import { Policy } from '#domain/policy/policy.ts';

const fuel = Policy.parse({
  id: 'fuel-retail',
  version: 3,
  name: '成品油零售触发抽查',
  effectiveFrom: '2026-03-02',
  when: 'trigger.category == "complaint"',
  merge: { windowHours: 24 },
  draw: {
    items: ['YS-GXJ-005', 'YS-GXJ-007'],
    criteria: { territory: 'from-trigger', industry: ['F5265'] },
    beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
    approval: 'automatic',
    teamSize: 2,
  },
});

/** What a browser sends of fields that hold these values. */
function formOf(values: Readonly<Record<string, string | readonly string[] | undefined>>, prefix = ''): Form {
  const lines = Object.entries(values).map(
    ([name, value = '']) =>
      [`${prefix}${name}`, [typeof value === 'string' ? value : value.join('\n')]] as const,
  );
  return { once: '1', values: Object.fromEntries(lines), files: {} };
}

describe('The form of a policy', () => {
  it('sends a version unchanged as the body that it was adopted with', () => {
    const { id: _, version: __, ...content } = fuel;
    expect(policyBody('trigger', '', formOf(valuesOf(fuel)))).toEqual(content);
  });

  it('sends a rehearsed policy as the same body, out of fields that stand inside of `policy`', () => {
    const { id: _, version: __, ...content } = fuel;
    expect(policyBody('trigger', 'policy.', formOf(valuesOf(fuel), 'policy.'))).toEqual(content);
  });

  it('leaves out what is empty: a rule about subjects without a direct check names none', () => {
    const rule = SubjectRule.parse({
      id: 'many-complaints',
      version: 1,
      about: 'subject',
      name: '投诉集中',
      effectiveFrom: '2026-03-02',
      when: 'subject.complaints90 >= 3',
      level: 'watch',
      reason: '90 日内投诉 3 件以上',
    });
    expect(policyBody('subject', '', formOf(valuesOf(rule)))).toEqual({
      about: 'subject',
      name: '投诉集中',
      effectiveFrom: '2026-03-02',
      when: 'subject.complaints90 >= 3',
      level: 'watch',
      reason: '90 日内投诉 3 件以上',
    });
  });

  it('sends digits and days of a rule about cohorts as numbers', () => {
    const rule = CohortRule.parse({
      id: 'warned-cohort',
      version: 1,
      about: 'cohort',
      name: '行业预警集中',
      effectiveFrom: '2026-03-02',
      when: 'cohort.warned >= 5',
      industryDigits: 2,
      coolDownDays: 30,
    });
    expect(policyBody('cohort', '', formOf(valuesOf(rule)))).toMatchObject({
      territoryDigits: 6,
      industryDigits: 2,
      coolDownDays: 30,
    });
  });

  it('names the field whose text is no JSON where that field stands in the body', () => {
    const form = formOf({ ...valuesOf(fuel), 'draw.criteria': '{"industry":' }, 'policy.');
    const refused = () => policyBody('trigger', 'policy.', form);
    expect(refused).toThrow(ApiRefusal);
    expect(refused).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          errors: [expect.objectContaining({ pointer: '/policy/draw/criteria' })],
        }),
      }),
    );
  });

  it('fills the other form with what was typed into one', () => {
    const form = formOf({ name: '新名称' }, 'policy.');
    expect(typedPolicy(form, 'policy.')).toEqual({ name: ['新名称'] });
  });
});
