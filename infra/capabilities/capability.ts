import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig, type Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Construct } from 'constructs';
import { QUEUE_SUFFIX } from '#contracts/dead-letters.ts';
import { environments, type FunctionName, type SignIn, type VariableName } from '#contracts/environment.ts';
import { BundledFunction } from '#infra/constructs/bundled-function.ts';
import { DeadLetters } from '#infra/constructs/dead-letters.ts';
import { bundleFolder } from '#infra/bundle.ts';
import { access } from './access.ts';
import { evidenceAccess, fileAccess } from './object-access.ts';
import type { Foundation } from './foundation.ts';

interface Shape {
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  readonly description: string;
  /** Variables whose values nothing of the foundation knows. */
  readonly given?: Readonly<Partial<Record<VariableName, string>>>;
}

/** One function of functions/NAME with its variables and its rights on the state table: its name is the construct's id, the log's field and the alarm's. */
export function functionNamed(
  scope: Construct,
  foundation: Foundation,
  name: FunctionName,
  { memoryMb = 512, timeoutSeconds = 15, description, given = {} }: Shape,
): BundledFunction {
  const made = new BundledFunction(scope, name, {
    bundle: bundleFolder(name),
    description,
    memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    logRetention: foundation.stage.logRetentionDays,
    environment: Object.fromEntries(
      environments[name].map((variable) => [variable, given[variable] ?? valueOf(variable, foundation)]),
    ),
  });
  for (const right of statementsOf(name, foundation)) {
    made.allow(right);
  }
  return made;
}

/** An asynchronous path: the function at its end, and the queue of what it could not do. */
export interface AsyncPath {
  readonly lambda: Function;
  readonly queue: Queue;
}

/** Asynchronous paths by the function at their end. */
export type AsyncPaths = ReadonlyMap<FunctionName, AsyncPath>;

/** Lambda tries an asynchronous invocation three times; what still fails waits in a queue with an alarm. */
export function keepFailures(
  scope: Construct,
  foundation: Foundation,
  name: FunctionName,
  made: BundledFunction,
): DeadLetters {
  const deadLetters = new DeadLetters(scope, `${name}${QUEUE_SUFFIX}`, {
    alarms: foundation.alarms,
    path: name,
  });
  made.allow(deadLetters.filling());
  new EventInvokeConfig(scope, `${name}-invocations`, {
    function: made.lambda,
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(deadLetters.queue),
  });
  return deadLetters;
}

function valueOf(variable: VariableName, { stage, state, ledger, bus, files, evidence }: Foundation): string {
  const values: Readonly<Partial<Record<VariableName, string>>> = {
    STATE_TABLE: state.tableName,
    LEDGER_TABLE: ledger.tableName,
    EVENT_BUS: bus.eventBusName,
    PLAN_NUMBER_TEMPLATE: stage.planNumberTemplate,
    GATHER_LIMIT: String(stage.gatherLimit),
    DISPATCH_BATCH: String(stage.dispatchBatch),
    RECOUNT_BATCH: String(stage.recountBatch),
    FILES_BUCKET: files.bucketName,
    EVIDENCE_BUCKET: evidence.bucketName,
    SCAN_STEP: String(stage.scanStep),
    PASS_PER_DAY: String(stage.passPerDay),
    IMPORT_ROWS: String(stage.importRows),
    EXPORT_ROWS: String(stage.exportRows),
    SUBMISSION_ROWS: String(stage.submissionRows),
    REHEARSAL_STEP: String(stage.rehearsalStep),
    CORRECTIONS_PER_DAY: String(stage.correctionsPerDay),
    ADMINISTRATORS: stage.administrators.join(','),
    DRAND_RELAYS: stage.drand.relays.join(','),
    DRAND_CHAIN: JSON.stringify(stage.drand.chain),
    SIGN_IN: JSON.stringify({ issuer: stage.issuer, ...stage.console } satisfies SignIn),
  };
  const value = values[variable];
  if (value === undefined) {
    throw new Error(`${variable} is given by whoever makes the function: nothing of the foundation knows it`);
  }
  return value;
}

/** Those that look single events up in the ledger, to archive them with their entries. */
const LOOKS_UP: ReadonlySet<FunctionName> = new Set(['archive', 'packaging']);

function statementsOf(name: FunctionName, { state, ledger, files, evidence }: Foundation): PolicyStatement[] {
  const { get, query, put, add, list, cohort, due } = access[name];
  const index = (indexName: string) =>
    Stack.of(state).formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: `${state.tableName}/index/${indexName}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  return [
    ...statement(get, ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], state.tableArn),
    ...statement(query, ['dynamodb:Query'], state.tableArn),
    ...statement(put, ['dynamodb:PutItem', 'dynamodb:BatchWriteItem'], state.tableArn),
    ...statement(add, ['dynamodb:UpdateItem'], state.tableArn),
    ...statement(list, ['dynamodb:Query'], index('list')),
    ...statement(cohort, ['dynamodb:Query'], index('cohort')),
    ...statement(due, ['dynamodb:Query'], index('due')),
    ...(LOOKS_UP.has(name)
      ? [new PolicyStatement({ actions: ['dynamodb:BatchGetItem'], resources: [ledger.tableArn] })]
      : []),
    ...objectStatement(fileAccess[name]?.get, 's3:GetObject', files),
    ...objectStatement(fileAccess[name]?.put, 's3:PutObject', files),
    ...objectStatement(evidenceAccess[name]?.get, 's3:GetObject', evidence),
    ...objectStatement(evidenceAccess[name]?.put, 's3:PutObject', evidence),
  ];
}

function objectStatement(keys: readonly string[] = [], action: string, bucket: Bucket): PolicyStatement[] {
  const resources = keys.map((key) => bucket.arnForObjects(key));
  return resources.length === 0 ? [] : [new PolicyStatement({ actions: [action], resources })];
}

function statement(
  keys: readonly string[] | undefined,
  actions: string[],
  resource: string,
): PolicyStatement[] {
  return keys === undefined
    ? []
    : [
        new PolicyStatement({
          actions,
          resources: [resource],
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
            // For all of no keys is true as well: a request that carries none is not covered.
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        }),
      ];
}
