import * as z from 'zod';
import { inForce } from '#domain/policy/policy.ts';
import { CohortRule, RiskRule, SubjectRule } from '#domain/risk/rule.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { lists, passKey, stateKey } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** Each version is a record of its own: what a warning went by can always be read again (article 17). */
const versionId = (id: string, version: number): string => `${id}@${version}`;

/**
 * That the library has to be looked at as a whole, since rules say something else from a day on: every subject for a rule
 * about subjects, every cohort for one about cohorts. One record for each such day; it stands on the due index until it is done.
 */
export const Pass = z.object({
  id: z.string(),
  about: z.enum(['subject', 'cohort']),
  from: CalendarDate,
  /** The rule's version that asked last: a pass that was under way by then is not the one that it asks for. */
  digest: z.string(),
});
export type Pass = z.infer<typeof Pass>;

/** Adopts a version, and asks for the pass that it makes necessary; fails when that version exists. */
export function adoptedRule(rule: RiskRule): StateWrite[] {
  const id = versionId(rule.id, rule.version);
  const { about, effectiveFrom: from } = rule;
  const pass: Pass = { id: `${about}@${from}`, about, from, digest: id };
  return [
    {
      key: stateKey('POLICY', id),
      item: {
        ...rule,
        listPk: lists.riskRules,
        listSk: `${rule.id}#${String(rule.version).padStart(6, '0')}`,
      },
      expect: 'absent',
    },
    { key: stateKey('PASS', pass.id), item: { ...pass, ...passKey(from, pass.id) }, expect: 'anything' },
  ];
}

/** Stored rows carry their keys; what is parsed of them is the rule alone. */
const StoredRule = z.discriminatedUnion('about', [SubjectRule.strip(), CohortRule.strip()]);

/** All versions of all rules about risk, by id and version. */
export function allRiskRules(store: StateTable): Promise<RiskRule[]> {
  return queryAll(store, StoredRule, { index: 'list', partition: lists.riskRules });
}

/** All versions of one rule, oldest first. */
export function versionsOfRule(store: StateTable, id: string): Promise<RiskRule[]> {
  return queryAll(store, StoredRule, { index: 'list', partition: lists.riskRules, prefix: `${id}#` });
}

export interface RulesInForce {
  readonly subject: readonly SubjectRule[];
  readonly cohort: readonly CohortRule[];
}

/** The rules in force on a day, by what they are about, each kind in order of id. */
export async function riskRulesInForce(store: StateTable, day: CalendarDate): Promise<RulesInForce> {
  const rules = inForce(await allRiskRules(store), day);
  return {
    subject: rules.filter((rule) => rule.about === 'subject'),
    cohort: rules.filter((rule) => rule.about === 'cohort'),
  };
}
