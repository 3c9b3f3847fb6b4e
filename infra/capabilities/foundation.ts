import { AttributeType, ProjectionType, StreamViewType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { EvidenceBucket } from '#infra/constructs/evidence-bucket.ts';
import { FileBucket } from '#infra/constructs/file-bucket.ts';
import { ProtectedTable } from '#infra/constructs/table.ts';
import type { Stage } from '#infra/stage.ts';
import { COHORT_ATTRIBUTES } from '#store/cohort.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** What every capability stands on: the two tables, the buckets of files that come and go and of those that are kept, the bus, and the topic that alarms go to. */
export class Foundation extends Construct {
  readonly stage: Stage;
  readonly state: Table;
  readonly ledger: Table;
  readonly files: FileBucket;
  readonly evidence: EvidenceBucket;
  readonly bus: EventBus;
  readonly alarms: Topic;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'foundation');
    this.stage = stage;
    this.state = new ProtectedTable(this, 'State', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expires',
      protectData: stage.protectData,
    });
    this.state.addGlobalSecondaryIndex({
      indexName: 'list',
      partitionKey: text('listPk'),
      sortKey: text('listSk'),
      projectionType: ProjectionType.ALL,
    });
    this.state.addGlobalSecondaryIndex({
      indexName: 'cohort',
      partitionKey: text('cohortPk'),
      sortKey: text('cohortSk'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: COHORT_ATTRIBUTES,
    });
    this.state.addGlobalSecondaryIndex({
      indexName: 'due',
      partitionKey: text('duePk'),
      sortKey: text('dueSk'),
      projectionType: ProjectionType.ALL,
    });
    this.ledger = new ProtectedTable(this, 'Ledger', {
      partitionKey: text('chain'),
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
      protectData: stage.protectData,
    });
    this.files = new FileBucket(this, 'Files', { protectData: stage.protectData });
    this.evidence = new EvidenceBucket(this, 'Evidence', { protectData: stage.protectData });
    this.bus = new EventBus(this, 'Bus', {
      description: 'Everything that happens in Mingchou; see docs/events.md',
    });
    this.alarms = new Topic(this, 'Alarms', { enforceSSL: true });
    if (stage.alarmEmail !== undefined) {
      this.alarms.addSubscription(new EmailSubscription(stage.alarmEmail));
    }
  }
}
