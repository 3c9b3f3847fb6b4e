import { LocalRunnerError } from '../failure.ts';
import type { HttpPlan } from './http-plan.ts';
import type { RulePlan } from './plan.ts';

interface Permission {
  id: string;
  properties: { FunctionName: string; Principal: string; SourceArn?: string | undefined };
}

/**
 * Refuses wiring that has no AWS::Lambda::Permission. The bad case: a rule that fires here and, in the cloud, fails
 * silently into nothing because EventBridge may not invoke the function.
 */
export function refusePermissionGaps(
  permissions: readonly Permission[],
  functionAt: (name: string, where: string) => string,
  rules: readonly RulePlan[],
  http: HttpPlan,
): void {
  const granted = permissions.map(({ id, properties }) => ({
    functionId: functionAt(properties.FunctionName, id),
    principal: properties.Principal,
    source: properties.SourceArn,
  }));
  const need = (
    functionId: string,
    principal: string,
    who: string,
    covers: (source: string) => boolean,
  ): void => {
    const found = granted.some(
      (grant) =>
        grant.functionId === functionId &&
        grant.principal.startsWith(principal) &&
        (grant.source === undefined || covers(grant.source)),
    );
    if (!found) {
      throw new LocalRunnerError(
        `${who} calls ${functionId}, but no AWS::Lambda::Permission lets ${principal} invoke it.`,
      );
    }
  };
  for (const rule of rules) {
    for (const functionId of rule.functions) {
      need(
        functionId,
        'events.amazonaws.com',
        `Resource ${rule.id} (AWS::Events::Rule)`,
        (arn) => arn === rule.arn,
      );
    }
  }
  for (const route of http.routes) {
    need(
      route.functionId,
      'apigateway.amazonaws.com',
      `Resource ${route.id} (AWS::ApiGatewayV2::Route)`,
      (arn) => arn.includes(`:${http.apiId}/`),
    );
  }
}
