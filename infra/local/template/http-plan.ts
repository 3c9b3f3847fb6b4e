import { LocalRunnerError } from '../failure.ts';
import { type CompiledRoute, compileRoutes } from '../http/routes.ts';
import type { Assembly } from './assembly.ts';
import { resourcesOf } from './read-resource.ts';
import type { References } from './references.ts';
import * as kinds from './resources.ts';

export interface AuthorizerPlan {
  id: string;
  issuer: string;
  audience: string[];
}
export interface RoutePlan {
  id: string;
  routeKey: string;
  functionId: string;
  timeoutMilliseconds: number;
  authorizer: AuthorizerPlan | undefined;
  scopes: string[];
}
export interface HttpPlan {
  apiId: string;
  routes: CompiledRoute<RoutePlan>[];
  authorizers: AuthorizerPlan[];
}

/** The routes of the stack's one HTTP API, or none. */
export function planHttp(
  assembly: Assembly,
  references: References,
  functionAt: (name: string, where: string) => string,
): HttpPlan {
  const apis = resourcesOf(assembly, references, 'AWS::ApiGatewayV2::Api', kinds.api);
  if (apis.length > 1)
    throw new LocalRunnerError('The stack has two HTTP APIs; one machine has one port for them.');
  const stages = resourcesOf(assembly, references, 'AWS::ApiGatewayV2::Stage', kinds.stage);
  if (apis.length === 1 && stages.length === 0) {
    throw new LocalRunnerError(
      `Resource ${apis[0]?.id} (AWS::ApiGatewayV2::Api) has no stage, so nothing could call it.`,
    );
  }
  const authorizers = new Map(
    resourcesOf(assembly, references, 'AWS::ApiGatewayV2::Authorizer', kinds.authorizer).map(
      ({ id, properties }) => [
        id,
        { id, issuer: properties.JwtConfiguration.Issuer, audience: properties.JwtConfiguration.Audience },
      ],
    ),
  );
  const integrations = new Map(
    resourcesOf(assembly, references, 'AWS::ApiGatewayV2::Integration', kinds.integration).map(
      ({ id, properties }) => {
        // CDK writes the function's ARN; by hand one may write API Gateway's own ARN around it.
        const wrapped = /functions\/(arn:[^/]+)\/invocations$/.exec(properties.IntegrationUri);
        return [
          id,
          {
            functionId: functionAt(wrapped?.[1] ?? properties.IntegrationUri, id),
            timeoutMilliseconds: properties.TimeoutInMillis,
          },
        ];
      },
    ),
  );
  const routes = resourcesOf(assembly, references, 'AWS::ApiGatewayV2::Route', kinds.route).map(
    ({ id, properties }): RoutePlan => {
      const where = `Resource ${id} (AWS::ApiGatewayV2::Route)`;
      const integration = integrations.get(properties.Target.replace(/^integrations\//, ''));
      if (integration === undefined)
        throw new LocalRunnerError(`${where}: Target names no integration of this stack.`);
      const authorizer = authorizers.get(properties.AuthorizerId ?? '');
      if ((properties.AuthorizationType === 'JWT') !== (authorizer !== undefined)) {
        throw new LocalRunnerError(`${where}: AuthorizationType and AuthorizerId do not fit together.`);
      }
      return {
        id,
        routeKey: properties.RouteKey,
        ...integration,
        authorizer,
        scopes: properties.AuthorizationScopes,
      };
    },
  );
  return {
    apiId: apis[0]?.id ?? 'none',
    routes: compileRoutes(routes),
    authorizers: [...authorizers.values()],
  };
}
