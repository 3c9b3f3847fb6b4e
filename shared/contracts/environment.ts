import * as z from 'zod';

/** Every environment variable that a function may be given, with what it may hold. Both sides read this file: the stack sets them, the functions parse them. */
export const variables = {
  STATE_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  EVENT_BUS: z.string().min(1),
  /** Document number (文号) of a plan, with `{year}` and `{serial}`. */
  PLAN_NUMBER_TEMPLATE: z.string().includes('{serial}').includes('{year}'),
  /** Subjects of the library that one step of the gathering of a pool looks at. */
  GATHER_LIMIT: z.coerce.number().int().positive(),
  /** Staff numbers, comma-separated, that are administrators before any people are imported. */
  ADMINISTRATORS: z.string().transform((list) => list.split(',').filter((staffNo) => staffNo !== '')),
} as const;
export type VariableName = keyof typeof variables;

/** Which function gets which variables, by the function's folder. A name that is missing here can't be deployed. */
export const environments = {
  webhook: ['STATE_TABLE'],
  triage: ['STATE_TABLE'],
  draw: ['STATE_TABLE', 'PLAN_NUMBER_TEMPLATE', 'GATHER_LIMIT'],
  beacon: ['STATE_TABLE'],
  match: ['STATE_TABLE'],
  dispatch: ['STATE_TABLE'],
  inspections: ['STATE_TABLE', 'ADMINISTRATORS'],
  deadlines: ['STATE_TABLE'],
  notify: ['STATE_TABLE'],
  relay: ['EVENT_BUS'],
  ledger: ['LEDGER_TABLE'],
  libraries: ['STATE_TABLE', 'ADMINISTRATORS'],
  administration: ['STATE_TABLE', 'ADMINISTRATORS'],
  cases: ['STATE_TABLE', 'ADMINISTRATORS', 'PLAN_NUMBER_TEMPLATE'],
  portal: ['STATE_TABLE', 'LEDGER_TABLE'],
  unmatched: [],
} as const satisfies Readonly<Record<string, readonly VariableName[]>>;
export type FunctionName = keyof typeof environments;
