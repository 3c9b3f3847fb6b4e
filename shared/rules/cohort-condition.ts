import { Environment } from '@marcbachmann/cel-js';
import type { Cohort } from '#domain/risk/cohort.ts';
import { compiler, errorIn, truth } from './compiled.ts';

const environment = new Environment().registerVariable('cohort', {
  schema: {
    territory: 'string',
    industry: 'string',
    subjects: 'int',
    watch: 'int',
    warning: 'int',
    severe: 'int',
    warned: 'int',
    warnedBasisPoints: 'int',
  },
});
const compiled = compiler(environment);

const EXAMPLES: readonly Cohort[] = [
  { territory: '410381', industry: 'F52', subjects: 1, watch: 0, warning: 0, severe: 0 },
  { territory: '410381', industry: 'F52', subjects: 120, watch: 6, warning: 3, severe: 1 },
];

/** What is wrong with a condition about cohorts, or undefined when it can be adopted. */
export function cohortConditionError(condition: string): string | undefined {
  return errorIn(
    environment,
    condition,
    EXAMPLES.map((cohort) => ({ cohort: viewOf(cohort) })),
  );
}

/** Whether the condition holds for a cohort with at least one subject. @throws Error when it can't be computed. */
export function cohortMeets(condition: string, cohort: Cohort): boolean {
  return truth(compiled(condition)({ cohort: viewOf(cohort) }), condition);
}

/** `warned` at any level; their share in ten-thousandths, rounded down. CEL's integers are 64 bits. */
function viewOf({ territory, industry, subjects, watch, warning, severe }: Cohort) {
  const warned = watch + warning + severe;
  return {
    territory,
    industry,
    subjects: BigInt(subjects),
    watch: BigInt(watch),
    warning: BigInt(warning),
    severe: BigInt(severe),
    warned: BigInt(warned),
    warnedBasisPoints: BigInt(Math.floor((warned * 10_000) / subjects)),
  };
}
