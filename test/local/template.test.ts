import { beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, loadAssembly } from '../../infra/local/template/assembly.ts';
import { makePlan } from '../../infra/local/template/plan.ts';
import type { JsonObject } from '../../infra/local/json.ts';
import { synthesizeFixture } from './fixture/stack.ts';

let assembly: Assembly;
beforeAll(async () => {
  assembly = loadAssembly(await synthesizeFixture());
});

/** Plans the fixture after one change of its resources. */
function planWith(change: (resources: Assembly['resources']) => void) {
  const copy = { ...assembly, resources: structuredClone(assembly.resources) };
  change(copy.resources);
  return makePlan(copy, 'http://127.0.0.1:3000');
}
function idOf(resources: Assembly['resources'], type: string, start = ''): string {
  const id = Object.keys(resources).find(
    (candidate) => resources[candidate]?.Type === type && candidate.startsWith(start),
  );
  if (id === undefined) throw new Error(`the fixture has no ${type} ${start}`);
  return id;
}
/** Sets properties of the first resource of a type. */
function set(type: string, properties: JsonObject, start = ''): (resources: Assembly['resources']) => void {
  return (resources) => {
    Object.assign(resources[idOf(resources, type, start)]?.Properties ?? {}, properties);
  };
}

function ruleWithoutPermission(): void {
  planWith((resources) => {
    for (const [id, resource] of Object.entries(resources)) {
      if (resource.Type === 'AWS::Lambda::Permission' && id.startsWith('Hourly')) delete resources[id];
    }
  });
}

describe('the plan of a template', () => {
  test('names every function with its code, limits and resolved environment', () => {
    const plan = planWith(() => {});
    const consumer = plan.functions.find((one) => one.id.startsWith('Consumer'));
    expect(consumer?.file).toMatch(/asset\.[0-9a-f]{64}\/index\.mjs$/);
    expect(consumer).toMatchObject({
      exportName: 'handler',
      timeoutSeconds: 2,
      memoryMegabytes: 256,
      retries: 1,
    });
    expect(consumer?.variables['BUS_ARN']).toBe(
      'arn:aws-cn:events:cn-north-1:000000000000:event-bus/fixture-bus',
    );
    expect(consumer?.onFailure).toEqual({
      queue: idOf(assembly.resources, 'AWS::SQS::Queue'),
      wrapped: true,
    });
  });

  test('reads the wiring of streams, rules and routes', () => {
    const plan = planWith(() => {});
    expect(
      plan.mappings.map((mapping) => [
        mapping.id.slice(0, 5),
        mapping.batchSize,
        mapping.retries,
        mapping.bisect,
      ]),
    ).toEqual([
      ['relay', 4, 2, true],
      ['batch', 4, 2, true],
    ]);
    expect(plan.rules.map((rule) => [rule.id.slice(0, 6), rule.bus, rule.schedule !== undefined])).toEqual([
      ['OnItem', 'fixture-bus', false],
      ['Hourly', 'default', true],
      ['Mornin', 'default', true],
    ]);
    expect(plan.http.routes.map((route) => route.routeKey)).toEqual([
      'ANY /things/{id}',
      'POST /items',
      'GET /secret',
      'GET /{proxy+}',
      'POST /{proxy+}',
    ]);
  });
});

