import { nameIn, type ApiDocument, type Described, type Schema } from './document.ts';

/** Deeper than that an example says no more. */
const DEPTH = 8;
const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-03-02',
  'date-time': '2026-03-02T01:30:00.000Z',
  uri: 'https://example.org/',
};

/** What a value of a schema looks like: the fields that have to be there, with `…` for a text of one's own. */
export function exampleOf(
  { components }: Pick<ApiDocument, 'components'>,
  schema: Schema,
  depth = 0,
): unknown {
  const of = (inner: Schema): unknown => exampleOf({ components }, inner, depth + 1);
  if (depth > DEPTH) return {};
  if (schema.$ref !== undefined) {
    const named = components.schemas[nameIn(schema.$ref)];
    return named === undefined ? {} : of(named);
  }
  const given = [schema.const, schema.enum?.[0], schema.default].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const [variant] = [...schema.anyOf, ...schema.oneOf];
  if (variant !== undefined) return of(variant);
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties).filter(([name]) => schema.required.includes(name));
      return Object.fromEntries(fields.map(([name, field]) => [name, of(field)]));
    }
    case 'array':
      return schema.items === undefined ? [] : [of(schema.items)];
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 1;
    case 'boolean':
      return true;
    case undefined:
    default:
      return TEXTS[schema.format ?? ''] ?? '…';
  }
}

/** How the route is asked from a shell; `$URL` and `$TOKEN` are the reader's. */
export function commandFor(document: ApiDocument, { method, path, operation }: Described): string {
  const body = operation.requestBody?.content ?? {};
  const json = body['application/json']?.schema;
  const [file] = Object.keys(body);
  const headers = [
    ...(operation.security.length === 0 ? [] : ['-H "authorization: Bearer $TOKEN"']),
    ...operation.parameters.flatMap((one) =>
      '$ref' in one ? [`-H '${one.$ref.replace('#/components/parameters/', '')}: …'`] : [],
    ),
  ];
  const sent =
    json === undefined
      ? file === undefined
        ? []
        : [`-H 'content-type: ${file}'`, '--data-binary @FILE']
      : [
          "-H 'content-type: application/json'",
          `--data-binary '${JSON.stringify(exampleOf(document, json))}'`,
        ];
  return [`curl -sS -X ${method} "$URL${path}"`, ...headers, ...sent].join(' \\\n  ');
}
