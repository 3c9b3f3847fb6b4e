import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { QUEUE_SUFFIX } from '#contracts/dead-letters.ts';
import { DeadLetters } from '#infra/constructs/dead-letters.ts';
import type { BundledFunction } from '#infra/constructs/bundled-function.ts';
import { EVENT_PREFIX } from '#store/keys.ts';
import { functionNamed, type AsyncPath, type AsyncPaths } from './capability.ts';
import type { Foundation } from './foundation.ts';

/** What carries the outbox on from the table's stream: the relay to the bus, and the ledger. */
export class Outbox extends Construct {
  readonly paths: AsyncPaths;

  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'outbox');
    const relay = functionNamed(this, foundation, 'relay', {
      description: 'Carries the outbox to the event bus',
      timeoutSeconds: 60,
    });
    relay.allow(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [foundation.bus.eventBusArn] }),
    );
    const relayed = this.readStream(foundation, 'relay', relay);

    const ledger = functionNamed(this, foundation, 'ledger', {
      description: 'Chains every event into the ledger',
      timeoutSeconds: 60,
    });
    // Put and read, never update or delete: what is in the ledger stays as it is.
    ledger.allow(
      new PolicyStatement({
        actions: ['dynamodb:PutItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
        resources: [foundation.ledger.tableArn],
      }),
    );
    const chained = this.readStream(foundation, 'ledger', ledger);
    this.paths = new Map([
      ['relay', relayed],
      ['ledger', chained],
    ]);
  }

  private readStream(foundation: Foundation, name: 'relay' | 'ledger', reader: BundledFunction): AsyncPath {
    const { state, alarms } = foundation;
    const { tableStreamArn } = state;
    if (tableStreamArn === undefined) {
      throw new Error('the state table has no stream');
    }
    reader.allow(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [tableStreamArn],
      }),
    );
    reader.allow(
      // Lambda asks for ListStreams when it makes the mapping, and the action takes no resource.
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
    );
    const deadLetters = new DeadLetters(this, `${name}${QUEUE_SUFFIX}`, {
      alarms,
      path: `${name} of the outbox`,
    });
    reader.allow(deadLetters.filling());
    new EventSourceMapping(this, `${name}-stream`, {
      target: reader.lambda,
      eventSourceArn: tableStreamArn,
      // From the oldest record: LATEST would lose what was written while the mapping was made.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 50,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(23),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetters.queue),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(EVENT_PREFIX) } } },
        }),
      ],
    });
    return { lambda: reader.lambda, queue: deadLetters.queue };
  }
}
