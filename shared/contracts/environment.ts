import * as z from 'zod';

/** Every environment variable that a function may be given, with what it may hold. Both sides read this file: the stack sets them, the functions parse them. */
export const variables = {
  STATE_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  EVENT_BUS: z.string().min(1),
  /** Document number (文号) of a plan, with `{year}` and `{serial}`. */
  PLAN_NUMBER_TEMPLATE: z.string().includes('{serial}').includes('{year}'),
  /** Staff numbers, comma-separated, that are administrators before any people are imported. */
  ADMINISTRATORS: z.string().transform((list) => list.split(',').filter((staffNo) => staffNo !== '')),
  /** How many teams of a draw one invocation hands out; the next batch is an event of its own. */
  DISPATCH_BATCH: z.coerce.number().pipe(z.int().min(1)),
} as const;
export type VariableName = keyof typeof variables;

/** Which function gets which variables, by the function's folder. A name that is missing here can't be deployed. */
export const environments = {
  webhook: ['STATE_TABLE'],
  triage: ['STATE_TABLE'],
  draw: ['STATE_TABLE', 'PLAN_NUMBER_TEMPLATE'],
  match: ['STATE_TABLE'],
  dispatch: ['STATE_TABLE', 'DISPATCH_BATCH'],
  inspections: ['STATE_TABLE', 'ADMINISTRATORS'],
  deadlines: ['STATE_TABLE'],
  notify: ['STATE_TABLE'],
  relay: ['EVENT_BUS'],
  ledger: ['LEDGER_TABLE'],
  libraries: ['STATE_TABLE', 'ADMINISTRATORS'],
  administration: ['STATE_TABLE', 'ADMINISTRATORS'],
  cases: ['STATE_TABLE', 'ADMINISTRATORS'],
  portal: ['STATE_TABLE', 'LEDGER_TABLE'],
  unmatched: [],
} as const satisfies Readonly<Record<string, readonly VariableName[]>>;
export type FunctionName = keyof typeof environments;
