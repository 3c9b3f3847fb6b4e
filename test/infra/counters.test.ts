import { expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, templateIn, workshop } from '../support/template.ts';

const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Action: z.union([z.string(), z.array(z.string())]),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
});

const { assembly } = await workshop();

it('nothing in the tables is updated but the counts of cells, to which is added', () => {
  const policies = [...resourcesOf(templateIn(assembly), 'AWS::IAM::Policy', Policy).values()];
  const updates = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes('dynamodb:UpdateItem'));
  const cells = {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CELL#*'] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
  // The scan counts, and whoever dismisses a warning takes its subject out of the count.
  expect(updates.map(({ Condition }) => Condition)).toEqual([cells, cells]);
});
