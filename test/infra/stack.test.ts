import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogue, eventTypes } from '#contracts/catalogue.ts';
import { environments, type FunctionName } from '#contracts/environment.ts';
import { routes } from '#contracts/routes.ts';
import { synthesize } from '#infra/assembly.ts';
import { functionFolders } from '#infra/bundle.ts';
import { cdkContext, testStage } from '../support/stage.ts';
import {
  List,
  nameOf,
  Reference,
  resourcesOf,
  rightsOf,
  Statement,
  templateIn,
  workshop,
  type Template,
} from '../support/template.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-infra-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const template = templateIn((await workshop()).assembly);
const inRegion = (region: string, protectData = false): Template =>
  templateIn(
    synthesize(
      { ...testStage, account: '123456789012', region, protectData, alarmEmail: 'duty@example.org' },
      { outdir: path.join(folder, region), context: cdkContext },
    ),
  );
const beijing = inRegion('cn-north-1', true);
const ningxia = inRegion('cn-northwest-1');
const ireland = inRegion('eu-west-1');

/** Every text of a value with the path to it. */
function textsOf(value: unknown, at = ''): [string, string][] {
  return typeof value === 'string'
    ? [[at, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => textsOf(member, `${at}/${key}`))
      : [];
}
const namesOfAws = (from: Template) =>
  textsOf(from.Resources).filter(([, text]) => text.includes('arn:aws') || text.includes('amazonaws.com'));

const Lambda = z.object({
  Runtime: z.string(),
  Role: Reference,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: Reference }),
});
const lambdas = resourcesOf(template, 'AWS::Lambda::Function', Lambda);
const rights = rightsOf(template, Statement);
const statements = [...rights.values()].flat();

const named = new Map([...lambdas].map(([id, lambda]) => [nameOf(id), lambda]));

/** The statements of a function's role. */
function statementsOf(name: FunctionName) {
  return rights.get(named.get(name)?.Role ?? '') ?? [];
}

describe('the template', () => {
  it.each([
    ['any region', template, []],
    ['Beijing', beijing, ['arn:aws-cn:']],
    ['Ningxia', ningxia, ['arn:aws-cn:']],
    ['Ireland', ireland, ['arn:aws:']],
  ] as const)(
    'for %s names no partition but its own, and no domain but the principals of services',
    (_, from, partitions) => {
      const others = namesOfAws(from).filter(
        ([at, text]) =>
          !(
            /\/Principal(\/Service)?$/.test(at) && /^(lambda|events|apigateway)\.amazonaws\.com$/.test(text)
          ) && !partitions.some((partition) => text.startsWith(partition)),
      );
      expect(others).toEqual([]);
    },
  );

  it('holds no more resources than a stack may, with an address for alarms too', () => {
    expect(Object.keys(beijing.Resources).length).toBeLessThanOrEqual(500);
  });

  it('is the same wiring in every region', () => {
    const kinds = (from: Template) =>
      Object.values(from.Resources)
        .map((resource) => resource.Type)
        .toSorted();
    expect(kinds(ningxia)).toEqual(kinds(beijing));
    expect(kinds(ireland)).toEqual(kinds(beijing));
    expect(kinds(beijing)).toEqual([...kinds(template), 'AWS::SNS::Subscription'].toSorted());
  });

  it('uses no service that China does not have', () => {
    const services = new Set(
      Object.values(beijing.Resources).map((resource) => resource.Type.split('::').at(1) ?? ''),
    );
    expect([...services].toSorted()).toEqual([
      'ApiGatewayV2',
      'CloudWatch',
      'DynamoDB',
      'Events',
      'IAM',
      'Lambda',
      'Logs',
      'S3',
      'SNS',
      'SQS',
    ]);
  });
});

describe('each function', () => {
  it('of functions/ is deployed, and no other', () => {
    expect([...named.keys()].map(String).toSorted()).toEqual(functionFolders());
    expect(lambdas.size).toBe(functionFolders().length);
  });

  it('has exactly the variables that it declares', () => {
    for (const [name, lambda] of named) {
      const declared: readonly string[] = name === undefined ? [] : environments[name];
      expect([name, Object.keys(lambda.Environment.Variables).toSorted()]).toEqual([
        name,
        [...declared, 'NODE_OPTIONS'].toSorted(),
      ]);
    }
  });

  it('that draws is told the public chain and its relays', () => {
    const variables = named.get('draw')?.Environment.Variables ?? {};
    expect(variables['DRAND_RELAYS']).toBe(
      'https://api.drand.sh,https://api2.drand.sh,https://api3.drand.sh,https://drand.cloudflare.com',
    );
    expect(JSON.parse(z.string().parse(variables['DRAND_CHAIN']))).toMatchObject({
      hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
      beaconId: 'quicknet',
    });
    const told = [...named].filter(([, lambda]) => 'DRAND_CHAIN' in lambda.Environment.Variables);
    expect(told.map(([name]) => name)).toEqual(['draw', 'beacon']);
  });

  it('has a log group of its own that forgets after the days of the stage', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup', z.object({ RetentionInDays: z.int() }));
    const used = [...named.values()].map((lambda) => lambda.LoggingConfig.LogGroup);
    expect(new Set(used).size).toBe(named.size);
    expect(used.map((group) => groups.get(group)?.RetentionInDays)).toEqual(used.map(() => 30));
  });

  it('has a role of its own', () => {
    expect(new Set([...named.values()].map((lambda) => lambda.Role)).size).toBe(named.size);
  });
});

