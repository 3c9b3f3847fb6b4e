import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { openLedger, type LedgerTable } from '#store/ledger.ts';
import { openState, type StateTable } from '#store/store.ts';
import { resourcesOf, templateIn, workshop } from './template.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const TableProperties = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema, Projection })).optional(),
});

/**
 * The two tables of the synthesized template in a database of this test file's own: DynamoDB Local keeps one per access
 * key id. The SDK's environment variables of this file point at it, so that the product's own clients reach it.
 */
export async function openDatabase(): Promise<{ readonly state: StateTable; readonly ledger: LedgerTable }> {
  const { endpoint, assembly } = await workshop();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'cn-north-1',
    AWS_ACCESS_KEY_ID: `test${randomBytes(8).toString('hex')}`,
    AWS_SECRET_ACCESS_KEY: 'none',
    STATE_TABLE: 'State',
    LEDGER_TABLE: 'Ledger',
  });
  const client = new DynamoDBClient();
  const tables = resourcesOf(templateIn(assembly), 'AWS::DynamoDB::Table', TableProperties);
  for (const [id, properties] of tables) {
    await client.send(
      new CreateTableCommand({
        ...properties,
        TableName: id.includes('Ledger') ? 'Ledger' : 'State',
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  }
  client.destroy();
  return { state: openState('State'), ledger: openLedger('Ledger') };
}
