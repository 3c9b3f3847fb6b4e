import { describe, expect, it } from 'vitest';
import { Item } from '#domain/item/item.ts';
import { Policy } from '#domain/policy/policy.ts';
import { suggestions } from '#domain/trigger/suggestion.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { fuelPolicy, MONDAY } from '../../support/samples.ts';

const trigger = (report: object): Trigger =>
  Trigger.parse({
    id: 'T-1',
    version: 1,
    status: 'received',
    source: 'network-monitor',
    senderId: 'm-1',
    receivedAt: MONDAY,
    report: { category: 'monitoring', title: '监测', ...report },
  });
const policy = (id: string, when: string, draw: object): Policy =>
  Policy.parse({ ...fuelPolicy, id, name: `规则${id}`, when, draw: { ...fuelPolicy.draw, ...draw } });
const item = (code: string, industries: string[]): Item =>
  Item.parse({
    code,
    matter: '事项',
    legalBasis: '法',
    unit: '单位',
    appliesTo: { kinds: [], industries },
    ratio: { A: 1, B: 1, C: 1, D: 1 },
    methods: ['on-site'],
    content: '内容',
  });
const ITEMS = [item('YS-001', ['F5265']), item('YS-002', [])];
const fuel = { items: ['YS-001'], criteria: { industry: ['F526'] } };
const open = { items: ['YS-002'], criteria: {} };
const found = (report: object, ...policies: Policy[]) =>
  suggestions(trigger(report), policies, ITEMS).map(({ policy: id, because }) => [id, because]);

describe('what a person is suggested for a trigger that no rule knows', () => {
  const complaint = policy('complaint-fuel', 'trigger.category == "complaint"', fuel);
  const monitoring = policy('monitoring-all', `trigger.category in ['risk', 'monitoring']`, open);

  it('is a policy whose items or criteria are about the industry, or whose condition asks for the category', () => {
    expect(found({ cohort: { industry: 'F5265' } }, monitoring, complaint)).toEqual([
      ['complaint-fuel', ['items', 'industry']],
      ['monitoring-all', ['category']],
    ]);
    expect(found({ cohort: { industry: 'F52' } }, complaint)).toEqual([
      ['complaint-fuel', ['items', 'industry']],
    ]);
    expect(found({ category: 'complaint' }, complaint)).toEqual([['complaint-fuel', ['category']]]);
  });

  it('is nothing that is open to every industry, about another one, or asks for another category', () => {
    expect(found({ category: 'referral', cohort: { industry: 'H62' } }, complaint, monitoring)).toEqual([]);
    expect(found({ category: 'referral' }, complaint, monitoring)).toEqual([]);
  });

  it('is nothing that could not be fired, because the report names too little', () => {
    const needs = policy('needs', 'trigger.category == "monitoring"', {
      items: ['YS-001'],
      criteria: { territory: 'from-trigger', industry: ['F526'] },
    });
    expect(found({ cohort: { industry: 'F5265' } }, needs)).toEqual([]);
    expect(found({ cohort: { industry: 'F5265', territory: '410381' } }, needs)).toEqual([
      ['needs', ['items', 'industry', 'category']],
    ]);
  });

  it('are five at the most, ties by id, with the version in force', () => {
    const many = ['g', 'f', 'e', 'd', 'c', 'b'].map((letter) =>
      policy(`rule-${letter}`, 'trigger.category == "monitoring"', open),
    );
    expect(suggestions(trigger({}), many, ITEMS)).toEqual(
      ['b', 'c', 'd', 'e', 'f'].map((letter) => ({
        policy: `rule-${letter}`,
        version: 1,
        name: `规则rule-${letter}`,
        because: ['category'],
      })),
    );
  });
});
