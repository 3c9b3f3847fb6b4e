import * as z from 'zod';
import { LedgerPart, PublicDirectory, PublicItems, PublicPlans, PublicStart } from '#contracts/open-data.ts';
import type { Operation } from './operation.ts';

const Format = { format: z.literal('json').optional() };

/** What everyone may read about how supervision is done, beside the results and the draws. */
export const portalOperations = {
  'GET /public': {
    summary: ['公开信息首页', 'Where the public begins'],
    query: z.object(Format),
    answers: { 200: PublicStart },
  },
  'GET /public/plans': {
    summary: ['抽查计划及其抽取', 'Plans with their draws'],
    query: z.object({ ...Format, after: z.string().optional() }),
    answers: { 200: PublicPlans },
  },
  'GET /public/items': {
    summary: ['抽查事项清单', 'List of check items'],
    query: z.object({ ...Format, after: z.string().optional() }),
    answers: { 200: PublicItems },
  },
  'GET /public/directory': {
    summary: ['执法检查人员名录库统计', 'The directory of inspectors in figures'],
    query: z.object(Format),
    answers: { 200: PublicDirectory },
  },
  'GET /public/ledger': {
    summary: ['账本', 'The ledger'],
    query: z.object({ after: z.string().optional() }),
    answers: { 200: LedgerPart },
  },
  'GET /public/schema.json': {
    summary: ['开放数据的 JSON Schema', 'JSON Schema of the open data'],
    answers: { 200: ['application/schema+json'] },
  },
  'GET /public/verifier.js': {
    summary: [
      '核验页面按下按钮后装载的程序',
      'The program that the verification page loads when its button is pressed',
    ],
    answers: { 200: ['text/javascript'] },
  },
} as const satisfies Readonly<Record<string, Operation>>;
