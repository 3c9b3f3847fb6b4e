import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CalendarDate } from '#domain/time/time.ts';

/** What one doing of something uses, of everything that AWS counts. */
export const Usage = z.strictObject({
  /** Read request units of both tables. */
  read: z.number(),
  /** Write request units of the state table and its indexes; a write inside of a transaction counts twice, as it is paid. */
  write: z.number(),
  /** How many of those the indexes take. */
  indexWrite: z.number(),
  /** Write request units of the ledger's table. */
  ledgerWrite: z.number(),
  /** Bytes that stay in both tables and the indexes. */
  stored: z.number(),
  /** Events on the bus. */
  events: z.number(),
  /** Invocations of functions. */
  invocations: z.number(),
  /** Gigabytes of memory of those invocations, added up: times the seconds of one it is GB-seconds. */
  memory: z.number(),
  /** Requests to the HTTP API. */
  requests: z.number(),
  /** Bytes of log lines. */
  logs: z.number(),
});
export type Usage = z.infer<typeof Usage>;

/** What is measured, and what one of it is. */
export const operations = {
  'import-new': { zh: '导入新主体', en: 'a new subject in an imported file' },
  'import-unchanged': { zh: '导入未变主体', en: 'a subject that the file tells nothing new of' },
  'import-changed': { zh: '导入变更主体', en: 'a subject that the file changes' },
  'class-same': { zh: '月度分类，类别不变', en: "a month's class, the same as before" },
  'class-other': { zh: '月度分类，类别变更', en: "a month's class, another than before" },
  'scan-first': { zh: '扫描：首次', en: 'a subject due in the scan for the first time' },
  'scan-quiet': { zh: '扫描：无变化', en: 'a subject due in the scan, with nothing to warn of' },
  'scan-warned': { zh: '扫描：产生预警', en: 'a subject due in the scan that gets a warning' },
  complaint: { zh: '投诉', en: 'a complaint by webhook that names a subject and is held for a person' },
  decision: { zh: '人工处置', en: 'a held complaint that a person dismisses' },
  draw: { zh: '一次抽查', en: 'a draw, from its proposal to its dispatch, without its objects' },
  'pool-object': { zh: '名单中的一户', en: 'an object in the pool of a draw' },
  'drawn-object': { zh: '抽中的一户', en: 'an object that is drawn, matched with inspectors and assigned' },
  inspection: {
    zh: '一次检查',
    en: 'an inspection by two people from acceptance to publication, closed at once',
  },
  archive: { zh: '一次归档', en: 'a closed inspection that is archived, with its package' },
  reminder: { zh: '一次提醒', en: 'a deadline that is due for a reminder' },
  'idle-day': { zh: '空闲的一天', en: 'a whole day of schedules that find nothing due' },
  'staff-read': { zh: '工作人员查看', en: 'an inspection that staff look at' },
  'public-read': { zh: '公众查看', en: 'a published inspection that anybody looks at' },
} as const;
export const Operation = z.enum([
  'import-new',
  'import-unchanged',
  'import-changed',
  'class-same',
  'class-other',
  'scan-first',
  'scan-quiet',
  'scan-warned',
  'complaint',
  'decision',
  'draw',
  'pool-object',
  'drawn-object',
  'inspection',
  'archive',
  'reminder',
  'idle-day',
  'staff-read',
  'public-read',
]) satisfies z.ZodType<keyof typeof operations>;
export type Operation = z.infer<typeof Operation>;

/** What was measured of an operation. */
export const Measured = z.strictObject({
  /** How many were done in the two runs whose difference tells what one uses; one number where one was looked at by itself. */
  runs: z.array(z.int().positive()).min(1).max(2),
  each: Usage,
  /** What a run of these uses besides, however many they are. */
  fixed: Usage.optional(),
});
export type Measured = z.infer<typeof Measured>;

/** docs/cost.json. */
export const MeasuredCosts = z.strictObject({
  measuredOn: CalendarDate,
  engine: z.string(),
  node: z.string(),
  operations: z.record(Operation, Measured),
});
export type MeasuredCosts = z.infer<typeof MeasuredCosts>;

const FILE = new URL('../../docs/cost.json', import.meta.url);

/** What `npm run bench -- --only cost --write` measured last. @throws ZodError when an operation is missing */
export function measuredCosts(): MeasuredCosts {
  return MeasuredCosts.parse(JSON.parse(readFileSync(FILE, 'utf8')));
}
