import { randomBytes } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMeter, type Meter } from '../bench/cost/meter.ts';
import { workshop } from '../support/template.ts';

const UNUSED = { read: 0, write: 0, indexWrite: 0, ledgerWrite: 0 };
const text = (S: string) => ({ S });

describe('the meter of the bench', () => {
  let meter: Meter;
  let client: DynamoDB;

  beforeAll(async () => {
    const { endpoint } = await workshop();
    const [own, shadow] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
    const through = (url: string, accessKeyId: string) =>
      new DynamoDB({
        endpoint: url,
        region: 'cn-north-1',
        credentials: { accessKeyId, secretAccessKey: 'none' },
      });
    for (const database of [own, shadow]) {
      for (const TableName of ['State', 'Ledger']) await makeTable(through(endpoint, database), TableName);
    }
    meter = await startMeter(endpoint, shadow);
    client = through(meter.endpoint, own);
  });
  afterAll(async () => {
    client.destroy();
    await meter.stop();
  });
  beforeEach(() => {
    meter.take();
  });

  test('counts a write by its size, with what its index takes', async () => {
    await client.putItem({ TableName: 'State', Item: { pk: text('small') } });
    expect(meter.take()).toEqual({ ...UNUSED, write: 1 });
    await client.putItem({ TableName: 'State', Item: { pk: text('large'), body: text('x'.repeat(2500)) } });
    expect(meter.take()).toEqual({ ...UNUSED, write: 3 });
    await client.putItem({ TableName: 'State', Item: { pk: text('listed'), listPk: text('all') } });
    expect(meter.take()).toEqual({ ...UNUSED, write: 2, indexWrite: 1 });
  });

  test('counts every item of a transaction, and each twice', async () => {
    const put = (TableName: string, pk: string) => ({
      Put: { TableName, Item: { pk: text(pk) }, ConditionExpression: 'attribute_not_exists(pk)' },
    });
    await client.transactWriteItems({
      TransactItems: [put('State', 'a'), put('State', 'b'), put('Ledger', 'c')],
    });
    expect(meter.take()).toEqual({ ...UNUSED, write: 4, ledgerWrite: 2 });
  });

  test('counts nothing of a write that is refused', async () => {
    await client.putItem({ TableName: 'State', Item: { pk: text('there') } });
    meter.take();
    const again = client.putItem({
      TableName: 'State',
      Item: { pk: text('there') },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(again).rejects.toThrow('The conditional request failed');
    expect(meter.take()).toEqual(UNUSED);
  });

  test('counts keys that hold nothing as the service does', async () => {
    await client.getItem({ TableName: 'State', Key: { pk: text('nowhere') } });
    expect(meter.take()).toEqual({ ...UNUSED, read: 0.5 });
    const Keys = [{ pk: text('nowhere') }, { pk: text('there') }, { pk: text('gone') }];
    await client.batchGetItem({ RequestItems: { State: { Keys, ConsistentRead: true } } });
    expect(meter.take()).toEqual({ ...UNUSED, read: 3 });
  });
});

async function makeTable(client: DynamoDB, TableName: string): Promise<void> {
  await client.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'listPk', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'list',
        KeySchema: [{ AttributeName: 'listPk', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  client.destroy();
}
