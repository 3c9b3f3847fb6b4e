import { Environment } from '@marcbachmann/cel-js';
import type { Trigger } from '#domain/trigger/trigger.ts';

/**
 * Conditions of policies, in CEL (Common Expression Language). The vocabulary is `trigger`, with every member always
 * present, so that a condition can't fail on a report that leaves something out: what is absent is an empty string, and a
 * report without a severity is normal.
 */
const vocabulary = {
  category: 'string',
  severity: 'string',
  source: 'string',
  title: 'string',
  text: 'string',
  territory: 'string',
  industry: 'string',
  subjectId: 'string',
  subjectName: 'string',
  evidence: 'int',
} as const;

/** A report that says everything, for trying a condition out. */
const EXAMPLE = {
  category: 'complaint',
  severity: 'normal',
  source: 'hotline-12345',
  title: '标题',
  text: '内容',
  territory: '410381',
  industry: 'F5211',
  subjectId: '91410381PDY000247B',
  subjectName: '名称',
  evidence: 1n,
};

const environment = new Environment().registerVariable('trigger', { schema: vocabulary });

/** What is wrong with a condition, or undefined when it can be typed and gives true or false. */
export function conditionError(condition: string): string | undefined {
  const checked = environment.check(condition);
  if (!checked.valid) {
    return checked.error?.message ?? 'not a CEL expression';
  }
  if (checked.type !== 'bool') {
    return `gives ${checked.type ?? 'nothing'}, a condition gives bool`;
  }
  // Some faults only show when it is computed: a pattern that is none, in matches("(").
  try {
    environment.evaluate(condition, { trigger: EXAMPLE });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the condition holds for the trigger. @throws Error when it can't be evaluated. */
export function holds(condition: string, trigger: Trigger): boolean {
  const { report } = trigger;
  const result: unknown = environment.evaluate(condition, {
    trigger: {
      category: report.category,
      severity: report.severity ?? 'normal',
      source: trigger.source,
      title: report.title,
      text: report.text ?? '',
      territory: report.cohort?.territory ?? '',
      industry: report.cohort?.industry ?? '',
      subjectId: report.subject?.id ?? '',
      subjectName: report.subject?.name ?? '',
      evidence: BigInt(report.evidence?.length ?? 0),
    },
  });
  if (typeof result !== 'boolean') {
    throw new TypeError(`the condition ${condition} gave ${typeof result}, not true or false`);
  }
  return result;
}
