import * as z from 'zod';
import { Draw } from '#domain/draw/draw.ts';
import { UnitFigures } from '#domain/inspector/figures.ts';
import { Publication, Withdrawal } from '#domain/inspection/publication.ts';
import { Item } from '#domain/item/item.ts';
import { LedgerEntry } from '#domain/ledger/ledger.ts';
import { Plan } from '#domain/plan/plan.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** One version of a public record, beside the others. */
export const PublicVersion = z.strictObject({
  version: z.int().positive(),
  /** The day from which it stood. */
  on: CalendarDate,
  /** Why it was made; absent for the first. */
  reason: z.string().optional(),
  /** What the ledger's event holds of it. */
  hash: z.string(),
  link: z.string(),
  /** The day on which another one took its place, and why. */
  superseded: z.strictObject({ on: CalendarDate, reason: z.string() }).optional(),
});
export type PublicVersion = z.infer<typeof PublicVersion>;

/** A published result (抽查检查结果) in one of its versions, or that it was withdrawn. */
export const PublicResult = z.union([
  z.strictObject(Withdrawal.shape),
  z.strictObject({
    ...Publication.shape,
    superseded: PublicVersion.shape.superseded,
    versions: z.array(PublicVersion),
  }),
]);

const { id, status, title, items, criteria, named, staffing, proposedAt, approvedAt } = Draw.shape;
const { committed, drawn, dispatchedAt, inspections, closedAt, voided, replaces, replacedBy } = Draw.shape;

/** A draw (抽取) as everyone may read it, from its commitment on. */
export const PublicDraw = z.strictObject({
  id,
  status,
  /** Document number 文号 of its plan. */
  plan: z.string(),
  title,
  items,
  criteria,
  named,
  staffing,
  proposedAt,
  approvedAt,
  committed,
  /** When the value of its beacon can be there at the earliest. */
  awaitedFrom: Draw.shape.approvedAt,
  drawn,
  matchedAt: Draw.shape.approvedAt,
  dispatchedAt,
  inspections,
  closedAt,
  voided,
  replaces,
  replacedBy,
  /** In how many parts the pool is downloaded. */
  poolParts: z.int().nonnegative(),
  proofHash: z.string().optional(),
});
export type PublicDraw = z.infer<typeof PublicDraw>;

/** A draw in a list. */
export const DrawInList = z.strictObject({
  id,
  status,
  plan: z.string(),
  title,
  proposedAt,
  committedAt: Draw.shape.approvedAt,
  drawnAt: Draw.shape.approvedAt,
  selected: z.int().nonnegative().optional(),
});
export type DrawInList = z.infer<typeof DrawInList>;

/** A plan (抽查计划, article 7(1)) under its document number, with the draws of it that are public. */
export const PublicPlan = z.strictObject({
  number: Plan.shape.number,
  title: Plan.shape.title,
  madeAt: Plan.shape.madeAt,
  draws: z.array(DrawInList),
});
export type PublicPlan = z.infer<typeof PublicPlan>;

/** A page of plans, those of the newest draws first. */
export const PublicPlans = z.strictObject({ plans: z.array(PublicPlan), next: z.string().optional() });

/** A page of the list of check items (抽查事项清单, article 2), in the order of their codes. */
export const PublicItems = z.strictObject({ items: z.array(Item), next: z.string().optional() });

/** The directory of inspectors in figures (article 5), as it stands on a day. */
export const PublicDirectory = z.strictObject({ on: CalendarDate, units: z.array(UnitFigures) });

/** A part of the ledger; `next` is there when more follow. */
export const LedgerPart = z.strictObject({
  entries: z.array(LedgerEntry),
  next: z.int().positive().optional(),
});

/** What is to be read here, for a program that begins at the start page. */
export const PublicStart = z.strictObject({
  pages: z.array(z.strictObject({ path: z.string(), zh: z.string(), en: z.string() })),
});

/**
 * The JSON Schema (2020-12) of the records that the open data is made of, each under its name in `$defs`. It is made of
 * what the records are parsed by: there is no second description.
 */
export function openDataSchema() {
  const records = { publication: PublicResult, draw: PublicDraw, ledgerEntry: LedgerEntry };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: '明抽开放数据 Open data of Mingchou',
    $defs: Object.fromEntries(
      Object.entries(records).map(([name, record]) => {
        const { $schema: _version, ...schema } = z.toJSONSchema(record);
        return [name, schema];
      }),
    ),
  };
}
