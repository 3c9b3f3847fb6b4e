import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { letterPath, letterPathNames } from '#contracts/dead-letters.ts';
import {
  nameOf,
  Reference,
  resourcesOf,
  rightsOf,
  Statement,
  templateIn,
  workshop,
} from '../support/template.ts';

const template = templateIn((await workshop()).assembly);
const Lambda = z.object({
  Role: Reference,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const named = new Map(
  [...resourcesOf(template, 'AWS::Lambda::Function', Lambda)].map(([id, lambda]) => [nameOf(id), lambda]),
);
const rights = rightsOf(template, Statement);
/** Every statement of every role, with the function that has it. */
const statements = [...named].flatMap(([name, { Role }]) =>
  (rights.get(Role) ?? []).map((statement) => ({ name, ...statement })),
);

describe('the function that looks after dead letters', () => {
  it('is told of the queues by the stack’s name, and of the functions within what an environment holds', () => {
    const variables = named.get('dead-letters')?.Environment.Variables ?? {};
    expect(JSON.stringify(variables['DEAD_LETTER_QUEUES'])).toMatch(/\/mingchou-test-"\]\]\}$/);
    const names = resourcesOf(template, 'AWS::SQS::Queue', z.object({ QueueName: z.string() }));
    expect([...names.values()].map(({ QueueName }) => QueueName).toSorted()).toEqual(
      letterPathNames.map((name) => `mingchou-test-${name}-dead-letters`).toSorted(),
    );
    // Each name with its quotes, colon and comma, at the 64 characters that a function's may have; 4 KB are all there is.
    const told = letterPathNames.filter((name) => letterPath(name).sendable);
    const longest = told.reduce((sum, name) => sum + name.length + 64 + 6, 0);
    expect(longest).toBeLessThan(2_000);
  });

  it('alone has rights to what could not be done: on every dead-letter queue, and on nothing else', () => {
    const reaching = statements.filter(({ Action }) =>
      Action.some((action) => action.startsWith('sqs:') && action !== 'sqs:SendMessage'),
    );
    expect(reaching.map(({ name, Action }) => [name, Action.toSorted()])).toEqual([
      [
        'dead-letters',
        ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ],
    ]);
    const queues = [...resourcesOf(template, 'AWS::SQS::Queue', z.looseObject({})).keys()];
    expect(z.array(Reference).parse(reaching[0]?.Resource).toSorted()).toEqual(queues.toSorted());
    expect(queues.length).toBe(23);
  });

  it('alone may invoke functions: those that do once what they are sent twice, and no run that the next one makes good', () => {
    const invoking = statements.filter(({ Action }) => Action.includes('lambda:InvokeFunction'));
    expect(invoking.map(({ name, Action }) => [name, Action])).toEqual([
      ['dead-letters', ['lambda:InvokeFunction']],
    ]);
    const functions = z.array(Reference).parse(invoking[0]?.Resource).map(nameOf);
    expect(functions.map(String).toSorted().join(' ')).toBe(
      'assess closing dispatch draw figures imports ledger match notify outgoing packaging recount rehearsal relay scan signals succession triage',
    );
  });

  it('reads the stream besides those who are on it, and of the tables its own records and people', () => {
    const reading = statements.filter(({ Action }) => Action.includes('dynamodb:GetRecords'));
    expect(reading.map(({ name, Action }) => [name, Action])).toEqual([
      ['relay', ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator']],
      ['ledger', ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator']],
      ['dead-letters', ['dynamodb:GetRecords', 'dynamodb:GetShardIterator']],
    ]);
    const keys = statements
      .filter(({ name, Condition }) => name === 'dead-letters' && Condition !== undefined)
      .map(({ Action, Condition }) => [Action[0], Condition]);
    expect(keys).toMatchObject([
      [
        'dynamodb:BatchGetItem',
        {
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': ['PERSON#*', 'DEAD-LETTERS#*', 'ONCE#dead-letters#*'],
          },
        },
      ],
      [
        'dynamodb:BatchWriteItem',
        { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DEAD-LETTERS#*', 'ONCE#dead-letters#*'] } },
      ],
    ]);
  });
});
