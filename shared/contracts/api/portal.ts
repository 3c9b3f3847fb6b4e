import * as z from 'zod';
import { LedgerEntry } from '#domain/ledger/ledger.ts';
import type { Operation } from './operation.ts';

/** The page of the description of the API: of one function's routes, or of what there is. */
export const ApiPageQuery = z.object({ tag: z.string().optional() });

/** Where the page before ended: 0 for the first. */
export const LedgerQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

export const portalOperations = {
  'GET /public/ledger': {
    summary: ['账本', 'The ledger, 500 entries at a time'],
    query: LedgerQuery,
    answers: {
      200: z.strictObject({ entries: z.array(LedgerEntry), next: z.int().positive().optional() }),
    },
  },
  'GET /public/openapi.json': {
    summary: ['接口说明（OpenAPI 3.1）', 'This description of the API'],
    answers: { 200: z.looseObject({ openapi: z.literal('3.1.1') }) },
  },
  'GET /public/events.json': {
    summary: ['事件格式（JSON Schema）', 'The shapes of all events'],
    answers: { 200: z.looseObject({ $defs: z.record(z.string(), z.unknown()) }) },
  },
  'GET /public/api': {
    summary: ['接口说明', 'This description as pages to read'],
    query: ApiPageQuery,
    answers: { 200: ['text/html'] },
  },
} as const satisfies Readonly<Record<string, Operation>>;
