import { LocalRunnerError } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Assembly, Resource } from './assembly.ts';
import { resolveIntrinsics, type Scope } from './intrinsics.ts';

/**
 * Where the stack pretends to be. A region of the China partition, because a hard-coded `arn:aws:` then shows up on
 * the developer's machine and not in the first deployment at Ningxia.
 */
export const place = {
  partition: 'aws-cn',
  region: 'cn-north-1',
  account: '000000000000',
  urlSuffix: 'amazonaws.com.cn',
} as const;

interface Naming {
  /** The property that gives the physical name; without it the logical id is the name. */
  nameProperty?: string;
  arn?: (name: string) => string;
  /** The name of a resource that the template does not name; its logical id when absent. */
  nameOf?: (logicalId: string) => string;
  ref: 'name' | 'arn' | 'url';
  attributes?: Record<string, (name: string, arn: string) => string>;
}

const arnOf = (service: string, resource: string): string =>
  `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
const queueUrl = (name: string): string =>
  `https://sqs.${place.region}.${place.urlSuffix}/${place.account}/${name}`;

const naming: Record<string, Naming> = {
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    arn: (name) => arnOf('dynamodb', `table/${name}`),
    ref: 'name',
    attributes: { StreamArn: (_name, arn) => `${arn}/stream/local` },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    arn: (name) => arnOf('lambda', `function:${name}`),
    ref: 'name',
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    arn: (name) => arnOf('events', `event-bus/${name}`),
    ref: 'name',
    attributes: { Name: (name) => name },
  },
  'AWS::Events::Rule': { nameProperty: 'Name', arn: (name) => arnOf('events', `rule/${name}`), ref: 'name' },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arn: (name) => arnOf('sqs', name),
    ref: 'url',
    attributes: { QueueName: (name) => name, QueueUrl: queueUrl },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    // A bucket's name has no capitals.
    nameOf: (logicalId) => logicalId.toLowerCase(),
    arn: (name) => `arn:${place.partition}:s3:::${name}`,
    ref: 'name',
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    arn: (name) => arnOf('sns', name),
    ref: 'arn',
    attributes: { TopicArn: (_name, arn) => arn, TopicName: (name) => name },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    arn: (name) => `arn:${place.partition}:iam::${place.account}:role/${name}`,
    ref: 'name',
    attributes: { RoleId: (name) => name },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    arn: (name) => arnOf('logs', `log-group:${name}:*`),
    ref: 'name',
  },
  'AWS::KMS::Key': {
    arn: (name) => arnOf('kms', `key/${name}`),
    ref: 'name',
    attributes: { KeyId: (name) => name },
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    arn: (name) => arnOf('cloudwatch', `alarm:${name}`),
    ref: 'name',
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: 'name', attributes: { AuthorizerId: (name) => name } },
  'AWS::ApiGatewayV2::Api': { ref: 'name', attributes: { ApiId: (name) => name } },
  'AWS::Lambda::EventSourceMapping': { ref: 'name', attributes: { Id: (name) => name } },
};

/** Says what Ref and Fn::GetAtt stand for on this machine. */
export class References implements Scope {
  readonly #assembly: Assembly;
  readonly #origin: string;

  constructor(assembly: Assembly, origin: string) {
    this.#assembly = assembly;
    this.#origin = origin;
  }

  ref(logicalId: string, where: string): Json | undefined {
    switch (logicalId) {
      case 'AWS::NoValue':
        return undefined;
      case 'AWS::Partition':
        return place.partition;
      case 'AWS::Region':
        return place.region;
      case 'AWS::AccountId':
        return place.account;
      case 'AWS::URLSuffix':
        return place.urlSuffix;
      case 'AWS::StackName':
        return this.#assembly.stackName;
      case 'AWS::StackId':
        return arnOf('cloudformation', `stack/${this.#assembly.stackName}/local`);
      default:
    }
    const parameter = this.#assembly.parameters[logicalId];
    if (parameter !== undefined) {
      if (parameter.Default === undefined) {
        throw new LocalRunnerError(
          `${where}: the parameter ${logicalId} has no default, so it has no value here.`,
        );
      }
      return parameter.Default;
    }
    const resource = this.#resource(logicalId, where);
    const rules = naming[resource.Type];
    const name = this.nameOf(logicalId);
    if (rules?.ref === 'arn') return rules.arn?.(name) ?? name;
    return rules?.ref === 'url' ? queueUrl(name) : name;
  }

  attribute(logicalId: string, attribute: string, where: string): string {
    const resource = this.#resource(logicalId, where);
    if (resource.Type === 'AWS::ApiGatewayV2::Api' && attribute === 'ApiEndpoint') return this.#origin;
    const rules = naming[resource.Type];
    const name = this.nameOf(logicalId);
    const arn = rules?.arn?.(name);
    if (attribute === 'Arn' && arn !== undefined) return arn;
    const value = rules?.attributes?.[attribute]?.(name, arn ?? '');
    if (value === undefined) {
      throw new LocalRunnerError(
        `${where}: Fn::GetAtt ${logicalId}.${attribute} (${resource.Type}) is not supported by the local runner.`,
      );
    }
    return value;
  }

  /** The physical name of a resource: the one that the template gives, else its logical id. */
  nameOf(logicalId: string): string {
    const resource = this.#resource(logicalId, logicalId);
    const rules = naming[resource.Type];
    const property = rules?.nameProperty;
    const own = rules?.nameOf?.(logicalId) ?? logicalId;
    const given = property === undefined ? undefined : resource.Properties[property];
    if (given === undefined) return own;
    const name = resolveIntrinsics(given, this, `${logicalId}.${property}`);
    return typeof name === 'string' ? name : own;
  }

  arnOf(logicalId: string): string {
    return this.attribute(logicalId, 'Arn', logicalId);
  }

  #resource(logicalId: string, where: string): Resource {
    const resource = this.#assembly.resources[logicalId];
    if (resource === undefined) {
      throw new LocalRunnerError(`${where}: nothing in the template is called ${logicalId}.`);
    }
    return resource;
  }
}
