import { Environment } from '@marcbachmann/cel-js';
import type { Trigger } from '#domain/trigger/trigger.ts';
import { compiler, errorIn, truth } from './compiled.ts';

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
const compiled = compiler(environment);

/** What is wrong with a condition, or undefined when it can be adopted. */
export function conditionError(condition: string): string | undefined {
  return errorIn(environment, condition, [{ trigger: EXAMPLE }]);
}

/** Whether the condition holds for the trigger. @throws Error when it can't be evaluated. */
export function holds(condition: string, trigger: Trigger): boolean {
  const { report } = trigger;
  const view = {
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
  };
  return truth(compiled(condition)({ trigger: view }), condition);
}
