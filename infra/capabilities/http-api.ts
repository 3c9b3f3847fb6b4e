import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as z from 'zod';
import type { FunctionName } from '#contracts/environment.ts';
import { routes, type Route } from '#contracts/routes.ts';
import { functionNamed, type AsyncPaths } from './capability.ts';
import type { Foundation } from './foundation.ts';
import { LetterCare } from './letter-care.ts';

const descriptions: Readonly<Partial<Record<FunctionName, string>>> = {
  webhook: 'Takes signed triggers in',
  libraries: 'Imports the libraries',
  administration: 'Policies and webhook sources',
  calendars: 'The arrangements of the years that deadlines are counted by',
  agenda: 'Deadlines of people and units, longer days, calendars and figures',
  cases: 'Triggers, draws and the person who asks',
  inspections: 'The commands of an inspection, who is sent, and who can be',
  evidence: 'The files that are kept of an inspection',
  forms: 'The papers of an inspection and of a draw',
  monitoring: 'What is known of subjects and their risk',
  corrections: 'What the public and staff want corrected, and what becomes of it',
  'follow-ups': 'What follows from what was found, and clues that are handed over',
  archive: 'What is missing in a file, its archive number and its package',
  submissions: 'The files for the national publicity system',
  messaging: 'How people are told, by which channels, and what became of it',
  'dead-letters': 'What could not be done, to be sent again or closed',
  portal: 'What the public reads',
  console: 'The pages of the staff',
  unmatched: 'Answers what no route takes',
};

/**
 * A file of 25,000 rows is parsed and put in one request, a file of policies is adopted, and so are a unit's teams for a draw of 10,000 objects; a preview
 * reads a whole cohort, a recording is copied to where it is kept, 200 of them are looked for before they are archived, a page of a summary reads 500 inspections, a dry run of a calendar all open deadlines, a file for the national system marks a thousand records, a batch of dead letters waits for those whom it is sent to, and a pool of a million lines is hashed for one enterprise's path.
 */
const slow: ReadonlySet<FunctionName> = new Set([
  'libraries',
  'administration',
  'calendars',
  'inspections',
  'evidence',
  'forms',
  'cases',
  'archive',
  'submissions',
  'dead-letters',
  'portal',
  'console',
]);

/** The HTTP API: each route of shared/contracts/routes.ts to its function, staff routes behind the issuer's tokens. */
export class PublicApi extends Construct {
  /** @param paths the asynchronous paths, whose queues the function `dead-letters` looks after */
  constructor(scope: Construct, foundation: Foundation, paths: AsyncPaths) {
    super(scope, 'api');
    const api = new HttpApi(this, 'HttpApi', { createDefaultStage: false, description: 'Mingchou' });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
    });
    const origin = foundation.stage.origin ?? api.apiEndpoint;
    const letters = new LetterCare(foundation, paths);
    const authorizer = new HttpJwtAuthorizer('staff', foundation.stage.issuer, {
      jwtAudience: [foundation.stage.audience],
    });
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const [key, route] of entriesOf(routes)) {
      const integration =
        integrations.get(route.function) ??
        // One permission for all routes of a function: a stack holds 500 resources, and a function's policy 20 KB.
        new HttpLambdaIntegration(
          route.function,
          this.functionOf(foundation, route.function, { origin, letters }),
          {
            scopePermissionToRoute: false,
          },
        );
      integrations.set(route.function, integration);
      new HttpRoute(this, key, {
        httpApi: api,
        routeKey: routeKeyOf(key),
        integration,
        ...(route.access === 'staff' ? { authorizer } : {}),
      });
    }
    new Alarm(this, 'ServerErrors', {
      alarmDescription: 'The HTTP API answered with a server error',
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(foundation.alarms));
    new CfnOutput(this, 'Url', { value: stage.url });
  }

  private functionOf(
    foundation: Foundation,
    name: FunctionName,
    { origin, letters }: { readonly origin: string; readonly letters: LetterCare },
  ) {
    const made = functionNamed(this, foundation, name, {
      description: descriptions[name] ?? name,
      given: { ORIGIN: origin, ...letters.variables },
      ...(slow.has(name) ? { memoryMb: 1769, timeoutSeconds: 29 } : {}),
    });
    if (name === 'portal') {
      made.allow(
        new PolicyStatement({ actions: ['dynamodb:Query'], resources: [foundation.ledger.tableArn] }),
      );
    }
    if (name === 'dead-letters') {
      letters.rights.forEach((right) => made.allow(right));
    }
    return made.lambda;
  }
}

const Method = z.enum(HttpMethod);

function routeKeyOf(key: string): HttpRouteKey {
  const [method, path] = key.split(' ');
  return path === undefined ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, Method.parse(method));
}

function entriesOf(table: Readonly<Record<string, Route>>): [string, Route][] {
  return Object.entries(table);
}
