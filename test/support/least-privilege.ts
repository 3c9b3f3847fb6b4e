import * as z from 'zod';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { Reference, resourcesOf, rightsOf, templateIn } from './template.ts';

/** What one AWS call needs: an action, on which table or index, with which partition keys. */
interface Need {
  readonly action: string;
  readonly resource: string;
  readonly keys: readonly string[];
}

const KeyBearing = z
  .object({ pk: z.object({ S: z.string() }) })
  .or(z.object({ chain: z.object({ S: z.string() }) }));
const Calls = {
  GetItem: z.object({ TableName: z.string(), Key: KeyBearing }),
  Query: z.object({
    TableName: z.string(),
    IndexName: z.string().optional(),
    ExpressionAttributeValues: z.record(z.string(), z.object({ S: z.string().optional() })),
  }),
  BatchGetItem: z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(KeyBearing) })) }),
  BatchWriteItem: z.object({
    RequestItems: z.record(z.string(), z.array(z.object({ PutRequest: z.object({ Item: KeyBearing }) }))),
  }),
  TransactWriteItems: z.object({
    TransactItems: z.array(
      z.union([
        z.strictObject({ Put: z.object({ TableName: z.string(), Item: KeyBearing }) }),
        z.strictObject({ Update: z.object({ TableName: z.string(), Key: KeyBearing }) }),
      ]),
    ),
  }),
};

const partition = (key: z.infer<typeof KeyBearing>): string => ('pk' in key ? key.pk.S : key.chain.S);

/** What a call needs of its function's role. @throws Error for a call that this table does not know */
function needsOf({ service, action, body }: InterceptedCall): Need[] {
  if (service === 'eventbridge' || service === 'events') {
    return [{ action: 'events:PutEvents', resource: 'bus', keys: [] }];
  }
  // The runner itself denies these, by the role of the function.
  if (service === 'sqs' || service === 'lambda' || service === 'streams') return [];
  switch (action) {
    case 'GetItem': {
      const { TableName, Key } = Calls.GetItem.parse(body);
      return [{ action: 'dynamodb:GetItem', resource: TableName, keys: [partition(Key)] }];
    }
    case 'Query': {
      const { TableName, IndexName, ExpressionAttributeValues: values } = Calls.Query.parse(body);
      const key = (values[':pk'] ?? values[':chain'])?.S ?? '';
      const resource = IndexName === undefined ? TableName : `${TableName}/index/${IndexName}`;
      return [{ action: 'dynamodb:Query', resource, keys: [key] }];
    }
    case 'BatchGetItem':
      return Object.entries(Calls.BatchGetItem.parse(body).RequestItems).map(([resource, { Keys }]) => ({
        action: 'dynamodb:BatchGetItem',
        resource,
        keys: Keys.map(partition),
      }));
    case 'BatchWriteItem':
      return Object.entries(Calls.BatchWriteItem.parse(body).RequestItems).map(([resource, puts]) => ({
        action: 'dynamodb:BatchWriteItem',
        resource,
        keys: puts.map(({ PutRequest }) => partition(PutRequest.Item)),
      }));
    case 'TransactWriteItems':
      return Calls.TransactWriteItems.parse(body).TransactItems.map((item) =>
        'Put' in item
          ? {
              action: 'dynamodb:PutItem',
              resource: item.Put.TableName,
              keys: [partition(item.Put.Item)],
            }
          : {
              action: 'dynamodb:UpdateItem',
              resource: item.Update.TableName,
              keys: [partition(item.Update.Key)],
            },
      );
    default:
      throw new Error(`no test knows what ${service} ${action} needs`);
  }
}

const list = z.union([z.unknown().transform((one) => [one]), z.array(z.unknown())]);
const Statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z
    .object({
      'ForAllValues:StringLike': z.object({
        'dynamodb:LeadingKeys': z.union([z.string().transform((one) => [one]), z.array(z.string())]),
      }),
    })
    .optional(),
});

/** The calls of a run that the roles of the synthesized template would deny, each in one line; none when all is allowed. */
export function deniedCalls(
  assembly: string,
  calls: readonly InterceptedCall[],
  tables: Readonly<Record<string, string>>,
): string[] {
  const template = templateIn(assembly);
  const rights = rightsOf(template, Statement);
  const roles = resourcesOf(template, 'AWS::Lambda::Function', z.object({ Role: Reference }));
  const statementsOf = (lambda: string) => rights.get(roles.get(lambda)?.Role ?? '') ?? [];
  const logicalId = (resource: string): string => {
    const [table = '', ...index] = resource.split('/');
    const id = Object.entries(tables).find(([, name]) => name === table)?.[0] ?? table;
    return [id, ...index].join('/');
  };
  const denied = calls.flatMap((call) =>
    needsOf(call)
      .filter(
        (need) =>
          !statementsOf(call.function).some((statement) => covers(statement, need, logicalId(need.resource))),
      )
      .map((need) => `${call.function} ${need.action} ${logicalId(need.resource)} ${need.keys.join(' ')}`),
  );
  return [...new Set(denied)];
}

function covers(statement: z.infer<typeof Statement>, { action, keys }: Need, resource: string): boolean {
  const patterns = statement.Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'];
  return (
    statement.Action.includes(action) &&
    names(statement.Resource, resource) &&
    keys.every((key) => patterns === undefined || patterns.some((pattern) => like(key, pattern)))
  );
}

/** Whether a statement's resource, in whatever intrinsics, is this table (or this index of it, and not the bare table). */
function names(statementResource: unknown, resource: string): boolean {
  const [table = '', ...index] = resource.split('/');
  return list.parse(statementResource).some((one) => {
    const text = JSON.stringify(one);
    const suffix = index.join('/');
    return table === 'bus'
      ? /EventBus|Bus/.test(text)
      : text.includes(table) && (suffix === '' ? !text.includes('/index/') : text.includes(`/${suffix}"`));
  });
}

/** IAM's StringLike with the only wildcard that is used here. */
function like(key: string, pattern: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}
