import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import { Figure } from '#domain/figures/figures.ts';
import type { Operation } from './operation.ts';

/** What is asked of a figure: its months, at most 24, and the county of cohorts. */
export const FigureQuery = z.strictObject({
  from: Month.optional(),
  to: Month.optional(),
  /** Of cohorts: the county, the first one that is known when absent. */
  territory: z
    .string()
    .regex(/^\d{6}$/, '6 位行政区划代码 6 digits of GB/T 2260')
    .optional(),
  format: z.enum(['json', 'csv']).optional(),
});

export const agendaOperations = {
  'GET /figures/{name}': {
    summary: [
      '统计图的数据：triggers、risk、results、load、draws、cohorts，加 .csv 为表格文件',
      'The data of a figure, by its name; with .csv a file',
    ],
    query: FigureQuery,
    answers: { 200: Figure },
  },
} as const satisfies Readonly<Record<string, Operation>>;