describe('rights', () => {
  it('name their actions and resources; only ListStreams, which takes no resource, stands on *', () => {
    const wide = statements
      .filter(
        ({ Action, Resource }) =>
          Action.some((action) => action.includes('*')) || JSON.stringify(Resource).includes('"*"'),
      )
      .flatMap(({ Action, Effect }) => Action.map((action) => `${Effect} ${action}`));
    expect(wide).toEqual(['Allow dynamodb:ListStreams', 'Allow dynamodb:ListStreams']);
  });

  it('let nobody delete anything in the tables', () => {
    const granted = new Set(statements.flatMap(({ Action }) => Action));
    expect([...granted].filter((action) => action.startsWith('dynamodb:')).toSorted()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:DescribeStream',
      'dynamodb:GetItem',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });

  it('to the ledger are put and read for the ledger function, reading for the portal and the archive, and none for others', () => {
    const granted = functionFolders().flatMap((folderName) => {
      const name = [...named.keys()].find((known) => known === folderName);
      return (name === undefined ? [] : statementsOf(name))
        .filter(({ Resource }) => JSON.stringify(Resource).includes('foundationLedger'))
        .map(({ Action }) => [name, Action]);
    });
    expect(granted).toEqual([
      ['archive', ['dynamodb:BatchGetItem']],
      ['ledger', ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query']],
      ['packaging', ['dynamodb:BatchGetItem']],
      ['portal', ['dynamodb:Query']],
    ]);
  });

  it('to the state table are bound to the keys of each function', () => {
    const Keys = z.object({ 'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': List }) });
    const unbound = [...named.keys()].flatMap((name) =>
      (name === undefined ? [] : statementsOf(name))
        .filter(
          ({ Action, Resource }) =>
            Action.some((action) => /Item|Query/.test(action)) &&
            JSON.stringify(Resource).includes('foundationState'),
        )
        .filter(({ Condition }) => !Keys.safeParse(Condition).success)
        .map(() => name),
    );
    expect(unbound).toEqual([]);
  });

  it('article 5: to a draw’s seal are the draw’s alone', () => {
    const Keys = z.object({ 'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': List }) });
    const like = (pattern: string) =>
      new RegExp(
        `^${pattern
          .split('*')
          .map((part) => part.replaceAll(/[#.]/g, String.raw`\$&`))
          .join('.*')}$`,
      );
    const reaching = [...named.keys()].filter((name) =>
      (name === undefined ? [] : statementsOf(name)).some(({ Condition }) => {
        const keys = Keys.safeParse(Condition);
        return (
          keys.success &&
          keys.data['ForAllValues:StringLike']['dynamodb:LeadingKeys'].some((key) =>
            like(key).test('SEAL#D-1'),
          )
        );
      }),
    );
    expect(reaching).toEqual(['draw']);
  });

  it('to put events on the bus are the relay’s alone', () => {
    const putting = [...named.keys()].filter(
      (name) =>
        name !== undefined && statementsOf(name).some(({ Action }) => Action.includes('events:PutEvents')),
    );
    expect(putting).toEqual(['relay']);
  });
});

describe('tables', () => {
  const Table = z.object({
    DeletionProtectionEnabled: z.boolean(),
    PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
    SSESpecification: z.object({ SSEEnabled: z.boolean() }),
    StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
    TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
    BillingMode: z.string(),
  });
  const tables = (from: Template) => [...resourcesOf(from, 'AWS::DynamoDB::Table', Table).values()];

  it('are restorable, encrypted and paid by use', () => {
    expect(tables(template).length).toBe(2);
    for (const table of tables(template)) {
      expect(table).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      });
    }
  });

  it('are kept and protected where data is real, and go with the stack where not', () => {
    const kept = (from: Template) =>
      Object.values(from.Resources)
        .filter((resource) => resource.Type === 'AWS::DynamoDB::Table')
        .map((resource) => resource.DeletionPolicy);
    expect(tables(beijing).map((table) => table.DeletionProtectionEnabled)).toEqual([true, true]);
    expect(kept(beijing)).toEqual(['Retain', 'Retain']);
    expect(tables(template).map((table) => table.DeletionProtectionEnabled)).toEqual([false, false]);
    expect(kept(template)).toEqual(['Delete', 'Delete']);
  });

  it('stream the state’s new images and forget its markers by themselves; the ledger forgets nothing', () => {
    expect(
      tables(template).map((table) => [table.StreamSpecification, table.TimeToLiveSpecification]),
    ).toEqual([
      [{ StreamViewType: 'NEW_IMAGE' }, { AttributeName: 'expires', Enabled: true }],
      [undefined, undefined],
    ]);
  });
});

