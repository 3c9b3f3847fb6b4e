import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface BundledFunctionProps {
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly description: string;
}

/** A Lambda function from its bundle, with a role of its own that may write its own log group and nothing else until it is granted more. */
export class BundledFunction extends Construct {
  readonly lambda: Function;
  /** Inside of the role and not beside it: a policy of its own for every function would take a tenth of the 500 resources that a stack holds. */
  readonly #rights: PolicyDocument;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: props.logRetention });
    this.#rights = new PolicyDocument();
    this.allow(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.lambda = new Function(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      description: props.description,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      memorySize: props.memoryMb,
      timeout: props.timeout,
      logGroup,
      // What a construct of CDK would grant beside it is granted by `allow`, for the same reason.
      role: new Role(this, 'Role', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        inlinePolicies: { rights: this.#rights },
      }).withoutPolicyUpdates(),
    });
  }

  /** Grants what the function needs; every statement names its actions and resources. */
  allow(statement: PolicyStatement): void {
    this.#rights.addStatements(statement);
  }
}
