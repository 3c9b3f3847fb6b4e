import { RemovalPolicy } from 'aws-cdk-lib';
import { BillingMode, Table, TableEncryption, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** A table as every one here has to be: paid by use, encrypted, restorable to any second of the last 35 days, and not deleted by accident where data is real. */
export class ProtectedTable extends Table {
  constructor(
    scope: Construct,
    id: string,
    props: Pick<TableProps, 'partitionKey' | 'sortKey' | 'stream' | 'timeToLiveAttribute'> & {
      protectData: boolean;
    },
  ) {
    const { protectData, ...rest } = props;
    super(scope, id, {
      ...rest,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: protectData,
      removalPolicy: protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
