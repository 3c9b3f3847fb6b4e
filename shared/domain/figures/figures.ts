import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import { RiskLevel } from '#domain/risk/rule.ts';
import { TriggerCategory } from '#domain/trigger/trigger.ts';
import { Instant } from '#domain/time/time.ts';

const count = z.int();

/** Triggers of a month (Asia/Shanghai) from a source. */
export const TriggerCount = z.strictObject({
  month: Month,
  source: z.string(),
  category: TriggerCategory,
  count,
});
export type TriggerCount = z.infer<typeof TriggerCount>;

/** Warnings (风险预警) that came to a level in a month: one that rises later counts at its new level too. */
export const WarningCount = z.strictObject({ month: Month, level: RiskLevel, count });
export type WarningCount = z.infer<typeof WarningCount>;

/**
 * Operating subjects (存续) by credit-risk class (article 6) as a month ended: as the scan of the next month's first morning
 * found them. Of the month that runs it is what the last scan found.
 */
export const ClassesOfMonth = z.strictObject({
  month: Month,
  A: count,
  B: count,
  C: count,
  D: count,
  /** Those that were given no class. */
  unclassed: count,
});
export type ClassesOfMonth = z.infer<typeof ClassesOfMonth>;

/**
 * Inspections that were first published in a month, by result: as it stands after corrections, without those that were
 * withdrawn (article 16). One of several units counts for each.
 */
export const ResultCount = z.strictObject({ month: Month, unit: z.string(), result: ResultCode, count });
export type ResultCount = z.infer<typeof ResultCount>;

/** How often an inspector was sent out in a month, whether or not they went in the end. */
export const SendingCount = z.strictObject({ month: Month, unit: z.string(), inspector: z.string(), count });
export type SendingCount = z.infer<typeof SendingCount>;

/** How the load lies on those of a unit who were sent out at all: times a person. The median of an even number is rounded down. */
export const UnitLoad = z.strictObject({
  unit: z.string(),
  inspectors: count,
  min: count,
  median: count,
  max: count,
});
export type UnitLoad = z.infer<typeof UnitLoad>;

/** What a stratum of a draw was to give by its rule, and what it gave. */
export const StratumShare = z.strictObject({
  draw: z.string(),
  title: z.string(),
  committedAt: Instant,
  stratum: z.string(),
  size: count,
  /** By the rule's ratio or weight, before it is rounded to whole objects (article 6): in hundredths of an object. */
  expectedHundredths: count,
  drawn: count,
});
export type StratumShare = z.infer<typeof StratumShare>;

/** A cohort (territory × industry) with what is warned of in it. */
export const CohortShare = z.strictObject({
  territory: z.string(),
  industry: z.string(),
  subjects: count,
  watch: count,
  warning: count,
  severe: count,
  /** Ten-thousandths of its subjects that are at any level. */
  warnedBasisPoints: count,
});
export type CohortShare = z.infer<typeof CohortShare>;

const months = { from: Month, to: Month };

/** What pictures and tables are made of. */
export const Figure = z.discriminatedUnion('figure', [
  z.strictObject({ figure: z.literal('triggers'), ...months, rows: z.array(TriggerCount) }),
  z.strictObject({ figure: z.literal('risk'), ...months, rows: z.array(WarningCount) }),
  z.strictObject({ figure: z.literal('risk-classes'), ...months, rows: z.array(ClassesOfMonth) }),
  z.strictObject({ figure: z.literal('results'), ...months, rows: z.array(ResultCount) }),
  z.strictObject({ figure: z.literal('load'), ...months, rows: z.array(UnitLoad) }),
  z.strictObject({ figure: z.literal('draws'), rows: z.array(StratumShare) }),
  z.strictObject({
    figure: z.literal('cohorts'),
    /** The counties (6 digits) that hold subjects; the rows are of one of them. */
    territories: z.array(z.string()),
    territory: z.string().optional(),
    rows: z.array(CohortShare),
  }),
]);
export type Figure = z.infer<typeof Figure>;
export type FigureName = Figure['figure'];
export const FigureName = z.enum(['triggers', 'risk', 'risk-classes', 'results', 'load', 'draws', 'cohorts']);
/** The figure of one name. */
export type FigureOf<Name extends FigureName> = Extract<Figure, { figure: Name }>;
