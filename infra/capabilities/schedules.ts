import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FunctionName } from '#contracts/environment.ts';
import { BEACONS_MISSING, DELIVERIES_STUCK, METRIC_NAMESPACE } from '#contracts/metrics.ts';
import { functionNamed, keepFailures, type AsyncPath, type AsyncPaths } from './capability.ts';
import type { Foundation } from './foundation.ts';

interface Scheduled {
  readonly description: string;
  readonly expression: string;
  readonly when: string;
  readonly timeoutSeconds: number;
}

/**
 * What runs by the clock. Cron expressions are UTC, and Asia/Shanghai is UTC+08:00 all year. They run on every day of the
 * week, since a make-up working day may be a Saturday or Sunday; the functions know what day it is, or look only at what is due.
 */
export const schedules = {
  deadlines: {
    description: 'Reminds of deadlines and escalates those past due',
    expression: 'cron(30 0-9 * * ? *)',
    when: 'Every working hour of Asia/Shanghai, 08:30 to 17:30',
    timeoutSeconds: 300,
  },
  beacon: {
    description: 'Fetches the drand rounds that committed draws wait for',
    expression: 'cron(0/30 0-9 * * ? *)',
    when: 'Every half hour of the working hours of Asia/Shanghai, 08:00 to 17:30',
    timeoutSeconds: 300,
  },
  delivery: {
    description: 'Sends what is due on the channels: the messages of a morning, and what failed before',
    expression: 'cron(0/10 0-9 * * ? *)',
    when: 'Every ten minutes of the working hours of Asia/Shanghai, 08:00 to 17:50',
    timeoutSeconds: 900,
  },
  statutory: {
    description: 'Proposes the draws of items for which a law sets a frequency',
    expression: 'cron(20 0 * * ? *)',
    when: 'Every day, 08:20 of Asia/Shanghai',
    timeoutSeconds: 300,
  },
  scan: {
    description: 'Starts the scan of subjects whose risk may have changed',
    expression: 'cron(0 23 * * ? *)',
    when: 'Every day, 07:00 of Asia/Shanghai',
    timeoutSeconds: 60,
  },
  certificates: {
    description: 'Warns of certificates and trainings that lapse',
    expression: 'cron(30 0 * * ? *)',
    when: 'Every day, 08:30 of Asia/Shanghai',
    timeoutSeconds: 300,
  },
} as const satisfies Readonly<Partial<Record<FunctionName, Scheduled>>>;

function isScheduled(name: string): name is keyof typeof schedules {
  return Object.hasOwn(schedules, name);
}

/** The functions that run by the clock. */
export class Schedules extends Construct {
  readonly paths: AsyncPaths;

  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'schedules');
    this.paths = new Map(
      Object.keys(schedules)
        .filter(isScheduled)
        .map((name) => [name, this.schedule(foundation, name, schedules[name])]),
    );
    this.watchBeacons(foundation);
    this.watchDeliveries(foundation);
  }

  /** One run without an answer is made good by the next; two in a row are relays that can't be reached, or a round that doesn't come. */
  private watchBeacons({ alarms }: Foundation): void {
    const name: keyof typeof schedules = 'beacon';
    new Alarm(this, BEACONS_MISSING, {
      alarmDescription: 'beacon: the round of a committed draw was not to be had in two runs in a row',
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: BEACONS_MISSING,
        dimensionsMap: { service: name },
        period: Duration.minutes(30),
        statistic: 'Sum',
      }),
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alarms));
  }

  /** What is dead or doubtful waits for a person: one is enough to be told of. Whoever sends counts it: at once, or by the clock. */
  private watchDeliveries({ alarms }: Foundation): void {
    const senders: readonly FunctionName[] = ['outgoing', 'delivery'];
    for (const name of senders) {
      new Alarm(this, `${name}-${DELIVERIES_STUCK}`, {
        alarmDescription: `${name}: a message could not be delivered, or nobody knows whether it was; see GET /deliveries`,
        metric: new Metric({
          namespace: METRIC_NAMESPACE,
          metricName: DELIVERIES_STUCK,
          dimensionsMap: { service: name },
          period: Duration.minutes(10),
          statistic: 'Sum',
        }),
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(alarms));
    }
  }

  private schedule(
    foundation: Foundation,
    name: FunctionName,
    { description, expression, when, timeoutSeconds }: Scheduled,
  ): AsyncPath {
    const made = functionNamed(this, foundation, name, { description, timeoutSeconds });
    const deadLetters = keepFailures(this, foundation, name, made);
    new Rule(this, `${name}-rule`, {
      description: when,
      schedule: Schedule.expression(expression),
      targets: [
        new LambdaFunction(made.lambda, {
          retryAttempts: 2,
          maxEventAge: Duration.hours(1),
          deadLetterQueue: deadLetters.queue,
        }),
      ],
    });
    return { lambda: made.lambda, queue: deadLetters.queue };
  }
}
