import { expect, test } from 'vitest';
import { compileRoutes, matchRoute } from '../../infra/local/http/routes.ts';

const routes = compileRoutes(
  [
    '$default',
    'GET /{proxy+}',
    'ANY /draws/{id}',
    'GET /draws/{id}',
    'GET /draws/latest',
    'ANY /draws/{rest+}',
    'GET /',
  ].map((routeKey) => ({ id: routeKey, routeKey })),
);
const found = (method: string, path: string) => {
  const match = matchRoute(routes, method, path);
  return [match?.route.routeKey, match?.parameters];
};

test('a static segment comes before a parameter, and a parameter before the greedy one', () => {
  expect(found('GET', '/draws/latest')).toEqual(['GET /draws/latest', {}]);
  expect(found('GET', '/draws/7')).toEqual(['GET /draws/{id}', { id: '7' }]);
  expect(found('GET', '/draws/7/items')).toEqual(['ANY /draws/{rest+}', { rest: '7/items' }]);
  expect(found('GET', '/else/where')).toEqual(['GET /{proxy+}', { proxy: 'else/where' }]);
});

test('a method of its own comes before ANY', () => {
  expect(found('GET', '/draws/7')[0]).toBe('GET /draws/{id}');
  expect(found('POST', '/draws/7')[0]).toBe('ANY /draws/{id}');
});

test('what nothing else takes goes to the default route', () => {
  expect(found('DELETE', '/else')).toEqual(['$default', {}]);
});

test('the root has its own route', () => {
  expect(found('GET', '/')).toEqual(['GET /', {}]);
});

test('parameters are decoded, and an encoded slash stays within its segment', () => {
  expect(found('GET', '/draws/%E6%8A%BD%E6%9F%A5')).toEqual(['GET /draws/{id}', { id: '抽查' }]);
  expect(found('GET', '/draws/a%2Fb')).toEqual(['GET /draws/{id}', { id: 'a/b' }]);
});

test('without a default route an unknown path has no route', () => {
  const few = compileRoutes([{ id: 'one', routeKey: 'GET /one' }]);
  expect(matchRoute(few, 'GET', '/two')).toBeUndefined();
  expect(matchRoute(few, 'POST', '/one')).toBeUndefined();
  expect(matchRoute(few, 'GET', '/one/')).toBeUndefined();
});

test("a route under the runner's own path is refused", () => {
  expect(() => compileRoutes([{ id: 'Mine', routeKey: 'GET /_local/x' }])).toThrow(
    'Resource Mine (AWS::ApiGatewayV2::Route)',
  );
});
