import * as z from 'zod';
import { ProblemDocument, problems } from '#contracts/problems.ts';
import { jsonSchemas, type Schema } from './schemas.ts';

const AT = '#/components/schemas/';
const URN = 'urn:mingchou:problem:';

/** A fault of ours: the one problem that is no reason of the catalogue. */
const internal: readonly [number, string] = [500, '系统内部错误 Internal error'];

/** A schema for each way in which a request is refused, and `Problem` for any of them, told apart by `type` (RFC 9457). */
export function problemSchemas(): Map<string, Schema> {
  const all: (readonly [string, readonly [number, string]])[] = [
    ...Object.entries(problems),
    ['internal', internal],
  ];
  const document = jsonSchemas(new Map([['ProblemDocument', ProblemDocument]]), AT);
  return new Map<string, Schema>([
    ...document,
    ...all.map(([reason, [status, title]]): [string, Schema] => [
      `problem.${reason}`,
      {
        title,
        allOf: [
          { $ref: `${AT}ProblemDocument` },
          {
            properties: { type: { const: URN + reason }, title: { const: title }, status: { const: status } },
          },
        ],
      },
    ]),
    [
      'Problem',
      {
        oneOf: all.map(([reason]) => ({ $ref: `${AT}problem.${reason}` })),
        discriminator: {
          propertyName: 'type',
          mapping: Object.fromEntries(all.map(([reason]) => [URN + reason, `${AT}problem.${reason}`])),
        },
      },
    ],
    ['Unauthorized', withoutDialect(z.toJSONSchema(z.strictObject({ message: z.literal('Unauthorized') })))],
  ]);
}

function withoutDialect({ $schema: _dialect, ...schema }: Schema): Schema {
  return schema;
}
