import { expect, it } from 'vitest';
import * as z from 'zod';
import { rightsOf, templateIn, workshop } from '../support/template.ts';

const Statement = z.object({
  Action: z.union([z.string(), z.array(z.string())]),
  Condition: z.unknown().optional(),
});

const Counting = z.strictObject({
  'ForAllValues:StringLike': z.strictObject({ 'dynamodb:LeadingKeys': z.array(z.string()) }),
  Null: z.strictObject({ 'dynamodb:LeadingKeys': z.literal('false') }),
});

const { assembly } = await workshop();

it('nothing in the tables is updated but counters, to which is added: those of cells and of classes, of deadlines that were kept, of inspections, and of figures', () => {
  const updates = [...rightsOf(templateIn(assembly), Statement).values()]
    .flat()
    .filter(({ Action }) => [Action].flat().includes('dynamodb:UpdateItem'));
  const keys = updates.flatMap(
    ({ Condition }) => Counting.parse(Condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys'],
  );
  const of = (counter: string) => keys.filter((key) => key === counter);
  // The scan counts, and whoever dismisses a warning takes its subject out of the count.
  expect(of('CELL#*').length).toBe(2);
  // The scan alone: nobody else sees what class a subject had before.
  expect(of('CLASSES').length).toBe(1);
  // Whoever meets a deadline, finds it late or gives it a longer day.
  expect(of('PUNCTUALITY').length).toBe(9);
  // Whoever sends an inspection out, changes its state or its units.
  expect(of('TALLY#*').length).toBe(5);
  // The function that hears of what is counted.
  expect(of('FIGURES#*').length).toBe(1);
  expect(keys.length).toBe(18);
});