describe('a template that cannot be honoured is refused by name', () => {
  test('an unknown resource type', () => {
    expect(() =>
      planWith((resources) => {
        resources['Machine'] = { Type: 'AWS::StepFunctions::StateMachine', Properties: {} };
      }),
    ).toThrow(
      'Resource Machine: the type AWS::StepFunctions::StateMachine is not supported by the local runner.',
    );
  });

  test.each<[string, string, JsonObject, string]>([
    [
      'an input transformer',
      'AWS::Events::Rule',
      { Targets: [{ Arn: 'x', Id: 'T', InputTransformer: {} }] },
      'the property Targets.0.InputTransformer is not supported',
    ],
    ['a layer', 'AWS::Lambda::Function', { Layers: ['x'] }, 'the property Layers is not supported'],
    [
      'inline code',
      'AWS::Lambda::Function',
      { Code: { ZipFile: 'x' } },
      'the property Code.S3Key is not supported',
    ],
    ['a python runtime', 'AWS::Lambda::Function', { Runtime: 'python3.13' }, 'the property Runtime'],
    [
      'a tumbling window',
      'AWS::Lambda::EventSourceMapping',
      { TumblingWindowInSeconds: 10 },
      'the property TumblingWindowInSeconds is not supported',
    ],
    [
      'a mapping that starts at the latest record',
      'AWS::Lambda::EventSourceMapping',
      { StartingPosition: 'LATEST' },
      'LATEST loses',
    ],
    [
      'a mapping that retries for ever',
      'AWS::Lambda::EventSourceMapping',
      { MaximumRetryAttempts: -1 },
      'blocks? the shard',
    ],
    ['a FIFO queue', 'AWS::SQS::Queue', { FifoQueue: true }, 'the property FifoQueue is not supported'],
    [
      'CORS',
      'AWS::ApiGatewayV2::Api',
      { CorsConfiguration: {} },
      'the property CorsConfiguration is not supported',
    ],
    [
      'payload format 1.0',
      'AWS::ApiGatewayV2::Integration',
      { PayloadFormatVersion: '1.0' },
      'the property PayloadFormatVersion',
    ],
    ['a stage with a name', 'AWS::ApiGatewayV2::Stage', { StageName: 'prod' }, 'the property StageName'],
    [
      'a Lambda authorizer',
      'AWS::ApiGatewayV2::Authorizer',
      { AuthorizerType: 'REQUEST' },
      'the property AuthorizerType',
    ],
    [
      'a Kinesis stream of a table',
      'AWS::DynamoDB::Table',
      { KinesisStreamSpecification: {} },
      'the property KinesisStreamSpecification is not supported',
    ],
    [
      'an unknown pattern operator',
      'AWS::Events::Rule',
      { EventPattern: { source: [{ wildcard: '*' }] } },
      'operator wildcard is not supported',
    ],
    [
      'an unknown intrinsic',
      'AWS::Lambda::Function',
      { Environment: { Variables: { A: { 'Fn::ImportValue': 'x' } } } },
      'Environment.Variables.A: the intrinsic function Fn::ImportValue is not supported',
    ],
    [
      'an unknown attribute',
      'AWS::Lambda::Function',
      { Environment: { Variables: { A: { 'Fn::GetAtt': ['Nowhere', 'Arn'] } } } },
      'nothing in the template is called Nowhere',
    ],
    [
      'an asset that is missing',
      'AWS::Lambda::Function',
      { Code: { S3Key: 'no.zip' } },
      'no asset of the assembly is no.zip',
    ],
    [
      'a handler without a file',
      'AWS::Lambda::Function',
      { Handler: 'other.handler' },
      'Handler other.handler has no file',
    ],
  ])('%s', (_name, type, properties, message) => {
    const run = () => planWith(set(type, properties));
    expect(run).toThrow(new RegExp(message));
    expect(run).toThrow(idOf(assembly.resources, type));
    expect(run).toThrow(/^[^\n]+$/);
  });

  test('a rule whose function it may not invoke', () => {
    expect(ruleWithoutPermission).toThrow(
      /Resource Hourly\w+ \(AWS::Events::Rule\) calls Tick\w+, but no AWS::Lambda::Permission lets events.amazonaws.com invoke it/,
    );
  });

  test('a property that the runner knowingly ignores is no reason to stop', () => {
    expect(() =>
      planWith(
        set('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5, TracingConfig: { Mode: 'Active' } }),
      ),
    ).not.toThrow();
  });
});

test('all intrinsic functions of the list are resolved', () => {
  const plan = planWith(
    set(
      'AWS::Lambda::Function',
      {
        Environment: {
          Variables: {
            JOIN: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] },
            SUB: { 'Fn::Sub': '${AWS::Partition}/${AWS::AccountId}/${!kept}' },
            SUB_LIST: { 'Fn::Sub': ['${One}', { One: { Ref: 'AWS::URLSuffix' } }] },
            SELECT: { 'Fn::Select': [1, { 'Fn::Split': [':', 'x:y:z'] }] },
            STACK: { Ref: 'AWS::StackName' },
            NOTHING: { Ref: 'AWS::NoValue' },
          },
        },
      },
      'Tick',
    ),
  );
  expect(plan.functions.find((one) => one.id.startsWith('Tick'))?.variables).toEqual({
    JOIN: 'a-cn-north-1',
    SUB: 'aws-cn/000000000000/${kept}',
    SUB_LIST: 'amazonaws.com.cn',
    SELECT: 'y',
    STACK: 'Fixture',
  });
});
