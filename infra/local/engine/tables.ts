import type { DynamoDB, TableDescription } from '@aws-sdk/client-dynamodb';
import { LocalRunnerError, messageOf } from '../failure.ts';
import type { TablePlan } from '../template/plan.ts';

export interface LiveTable {
  plan: TablePlan;
  /** ARN of the table's stream in the engine; it changes when the table is made anew. */
  streamArn: string | undefined;
}

/**
 * Makes the tables of the template that don't exist yet, and refuses those that exist in another shape.
 * `expire` turns TTL on. It must be off while the virtual clock is behind the machine's: the engine deletes by the
 * machine's clock, and would throw away in March what expires in April because the machine has November.
 */
export async function ensureTables(
  client: DynamoDB,
  plans: readonly TablePlan[],
  expire: boolean,
): Promise<LiveTable[]> {
  const existing = await namesOf(client);
  const live: LiveTable[] = [];
  for (const plan of plans) {
    if (!existing.has(plan.name)) await create(client, plan);
    const description = (await client.describeTable({ TableName: plan.name })).Table;
    if (description === undefined)
      throw new LocalRunnerError(`The engine does not describe the table ${plan.name}.`);
    refuseOtherShape(plan, description);
    await setExpiry(client, plan, expire);
    live.push({ plan, streamArn: plan.properties.StreamSpecification && description.LatestStreamArn });
  }
  return live;
}

async function namesOf(client: DynamoDB): Promise<Set<string>> {
  const names = new Set<string>();
  let from: string | undefined;
  try {
    do {
      const page = await client.listTables(from === undefined ? {} : { ExclusiveStartTableName: from });
      for (const name of page.TableNames ?? []) names.add(name);
      from = page.LastEvaluatedTableName;
    } while (from !== undefined);
  } catch (error) {
    throw new LocalRunnerError(
      `The database engine cannot list its tables (${messageOf(error)}): its data folder may be broken; start with --fresh to begin anew.`,
    );
  }
  return names;
}

async function create(client: DynamoDB, { name, properties }: TablePlan): Promise<void> {
  const indexes = (list: typeof properties.GlobalSecondaryIndexes) =>
    list?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection: {
        ProjectionType: Projection.ProjectionType ?? 'ALL',
        NonKeyAttributes: Projection.NonKeyAttributes,
      },
    }));
  await client.createTable({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    GlobalSecondaryIndexes: indexes(properties.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: indexes(properties.LocalSecondaryIndexes),
    StreamSpecification:
      properties.StreamSpecification === undefined
        ? undefined
        : { StreamEnabled: true, StreamViewType: properties.StreamSpecification.StreamViewType },
  });
}

async function setExpiry(client: DynamoDB, { name, properties }: TablePlan, expire: boolean): Promise<void> {
  const wanted = properties.TimeToLiveSpecification;
  if (wanted === undefined) return;
  const status = (await client.describeTimeToLive({ TableName: name })).TimeToLiveDescription
    ?.TimeToLiveStatus;
  const enabled = status === 'ENABLED' || status === 'ENABLING';
  if (enabled === (wanted.Enabled && expire)) return;
  await client.updateTimeToLive({
    TableName: name,
    TimeToLiveSpecification: { AttributeName: wanted.AttributeName, Enabled: !enabled },
  });
}

function refuseOtherShape({ name, properties }: TablePlan, found: TableDescription): void {
  const wanted = shape(
    properties.KeySchema,
    properties.GlobalSecondaryIndexes,
    properties.StreamSpecification?.StreamViewType,
  );
  const actual = shape(
    found.KeySchema,
    found.GlobalSecondaryIndexes,
    found.StreamSpecification?.StreamViewType,
  );
  if (wanted !== actual) {
    throw new LocalRunnerError(
      `The table ${name} in the database has another shape than the template's: start with --fresh to begin anew.`,
    );
  }
}

/** What of a table can't be changed later, as a text to compare. */
function shape(
  keys: readonly { AttributeName?: string | undefined; KeyType?: string | undefined }[] | undefined,
  indexes: readonly { IndexName?: string | undefined }[] | undefined,
  stream: string | undefined,
): string {
  return JSON.stringify([
    keys?.map((key) => [key.AttributeName, key.KeyType]),
    (indexes ?? []).map((index) => index.IndexName ?? '').toSorted(),
    stream,
  ]);
}
