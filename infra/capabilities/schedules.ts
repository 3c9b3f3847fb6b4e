import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { functionNamed, keepFailures } from './capability.ts';
import type { Foundation } from './foundation.ts';

/**
 * What runs by the clock. Cron expressions are UTC, and Asia/Shanghai is UTC+08:00 all year. The sweep runs every hour from
 * 08:30 to 17:30 on every day of the week, since a make-up working day may be a Saturday or Sunday; the function knows the calendar.
 */
export class Schedules extends Construct {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'schedules');
    const { lambda } = functionNamed(this, foundation, 'deadlines', {
      description: 'Reminds of deadlines and escalates those past due',
      timeoutSeconds: 300,
    });
    const deadLetters = keepFailures(this, foundation, 'deadlines', lambda);
    new Rule(this, 'deadlines-rule', {
      description: 'Every working hour of Asia/Shanghai, 08:30 to 17:30',
      schedule: Schedule.expression('cron(30 0-9 * * ? *)'),
      targets: [
        new LambdaFunction(lambda, {
          retryAttempts: 2,
          maxEventAge: Duration.hours(1),
          deadLetterQueue: deadLetters.queue,
        }),
      ],
    });
  }
}
