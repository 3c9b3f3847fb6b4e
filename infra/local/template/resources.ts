import * as z from 'zod';
import { Json } from '../json.ts';

/**
 * What the local runner does with each property. A property is either parsed here (honoured), or named in `ignored`
 * (knowingly without meaning on one machine); any other stops the start with its name. The bad case: a filter or a
 * limit that works in the cloud and is silently missing here, so that a test passes for the wrong reason.
 */
export interface Support<T extends z.ZodType = z.ZodType> {
  ignored: readonly string[];
  honoured: T;
}

function support<T extends z.ZodType>(honoured: T, ignored: readonly string[]): Support<T> {
  return { honoured, ignored };
}

const keySchema = z
  .array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .min(1);
const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ProvisionedThroughput: z.unknown().optional(),
  OnDemandThroughput: z.unknown().optional(),
  ContributorInsightsSpecification: z.unknown().optional(),
  WarmThroughput: z.unknown().optional(),
});
const onFailure = z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) });

export const table = support(
  z.strictObject({
    TableName: z.string().optional(),
    AttributeDefinitions: z
      .array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }))
      .min(1),
    KeySchema: keySchema,
    GlobalSecondaryIndexes: z.array(index).optional(),
    LocalSecondaryIndexes: z.array(index).optional(),
    StreamSpecification: z
      .strictObject({
        // The probe that proves a stream drained is recognised by its new image.
        StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE']),
        ResourcePolicy: z.unknown().optional(),
      })
      .optional(),
    TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  }),
  [
    'BillingMode',
    'ProvisionedThroughput',
    'OnDemandThroughput',
    'WarmThroughput',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'DeletionProtectionEnabled',
    'ContributorInsightsSpecification',
    'ResourcePolicy',
    'TableClass',
    'Tags',
  ],
);

export const lambda = support(
  z.strictObject({
    FunctionName: z.string().optional(),
    Handler: z.string().regex(/^[\w./-]+\.\w+$/, 'must be FILE.EXPORT'),
    Runtime: z.string().startsWith('nodejs', 'must be a nodejs runtime'),
    Code: z.strictObject({ S3Key: z.string(), S3Bucket: z.unknown().optional() }),
    Timeout: z.int().min(1).max(900).default(3),
    MemorySize: z.int().default(128),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
    DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
    PackageType: z.literal('Zip').optional(),
    Role: z.string(),
  }),
  [
    'Architectures',
    'Description',
    'EphemeralStorage',
    'KmsKeyArn',
    'LoggingConfig',
    'RecursiveLoop',
    'ReservedConcurrentExecutions',
    'RuntimeManagementConfig',
    'Tags',
    'TracingConfig',
  ],
);

export const mapping = support(
  z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    StartingPosition: z.literal('TRIM_HORIZON', 'must be TRIM_HORIZON: LATEST loses what was written before'),
    BatchSize: z.int().min(1).max(10_000).default(100),
    FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
    MaximumRetryAttempts: z
      .int('must be given: without it one bad record blocks the shard for a day')
      .min(0, 'must be 0 or more: -1 lets one bad record block the shard for a day'),
    BisectBatchOnFunctionError: z.boolean().default(false),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    DestinationConfig: onFailure.optional(),
    Enabled: z.boolean().default(true),
  }),
  [
    'MaximumBatchingWindowInSeconds',
    'MaximumRecordAgeInSeconds',
    'ParallelizationFactor',
    'MetricsConfig',
    'KmsKeyArn',
    'Tags',
  ],
);

export const invokeConfig = support(
  z.strictObject({
    FunctionName: z.string(),
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: z.int().min(0).max(2).default(2),
    DestinationConfig: onFailure.optional(),
  }),
  ['MaximumEventAgeInSeconds'],
);

export const permission = support(
  z.strictObject({
    Action: z.literal('lambda:InvokeFunction'),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
  }),
  ['SourceAccount'],
);

export const eventBus = support(z.strictObject({ Name: z.string() }), [
  'DeadLetterConfig',
  'Description',
  'KmsKeyIdentifier',
  'LogConfig',
  'Policy',
  'Tags',
]);

export const rule = support(
  z.strictObject({
    Name: z.string().optional(),
    EventBusName: z.string().optional(),
    EventPattern: z.record(z.string(), Json).optional(),
    ScheduleExpression: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Id: z.string(),
          Arn: z.string(),
          // Both speak of an event that cannot be handed to its target. Here the target is in the same process.
          RetryPolicy: z.unknown().optional(),
          DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
        }),
      )
      .default([]),
  }),
  ['Description', 'Tags'],
);

export const queue = support(
  z.strictObject({
    QueueName: z.string().optional(),
    VisibilityTimeout: z.int().min(0).max(43_200).default(30),
  }),
  [
    'KmsDataKeyReusePeriodSeconds',
    'KmsMasterKeyId',
    'MessageRetentionPeriod',
    'ReceiveMessageWaitTimeSeconds',
    'SqsManagedSseEnabled',
    'Tags',
  ],
);

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
/** Statements with anything else in them (`NotAction`, a principal) are none that a role has here. */
const policyDocument = z.strictObject({
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(['Allow', 'Deny']),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.unknown().optional(),
      Sid: z.string().optional(),
    }),
  ),
  Version: z.unknown().optional(),
});
const inlinePolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument });

export const role = support(z.strictObject({ Policies: z.array(inlinePolicy).default([]) }), [
  'AssumeRolePolicyDocument',
  'Description',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'RoleName',
  'Tags',
]);

export const policy = support(inlinePolicy.extend({ Roles: z.array(z.string()) }).strict(), []);

export const bucket = support(
  z.strictObject({ BucketName: z.string().optional() }),
  // Who may, for how long, and how it lies on the disk: of the cloud's storage. Here it is a folder of this machine.
  [
    'BucketEncryption',
    'LifecycleConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'Tags',
    'VersioningConfiguration',
  ],
);

export const api = support(z.strictObject({ ProtocolType: z.literal('HTTP') }), [
  'Description',
  'Name',
  'Tags',
]);

export const stage = support(
  z.strictObject({ ApiId: z.string(), StageName: z.literal('$default', 'must be $default') }),
  ['AccessLogSettings', 'AutoDeploy', 'DefaultRouteSettings', 'Description', 'RouteSettings', 'Tags'],
);

export const integration = support(
  z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0', 'must be 2.0'),
    TimeoutInMillis: z.int().min(50).max(30_000).default(30_000),
  }),
  ['Description', 'IntegrationMethod'],
);

export const route = support(
  z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizerId: z.string().optional(),
    AuthorizationScopes: z.array(z.string()).default([]),
  }),
  ['OperationName'],
);

export const authorizer = support(
  z.strictObject({
    ApiId: z.string(),
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
    JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
  }),
  ['Name'],
);

export const honouredTypes: Readonly<Record<string, Support>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::EventSourceMapping': mapping,
  'AWS::Lambda::EventInvokeConfig': invokeConfig,
  'AWS::Lambda::Permission': permission,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::Rule': rule,
  'AWS::SQS::Queue': queue,
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': policy,
  'AWS::S3::Bucket': bucket,
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Stage': stage,
  'AWS::ApiGatewayV2::Integration': integration,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::Authorizer': authorizer,
};

/** Types that mean nothing on one machine, whatever their properties say. */
export const passiveTypes: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);
