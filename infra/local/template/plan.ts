import { existsSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { compilePattern, type Matcher } from '../bus/pattern.ts';
import { LocalRunnerError } from '../failure.ts';
import { parseJson, Json } from '../json.ts';
import { parseSchedule, type Schedule } from '../schedule/expression.ts';
import type { Assembly } from './assembly.ts';
import { planHttp, type HttpPlan } from './http-plan.ts';
import { refusePermissionGaps } from './permissions.ts';
import { refuseUnknownTypes, resourcesOf } from './read-resource.ts';
import { References } from './references.ts';
import { Rights, statementsByRole } from './rights.ts';
import * as kinds from './resources.ts';

export interface TablePlan {
  id: string;
  name: string;
  /** The stream's ARN as the template's own references name it. */
  streamArn: string;
  properties: z.output<typeof kinds.table.honoured>;
}
export interface FunctionPlan {
  id: string;
  name: string;
  arn: string;
  file: string;
  exportName: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  variables: Record<string, string>;
  /** What happens to an asynchronous invocation that fails. */
  retries: number;
  onFailure: { queue: string; wrapped: boolean } | undefined;
}
export interface MappingPlan {
  id: string;
  table: string;
  functionId: string;
  matches: Matcher;
  batchSize: number;
  retries: number;
  bisect: boolean;
  reportsItemFailures: boolean;
  onFailure: string | undefined;
}
export interface QueuePlan {
  id: string;
  arn: string;
  url: string;
  /** For how long a letter is hidden from others where whoever takes it does not say. */
  visibilitySeconds: number;
}
export interface RulePlan {
  id: string;
  bus: string;
  arn: string;
  matches: Matcher | undefined;
  schedule: Schedule | undefined;
  functions: string[];
}
export interface Plan {
  tables: TablePlan[];
  functions: FunctionPlan[];
  mappings: MappingPlan[];
  rules: RulePlan[];
  /** Names of the buses, `default` included. */
  buses: Set<string>;
  http: HttpPlan;
  /** Names of the buckets. */
  buckets: string[];
  queues: QueuePlan[];
  rights: Rights;
}

/** Turns a template into what the runner runs. Throws LocalRunnerError for the first thing it cannot honour. */
export function makePlan(assembly: Assembly, origin: string): Plan {
  refuseUnknownTypes(assembly);
  const references = new References(assembly, origin);
  const read = <T extends z.ZodType>(type: string, support: kinds.Support<T>) =>
    resourcesOf(assembly, references, type, support);

  const queuePlans = read('AWS::SQS::Queue', kinds.queue).map(({ id, properties }): QueuePlan => ({
    id,
    arn: references.arnOf(id),
    url: references.attribute(id, 'QueueUrl', id),
    visibilitySeconds: properties.VisibilityTimeout,
  }));
  const queues = new Map(queuePlans.map(({ id, arn }) => [arn, id]));
  const queueAt = (arn: string, where: string): string =>
    queues.get(arn) ??
    refuse(`${where}: ${arn} is no queue of this stack; only queues can receive failures.`);

  const functionProperties = read('AWS::Lambda::Function', kinds.lambda);
  const functionIds = new Map<string, string>();
  for (const { id } of functionProperties) {
    functionIds.set(references.arnOf(id), id).set(references.nameOf(id), id);
  }
  const functionAt = (name: string, where: string): string =>
    functionIds.get(name) ?? refuse(`${where}: ${name} is no function of this stack.`);

  const invokeConfigs = new Map(
    read('AWS::Lambda::EventInvokeConfig', kinds.invokeConfig).map(({ id, properties }) => [
      functionAt(properties.FunctionName, id),
      properties,
    ]),
  );
  const functions = functionProperties.map(({ id, properties }): FunctionPlan => {
    const config = invokeConfigs.get(id);
    const destination = config?.DestinationConfig?.OnFailure.Destination;
    const deadLetters = properties.DeadLetterConfig?.TargetArn;
    const onFailure = destination ?? deadLetters;
    return {
      id,
      name: references.nameOf(id),
      arn: references.arnOf(id),
      ...codeOf(assembly, id, properties.Code.S3Key, properties.Handler),
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      variables: properties.Environment?.Variables ?? {},
      retries: config?.MaximumRetryAttempts ?? 2,
      onFailure:
        onFailure === undefined
          ? undefined
          : { queue: queueAt(onFailure, id), wrapped: destination !== undefined },
    };
  });

  const tables = read('AWS::DynamoDB::Table', kinds.table).map(({ id, properties }): TablePlan => {
    refuseStrangeStreamKeys(id, properties);
    return {
      id,
      name: references.nameOf(id),
      streamArn: references.attribute(id, 'StreamArn', id),
      properties,
    };
  });
  const streams = new Map(
    tables
      .filter(({ properties }) => properties.StreamSpecification !== undefined)
      .map(({ id, streamArn }) => [streamArn, id]),
  );
  const mappings = read('AWS::Lambda::EventSourceMapping', kinds.mapping)
    .filter(({ properties }) => properties.Enabled)
    .map(({ id, properties }): MappingPlan => {
      const destination = properties.DestinationConfig?.OnFailure.Destination;
      return {
        id,
        table:
          streams.get(properties.EventSourceArn) ??
          refuse(`${id}: EventSourceArn is no stream of this stack.`),
        functionId: functionAt(properties.FunctionName, id),
        matches: filtersOf(
          id,
          properties.FilterCriteria?.Filters.map((filter) => filter.Pattern),
        ),
        batchSize: properties.BatchSize,
        retries: properties.MaximumRetryAttempts,
        bisect: properties.BisectBatchOnFunctionError,
        reportsItemFailures: properties.FunctionResponseTypes.length > 0,
        onFailure: destination === undefined ? undefined : queueAt(destination, id),
      };
    });

  const buses = new Map(
    read('AWS::Events::EventBus', kinds.eventBus).map(({ id, properties }) => [
      references.arnOf(id),
      properties.Name,
    ]),
  );
  const busNames = new Set(['default', ...buses.values()]);
  const rules = read('AWS::Events::Rule', kinds.rule)
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ id, properties }): RulePlan => {
      const bus = buses.get(properties.EventBusName ?? '') ?? properties.EventBusName ?? 'default';
      if (!busNames.has(bus))
        refuse(`Resource ${id} (AWS::Events::Rule): there is no event bus ${bus} in this stack.`);
      for (const target of properties.Targets) {
        if (target.DeadLetterConfig !== undefined) queueAt(target.DeadLetterConfig.Arn, id);
      }
      if (properties.ScheduleExpression !== undefined && bus !== 'default') {
        refuse(`Resource ${id} (AWS::Events::Rule): a schedule runs on the default bus only.`);
      }
      const pattern = properties.EventPattern;
      return {
        id,
        bus,
        arn: references.arnOf(id),
        matches:
          pattern === undefined ? undefined : compilePattern(pattern, `Resource ${id} (AWS::Events::Rule)`),
        schedule:
          properties.ScheduleExpression === undefined
            ? undefined
            : parseSchedule(properties.ScheduleExpression, id),
        functions: properties.Targets.map((target) => functionAt(target.Arn, id)),
      };
    });

  const http = planHttp(assembly, references, functionAt);
  refusePermissionGaps(read('AWS::Lambda::Permission', kinds.permission), functionAt, rules, http);
  const buckets = read('AWS::S3::Bucket', kinds.bucket).map(({ id }) => references.nameOf(id));
  const rights = new Rights(
    new Map(functionProperties.map(({ id, properties }) => [id, properties.Role])),
    statementsByRole(references, read('AWS::IAM::Role', kinds.role), read('AWS::IAM::Policy', kinds.policy)),
  );
  return { tables, functions, mappings, rules, buses: busNames, http, buckets, queues: queuePlans, rights };
}