const Alarms = z.object({
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
  AlarmActions: z.array(z.unknown()).min(1),
  Threshold: z.literal(1),
});
const watched = new Set(
  [...resourcesOf(template, 'AWS::CloudWatch::Alarm', Alarms).values()]
    .flatMap((alarm) => alarm.Dimensions)
    .filter((dimension) => dimension.Name === 'QueueName')
    .map((dimension) => Reference.parse(dimension.Value)),
);
const OnFailure = z.object({ OnFailure: z.object({ Destination: Reference }) });

describe('events', () => {
  const Rules = z.object({
    EventPattern: z
      .object({ source: z.tuple([z.literal('mingchou')]), 'detail-type': z.array(z.string()) })
      .optional(),
    ScheduleExpression: z.string().optional(),
    State: z.literal('ENABLED'),
    Targets: z
      .array(
        z.object({
          Arn: Reference,
          DeadLetterConfig: z.object({ Arn: Reference }),
          RetryPolicy: z.object({
            MaximumRetryAttempts: z.int().positive(),
            MaximumEventAgeInSeconds: z.int().positive(),
          }),
        }),
      )
      .min(1),
  });
  const rules = [...resourcesOf(template, 'AWS::Events::Rule', Rules).values()];
  const hearing = new Map<string, FunctionName[]>();
  for (const { EventPattern, Targets } of rules) {
    for (const type of EventPattern?.['detail-type'] ?? []) {
      const names = Targets.map(({ Arn }) => nameOf(Arn)).filter((name) => name !== undefined);
      hearing.set(type, [...(hearing.get(type) ?? []), ...names]);
    }
  }

  it('of the inside are each heard by a function, those of the outside by none', () => {
    const inside = eventTypes.filter((type) => catalogue[type].audience === 'inside');
    expect([...hearing.keys()].toSorted()).toEqual(inside.toSorted());
  });

  it('go to a function that is deployed, retried, and kept in a queue with an alarm when that fails', () => {
    const targets = rules.flatMap((rule) => rule.Targets);
    expect(targets.length).toBe(21);
    expect(targets.filter(({ Arn }) => !lambdas.has(Arn))).toEqual([]);
    expect(targets.filter(({ DeadLetterConfig }) => !watched.has(DeadLetterConfig.Arn))).toEqual([]);
  });

  it('are kept too when the function itself fails again and again', () => {
    const configs = resourcesOf(
      template,
      'AWS::Lambda::EventInvokeConfig',
      z.object({ FunctionName: Reference, DestinationConfig: OnFailure }),
    );
    const failing = [...configs.values()];
    expect(failing.filter((one) => !watched.has(one.DestinationConfig.OnFailure.Destination))).toEqual([]);
    expect(
      failing
        .map((one) => nameOf(one.FunctionName) ?? '')
        .toSorted()
        .join(' '),
    ).toBe(
      'assess beacon certificates closing deadlines delivery dispatch draw figures imports match notify outgoing packaging recount rehearsal scan signals statutory succession triage',
    );
  });

  it('leave the outbox from the oldest on, one failed one at a time, and wait with an alarm when they can’t', () => {
    const Mapping = z.object({
      FunctionName: Reference,
      StartingPosition: z.string(),
      BisectBatchOnFunctionError: z.boolean(),
      FunctionResponseTypes: z.array(z.string()),
      DestinationConfig: OnFailure,
      FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }),
    });
    const mappings = [...resourcesOf(template, 'AWS::Lambda::EventSourceMapping', Mapping).values()];
    expect(mappings.map((mapping) => nameOf(mapping.FunctionName))).toEqual(['relay', 'ledger']);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(JSON.parse(mapping.FilterCriteria.Filters[0]?.Pattern ?? '')).toEqual({
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } } },
      });
      expect(watched.has(mapping.DestinationConfig.OnFailure.Destination)).toBe(true);
    }
  });

  it('have queues that all have an alarm', () => {
    const queues = resourcesOf(
      template,
      'AWS::SQS::Queue',
      z.object({ SqsManagedSseEnabled: z.literal(true) }),
    );
    expect([...queues.keys()].toSorted()).toEqual([...watched].toSorted());
  });
});

describe('routes', () => {
  const Route = z.object({
    RouteKey: z.string(),
    AuthorizationType: z.string(),
    AuthorizerId: Reference.optional(),
  });
  const deployed = [...resourcesOf(template, 'AWS::ApiGatewayV2::Route', Route).values()];

  it('are all deployed, those of staff behind the issuer’s tokens and no other', () => {
    const expected = Object.entries(routes).map(
      ([key, route]) => `${key} ${route.access === 'staff' ? 'JWT' : 'NONE'}`,
    );
    expect(deployed.map((route) => `${route.RouteKey} ${route.AuthorizationType}`).toSorted()).toEqual(
      expected.toSorted(),
    );
    const unguarded = deployed.filter(
      (route) => (route.AuthorizationType === 'JWT') !== (route.AuthorizerId !== undefined),
    );
    expect(unguarded).toEqual([]);
  });
});
