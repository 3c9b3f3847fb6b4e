import type { Item } from '#domain/item/item.ts';
import { criteriaFor, type Policy } from '#domain/policy/policy.ts';
import type { Suggestion, Trigger } from './trigger.ts';

/** As many as a person reads; the others can be chosen all the same. */
const SHOWN = 5;

/**
 * The policies that a person may want to fire a trigger by, that which most speaks for first, ties by id. A policy is
 * suggested when one of its check items or its criteria are about the industry that the report names (one code being a
 * prefix of the other), or when its condition asks for the report's category. What is open to every industry says nothing of
 * this one, and a policy that needs the report to name more than it does can't be fired and is left out.
 */
export function suggestions(
  { report }: Trigger,
  policies: readonly Policy[],
  items: readonly Item[],
): Suggestion[] {
  const industry = report.cohort?.industry;
  const found = policies.flatMap((policy): Suggestion[] => {
    const reasons = {
      items: items.some(
        ({ code, appliesTo }) => policy.draw.items.includes(code) && isAbout(appliesTo.industries, industry),
      ),
      industry: isAbout(fixedIndustries(policy), industry),
      category: new RegExp(`["']${report.category}["']`).test(policy.when),
    };
    const because = REASONS.filter((reason) => reasons[reason]);
    return because.length === 0 || 'missing' in criteriaFor(policy, report.cohort)
      ? []
      : [{ policy: policy.id, version: policy.version, name: policy.name, because }];
  });
  return found
    .toSorted((a, b) => b.because.length - a.because.length || (a.policy < b.policy ? -1 : 1))
    .slice(0, SHOWN);
}

const REASONS = ['items', 'industry', 'category'] as const;

function fixedIndustries({ draw }: Policy): readonly string[] {
  const { industry } = draw.criteria;
  return industry === undefined || industry === 'from-trigger' ? [] : industry;
}

function isAbout(prefixes: readonly string[], industry: string | undefined): boolean {
  return (
    industry !== undefined &&
    prefixes.some((prefix) => prefix.startsWith(industry) || industry.startsWith(prefix))
  );
}