function codeOf(
  assembly: Assembly,
  id: string,
  key: string,
  handler: string,
): { file: string; exportName: string } {
  const folder = assembly.assets.get(key);
  if (folder === undefined)
    return refuse(`Resource ${id} (AWS::Lambda::Function): no asset of the assembly is ${key}.`);
  const dot = handler.lastIndexOf('.');
  const base = path.join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => base + extension)
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    return refuse(`Resource ${id} (AWS::Lambda::Function): Handler ${handler} has no file ${base}.mjs.`);
  }
  return { file, exportName: handler.slice(dot + 1) };
}

function filtersOf(id: string, patterns: string[] | undefined): Matcher {
  if (patterns === undefined || patterns.length === 0) return () => true;
  const where = `Resource ${id} (AWS::Lambda::EventSourceMapping)`;
  const matchers = patterns.map((pattern) => {
    const parsed = Json.safeParse(parseJson(pattern));
    if (!parsed.success) refuse(`${where}: the filter ${pattern} is not JSON.`);
    return compilePattern(parsed.data, where);
  });
  return (record) => matchers.some((matches) => matches(record));
}

/** The probe that proves a stream drained is an item with text keys. */
function refuseStrangeStreamKeys(id: string, properties: TablePlan['properties']): void {
  if (properties.StreamSpecification === undefined) return;
  for (const key of properties.KeySchema) {
    const type = properties.AttributeDefinitions.find(
      (attribute) => attribute.AttributeName === key.AttributeName,
    );
    if (type?.AttributeType !== 'S') {
      refuse(
        `Resource ${id} (AWS::DynamoDB::Table): KeySchema of a table with a stream must be of type S here.`,
      );
    }
  }
}

function refuse(message: string): never {
  throw new LocalRunnerError(message);
}
