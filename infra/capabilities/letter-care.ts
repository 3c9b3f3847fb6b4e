import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { isLetterPath, letterPath, letterPathNames } from '#contracts/dead-letters.ts';
import type { VariableName } from '#contracts/environment.ts';
import type { AsyncPath, AsyncPaths } from './capability.ts';
import type { Foundation } from './foundation.ts';

/** What the function needs that looks after the dead-letter queues: exactly these queues, and the functions that their letters may be sent to. */
export class LetterCare {
  readonly variables: Readonly<Partial<Record<VariableName, string>>>;
  readonly rights: readonly PolicyStatement[];

  /** @throws Error when a path has a queue and no words, or words and no queue */
  constructor({ state }: Foundation, paths: AsyncPaths) {
    const missing = [
      ...letterPathNames.filter((name) => !paths.has(name)),
      ...[...paths.keys()].filter((name) => !isLetterPath(name)),
    ];
    if (missing.length > 0) {
      throw new Error(`shared/contracts/dead-letters.ts and the stack differ in: ${missing.join(', ')}`);
    }
    const all = [...paths];
    const sendable = all.filter(([name]) => isLetterPath(name) && letterPath(name).sendable);
    const { stackName } = Stack.of(state);
    this.variables = {
      DEAD_LETTER_QUEUES: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${stackName}-`,
      DEAD_LETTER_FUNCTIONS: Stack.of(state).toJsonString(
        Object.fromEntries(sendable.map(([name, { lambda }]) => [name, lambda.functionName])),
      ),
    };
    this.rights = [
      new PolicyStatement({
        actions: [
          'sqs:GetQueueAttributes',
          'sqs:ReceiveMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
        ],
        resources: all.map(([, { queue }]) => queue.queueArn),
      }),
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: arnsOf(sendable) }),
      ...streamRights(state.tableStreamArn),
    ];
  }
}

function arnsOf(paths: readonly (readonly [unknown, AsyncPath])[]): string[] {
  return paths.map(([, { lambda }]) => lambda.functionArn);
}

/** A letter of the outbox holds where its records stand in the stream, not the records. */
function streamRights(stream: string | undefined): PolicyStatement[] {
  return stream === undefined
    ? []
    : [
        new PolicyStatement({
          actions: ['dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
          resources: [stream],
        }),
      ];
}
